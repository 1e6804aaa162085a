// SPDX-License-Identifier: Apache-2.0
//
// minisign signatures and key files, as the stock tool reads and writes them, but only the strict
// form: prehashed "ED", four LF lines. docs/formats/minisign.md.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/hash.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::crypto::minisign {

// `key_number` is random and only a label: never an identifier of trust.
struct PublicKey {
  std::array<std::uint8_t, 8> key_number{};
  std::array<std::uint8_t, 32> point{};
  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;
};
// base64 of the 42 bytes, as on line 2 of a .pub file and as `minisign -P` takes it.
[[nodiscard]] std::string to_string(const PublicKey& key);
[[nodiscard]] Result<PublicKey> parse_public_key(std::string_view base64_line);
// The two-line .pub file.
[[nodiscard]] std::string public_key_file(const PublicKey& key, std::string_view comment);
[[nodiscard]] Result<PublicKey> parse_public_key_file(ByteView content);

class SecretKey {
 public:
  [[nodiscard]] static SecretKey generate();
  // The key that a seed gives, for frozen examples: a real one is generate()d.
  [[nodiscard]] static SecretKey from_seed(const std::array<std::uint8_t, 8>& key_number,
                                           const SecretBytes& seed32);
  // Key number 8, Ed25519 secret key 64 (libsodium's layout): how a vault keeps it.
  [[nodiscard]] static Result<SecretKey> from_raw(ByteView raw72);
  [[nodiscard]] const SecretBytes& raw() const { return raw_; }
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] SecretKey clone() const;

  // The stock tool's secret key file; an empty passphrase writes one as `minisign -G -W` does.
  // `memory_limit_bytes` is what the key derivation takes (stored in the file).
  [[nodiscard]] Result<SecretBytes> to_file(const SecretBytes& passphrase,
                                            std::uint64_t memory_limit_bytes) const;
  // kDenied: wrong passphrase. A file that asks for more than 1 GiB is refused unallocated.
  [[nodiscard]] static Result<SecretKey> from_file(ByteView content, const SecretBytes& passphrase);
  // Whether from_file() will want one; false also for what is no key file.
  [[nodiscard]] static bool file_has_passphrase(ByteView content);

 private:
  SecretBytes raw_;
};

// Whether a text may be a trusted comment: UTF-8 in one line, without control characters but for
// tabs, up to the stock tool's limit.
[[nodiscard]] bool is_trusted_comment(std::string_view text);

// The four-line signature file over a message of which only the BLAKE2b-512 is needed. The
// untrusted comment is fixed (it is not signed); Requires: is_trusted_comment().
[[nodiscard]] std::string sign(const SecretKey& key, const Blake2b512& digest,
                               std::string_view trusted_comment);

// Strict: exactly four LF lines, our fixed untrusted comment or any other one (`comment` says
// which), "ED" only. Returns the trusted comment. kInvalid with code "minisign.format",
// "minisign.legacy", "minisign.key" (another key number), "minisign.signature", "minisign.comment".
enum class UntrustedComment { kOurs, kAny };
[[nodiscard]] Result<std::string> verify(const PublicKey& key, const Blake2b512& digest,
                                         std::string_view signature_file, UntrustedComment comment);

// The key number that a signature file names: a hint for choosing among keys, never proof.
[[nodiscard]] Result<std::array<std::uint8_t, 8>> signer_of(std::string_view signature_file);

inline constexpr std::string_view kUntrustedComment = "untrusted comment: signature by Vigil";

}  // namespace vigil::crypto::minisign
