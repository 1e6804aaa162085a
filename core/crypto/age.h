// SPDX-License-Identifier: Apache-2.0
//
// age v1 (C2SP age.md): what `age` 1.1 reads and writes, X25519 recipients and scrypt passphrases.
// docs/formats/age.md has grammar and a worked example. Streams at constant memory.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"
#include "core/crypto/stream.h"

namespace vigil::crypto::age {

// The public half of an opening key: "age1..." (bech32).
struct Recipient {
  std::array<std::uint8_t, 32> point{};
  friend auto operator<=>(const Recipient&, const Recipient&) = default;
};
[[nodiscard]] Result<Recipient> parse_recipient(std::string_view text);
[[nodiscard]] std::string to_string(const Recipient& recipient);

// The secret half: "AGE-SECRET-KEY-1...".
class Identity {
 public:
  [[nodiscard]] static Identity generate();
  // Accepts one identity line. kInvalid, code "age.identity".
  [[nodiscard]] static Result<Identity> parse(std::string_view text);
  // Every identity of an age identity file (comments and blank lines skipped).
  [[nodiscard]] static Result<std::vector<Identity>> parse_file(ByteView content);
  [[nodiscard]] SecretBytes to_text() const;  // without newline
  [[nodiscard]] Recipient recipient() const;
  [[nodiscard]] Identity clone() const;
  [[nodiscard]] ByteView scalar() const { return scalar_.view(); }

 private:
  SecretBytes scalar_;  // 32 bytes
};

// What an age identity file holds. Post-quantum identities (AGE-SECRET-KEY-PQ-1...) are counted but
// cannot be used: libsodium has ML-KEM only from 1.0.22 on.
struct IdentityFile {
  std::vector<Identity> identities;
  int post_quantum_count = 0;
};
// kInvalid "age.identity": a line that is no key, or no key at all.
[[nodiscard]] Result<IdentityFile> parse_identity_file(ByteView content);

// Writes header and payload. At least one recipient; Requires: not empty.
[[nodiscard]] Status encrypt(const std::vector<Recipient>& recipients, Source& plaintext,
                             Sink& ciphertext);
// One scrypt stanza. log_n: 2^log_n work, 18 is age's own default (256 MiB).
[[nodiscard]] Status encrypt_with_passphrase(const SecretBytes& passphrase, int log_n,
                                             Source& plaintext, Sink& ciphertext);

// How a file failed; the words are those of the public age test suite.
enum class Failure { kHeader, kNoMatch, kHmac, kPayload, kArmor, kPassphrase };
[[nodiscard]] std::string_view to_string(Failure failure);
// The class of an Error that decrypt() returned, from its code ("age.header", "age.no_match", ...);
// nullopt where it came from the source or the sink.
[[nodiscard]] std::optional<Failure> failure_of(const Error& error);

// What can open a file. Any of them.
struct Keys {
  std::vector<Identity> identities;
  SecretBytes passphrase;
  // Called at most once, when the file turns out to want a passphrase and there is no other key: so
  // that a person is asked only where it helps.
  std::function<Result<SecretBytes>()> ask_passphrase;
  int max_log_n = 22;  // above it the file is refused before memory is taken (age's own cap)
  // More than 0: post-quantum stanzas are checked as strictly as an owner of such keys would,
  // though none can be opened.
  int post_quantum_count = 0;
};

// Streams authenticated chunks to `plaintext`. On a payload failure an authenticated prefix may
// already be out: callers that commit must stage until this returns (design rule 8).
[[nodiscard]] Status decrypt(const Keys& keys, Source& ciphertext, Sink& plaintext);
// The same where the file may be ASCII-armored.
[[nodiscard]] Status decrypt_maybe_armored(const Keys& keys, Source& ciphertext, Sink& plaintext);
// Wraps a binary age file as ASCII armor.
[[nodiscard]] Status armor(Source& binary, Sink& text);

// What an outsider sees of a file, without any key.
struct Stanza {
  std::vector<std::string> arguments;  // the first is the type
  Bytes body;
};
struct Header {
  std::vector<Stanza> stanzas;
  std::uint64_t size_bytes = 0;  // offset at which the payload's nonce starts
};
// kInvalid, code "age.header". `start` needs to hold the header only.
[[nodiscard]] Result<Header> parse_header(ByteView start);
// At most this long; a longer header is refused unread. 64 KiB holds 500 recipients.
inline constexpr std::size_t kHeaderLimitBytes = 64 * 1024;

}  // namespace vigil::crypto::age
