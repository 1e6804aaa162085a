// SPDX-License-Identifier: Apache-2.0
//
// Encryption for callers that produce their plaintext piece by piece (an archive being written) and
// want no pipe between. Thread: one thread at a time.
#pragma once

#include <memory>
#include <vector>

#include "core/crypto/age.h"

namespace vigil::crypto::age {

class Encryptor final : public Sink {
 public:
  // Writes the header to `ciphertext`, which must outlive the encryptor. Requires: at least one
  // recipient. kInvalid "age.recipient": a recipient that is no usable key.
  [[nodiscard]] static Result<Encryptor> begin(const std::vector<Recipient>& recipients,
                                               Sink& ciphertext);
  // kStorage "age.memory": the work factor's memory is not to be had.
  [[nodiscard]] static Result<Encryptor> begin(const SecretBytes& passphrase, int log_n,
                                               Sink& ciphertext);
  Encryptor(Encryptor&&) noexcept;
  Encryptor& operator=(Encryptor&&) noexcept;
  ~Encryptor() override;

  Status write(ByteView plaintext) override;
  // Once, after the last write; without it the file is cut short and no reader accepts it.
  [[nodiscard]] Status finish();

 private:
  struct State;
  explicit Encryptor(std::unique_ptr<State> state);
  static Result<Encryptor> start(const std::vector<Stanza>& stanzas, const SecretBytes& file_key,
                                 Sink& ciphertext);
  std::unique_ptr<State> state_;
};

// Size of a whole file with that many X25519 stanzas.
[[nodiscard]] std::uint64_t file_size_bytes(std::size_t x25519_stanzas,
                                            std::uint64_t plaintext_bytes);

}  // namespace vigil::crypto::age
