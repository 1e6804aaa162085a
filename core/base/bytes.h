// SPDX-License-Identifier: Apache-2.0
//
// Byte buffers and their text forms. Nothing here is secret: secrets live in SecretBytes
// (core/crypto/secret_bytes.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigil {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The same memory seen as bytes or as text; the view lives as long as what it was made from.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline Bytes to_bytes(std::string_view text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

// Lower-case hexadecimal, two characters a byte.
[[nodiscard]] std::string hex_encode(ByteView bytes);
// Strict: lower case only, even length; nullopt otherwise.
[[nodiscard]] std::optional<Bytes> hex_decode(std::string_view text);

// RFC 4648 standard alphabet with padding (minisign, notes, tlog) or without (age).
[[nodiscard]] std::string base64_encode(ByteView bytes);
[[nodiscard]] std::string base64_encode_unpadded(ByteView bytes);
// Strict: canonical only (no white space, no non-zero trailing bits, padding exactly as the
// variant demands); nullopt otherwise.
[[nodiscard]] std::optional<Bytes> base64_decode(std::string_view text);
[[nodiscard]] std::optional<Bytes> base64_decode_unpadded(std::string_view text);

// True where `text` is well-formed UTF-8 (RFC 3629: no overlong form, no surrogate).
[[nodiscard]] bool is_utf8(std::string_view text);

// True where XML 1.0 can hold `text` (section 2.2, "Characters"): UTF-8 without U+FFFE, U+FFFF and
// without control characters other than tab, line feed and carriage return.
[[nodiscard]] bool is_xml_text(std::string_view text);

// `text` with what would steer a terminal or turn the reading direction (control characters but
// line feed, bidirectional overrides, broken UTF-8) replaced by U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace vigil
