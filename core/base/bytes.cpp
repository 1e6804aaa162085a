// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytes.h"

namespace vigil {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

}  // namespace

std::string hex_encode(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(kHexDigits[byte >> 4]);
    text.push_back(kHexDigits[byte & 15]);
  }
  return text;
}

std::optional<Bytes> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

std::string base64_encode_unpadded(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = pending << 8 | byte;
    pending_bits += 8;
    while (pending_bits >= 6) {
      pending_bits -= 6;
      text.push_back(kBase64Digits[pending >> pending_bits & 63]);
    }
  }
  if (pending_bits > 0) text.push_back(kBase64Digits[pending << (6 - pending_bits) & 63]);
  return text;
}

std::string base64_encode(ByteView bytes) {
  std::string text = base64_encode_unpadded(bytes);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<Bytes> base64_decode_unpadded(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) return std::nullopt;
    pending = pending << 6 | static_cast<std::uint32_t>(value);
    pending_bits += 6;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(pending >> pending_bits));
    }
  }
  // Left-over bits must be zero, or two texts would stand for the same bytes.
  if ((pending & ((1U << pending_bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::optional<Bytes> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  return base64_decode_unpadded(text.substr(0, text.size() - padding));
}

namespace {

// One character at the start of `text`; length 0 where it is not well-formed.
struct CodePoint {
  std::uint32_t code = 0;
  std::size_t length = 0;
};

CodePoint first_code_point(std::string_view text) {
  const auto at = [&](std::size_t k) { return static_cast<std::uint8_t>(text[k]); };
  const std::uint8_t lead = at(0);
  CodePoint point{lead, 1};
  std::uint32_t least = 0;
  if (lead >= 0x80) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      point = {lead & 0x1fU, 2}, least = 0x80;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      point = {lead & 0x0fU, 3}, least = 0x800;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      point = {lead & 0x07U, 4}, least = 0x10000;
    } else {
      return {};
    }
  }
  if (point.length > text.size()) return {};
  for (std::size_t k = 1; k < point.length; ++k) {
    if ((at(k) & 0xc0) != 0x80) return {};
    point.code = point.code << 6 | (at(k) & 0x3fU);
  }
  const bool surrogate = point.code >= 0xd800 && point.code <= 0xdfff;
  if (point.code < least || point.code > 0x10ffff || surrogate) return {};
  return point;
}

bool is_control(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

// Embeddings, overrides and isolates of the bidirectional algorithm (Unicode UAX #9).
bool turns_direction(std::uint32_t code) {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.length == 0) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

bool is_xml_text(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const bool white = point.code == '\t' || point.code == '\n' || point.code == '\r';
    if (point.length == 0 || (point.code < 0x20 && !white) || point.code == 0xfffe ||
        point.code == 0xffff)
      return false;
    text.remove_prefix(point.length);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const std::size_t length = point.length == 0 ? 1 : point.length;
    if (point.length == 0 || (is_control(point.code) && point.code != '\n') ||
        turns_direction(point.code)) {
      shown += "\xef\xbf\xbd";  // U+FFFD
    } else {
      shown += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return shown;
}

}  // namespace vigil
