// SPDX-License-Identifier: Apache-2.0
//
// The binary payload of an age file: chunks of 64 KiB, each sealed with ChaCha20-Poly1305 under a
// counter, the last one marked. Constant memory.
#pragma once

#include <memory>

#include "core/crypto/age.h"

namespace vigil::crypto::age {

inline constexpr std::size_t kNonceBytes = 16;
inline constexpr std::size_t kChunkBytes = 64 * 1024;
inline constexpr std::size_t kTagBytes = 16;

// Counter nonce of a chunk: 11 bytes big endian, then 1 for the last chunk, else 0.
class ChunkNonce {
 public:
  void set_last() { bytes_[11] = 1; }
  void clear_last() { bytes_[11] = 0; }
  void next();
  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }

 private:
  std::array<std::uint8_t, 12> bytes_{};
};

// Takes plaintext, writes nonce and chunks to `sink`; finish() seals the last chunk.
class PayloadEncryptor final : public Sink {
 public:
  // `nonce` is random, 16 bytes.
  PayloadEncryptor(const SecretBytes& file_key, ByteView nonce, Sink& sink);
  Status write(ByteView plaintext) override;
  [[nodiscard]] Status finish();

 private:
  Status seal(std::size_t size_bytes);
  SecretBytes key_;
  Sink& sink_;
  ChunkNonce nonce_;
  Bytes head_;  // the payload's nonce, until it is written
  Bytes plain_;
  std::size_t filled_bytes_ = 0;
  Bytes sealed_;
};

// Reads chunks from `source` (which stands after the nonce) to its end; hands on each chunk once it
// is authenticated. Failure class payload.
[[nodiscard]] Status decrypt_payload(const SecretBytes& file_key, ByteView nonce, Source& source,
                                     Sink& plaintext);

}  // namespace vigil::crypto::age
