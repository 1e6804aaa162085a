// SPDX-License-Identifier: Apache-2.0
//
// The numbers of minisign's files (the stock tool's minisign.h); docs/formats/minisign.md has the
// layouts. Used by minisign*.cpp only.
#pragma once

#include <cstddef>
#include <string_view>

namespace vigil::crypto::minisign {

inline constexpr std::string_view kUntrustedPrefix = "untrusted comment: ";
inline constexpr std::string_view kTrustedPrefix = "trusted comment: ";
inline constexpr std::string_view kSignatureAlgorithm = "Ed";  // in keys, and legacy signatures
inline constexpr std::string_view kPrehashedAlgorithm = "ED";
inline constexpr std::string_view kPassphraseAlgorithm = "Sc";  // scrypt
inline constexpr std::string_view kChecksumAlgorithm = "B2";    // BLAKE2b-256
inline constexpr std::size_t kUntrustedLimitBytes = 1024;
inline constexpr std::size_t kTrustedLimitBytes = 8192;

inline constexpr std::size_t kKeyNumberBytes = 8;
inline constexpr std::size_t kRawKeyBytes = kKeyNumberBytes + 64;
inline constexpr std::size_t kPublicLineBytes = 2 + kKeyNumberBytes + 32;
inline constexpr std::size_t kSignatureLineBytes = 2 + kKeyNumberBytes + 64;

// Secret key line: "Ed", kdf, "B2", salt, opslimit, memlimit (little endian), then the secret part
// (key number, key, checksum), which the passphrase's stream covers.
inline constexpr std::size_t kSecretSaltAt = 6;
inline constexpr std::size_t kSecretSaltBytes = 32;
inline constexpr std::size_t kSecretOpsAt = kSecretSaltAt + kSecretSaltBytes;
inline constexpr std::size_t kSecretMemoryAt = kSecretOpsAt + 8;
inline constexpr std::size_t kSecretPartAt = kSecretMemoryAt + 8;
inline constexpr std::size_t kChecksumBytes = 32;
inline constexpr std::size_t kSecretPartBytes = kRawKeyBytes + kChecksumBytes;
inline constexpr std::size_t kSecretLineBytes = kSecretPartAt + kSecretPartBytes;
static_assert(kSecretPartAt == 54 && kSecretLineBytes == 158);

// UTF-8 in one line, without control characters but for tabs.
[[nodiscard]] bool is_comment_text(std::string_view text);

}  // namespace vigil::crypto::minisign
