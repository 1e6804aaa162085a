// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/bech32.h"

#include <algorithm>

#include "core/base/check.h"

namespace vigil::crypto {
namespace {

constexpr std::string_view kDigits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumDigits = 6;

// The BCH code of BIP 173, five bits at a time.
class Checksum {
 public:
  explicit Checksum(std::string_view prefix) {
    for (const char c : prefix) add(static_cast<std::uint8_t>(c) >> 5U);
    add(0);
    for (const char c : prefix) add(static_cast<std::uint8_t>(c) & 31U);
  }
  void add(std::uint32_t digit) {
    constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                            0x2a1462b3};
    const std::uint32_t top = value_ >> 25;
    value_ = (value_ & 0x1ffffff) << 5 ^ digit;
    for (unsigned i = 0; i < 5; ++i)
      if ((top >> i & 1) != 0) value_ ^= kGenerator[i];
  }
  [[nodiscard]] std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 1;
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<Bech32> bech32_decode(std::string_view text, std::span<std::uint8_t> out) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::ranges::any_of(text, is_lower) && std::ranges::any_of(text, is_upper))
    return std::nullopt;
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0) return std::nullopt;
  const std::string_view prefix = text.substr(0, separator);
  const std::string_view digits = text.substr(separator + 1);
  if (digits.size() < kChecksumDigits) return std::nullopt;
  if (!std::ranges::all_of(prefix, [](char c) { return c >= 33 && c <= 126; })) return std::nullopt;

  std::string lower_prefix(prefix);
  std::ranges::transform(lower_prefix, lower_prefix.begin(), lower);
  Checksum checksum(lower_prefix);
  const std::size_t data_digits = digits.size() - kChecksumDigits;
  if (data_digits * 5 / 8 > out.size()) return std::nullopt;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t digit = kDigits.find(lower(digits[i]));
    if (digit == std::string_view::npos) return std::nullopt;
    checksum.add(static_cast<std::uint32_t>(digit));
    if (i >= data_digits) continue;
    pending = (pending << 5 | static_cast<std::uint32_t>(digit)) & 0xfff;
    pending_bits += 5;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      out[filled++] = static_cast<std::uint8_t>(pending >> pending_bits);
    }
  }
  if (checksum.value() != 1) return std::nullopt;
  if (pending_bits >= 5 || (pending & ((1U << pending_bits) - 1)) != 0) return std::nullopt;
  return Bech32{std::string(prefix), filled};
}

std::size_t bech32_size(std::string_view prefix, std::size_t data_bytes) {
  return prefix.size() + 1 + (data_bytes * 8 + 4) / 5 + kChecksumDigits;
}

void bech32_encode(std::string_view prefix, ByteView data, std::span<std::uint8_t> out) {
  CHECK(out.size() == bech32_size(prefix, data.size()));
  std::size_t at = 0;
  for (const char c : prefix) out[at++] = static_cast<std::uint8_t>(c);
  out[at++] = '1';
  Checksum checksum(prefix);
  const auto put = [&](std::uint32_t digit) {
    checksum.add(digit);
    out[at++] = static_cast<std::uint8_t>(kDigits[digit]);
  };
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const std::uint8_t byte : data) {
    pending = (pending << 8 | byte) & 0xfff;
    pending_bits += 8;
    while (pending_bits >= 5) {
      pending_bits -= 5;
      put(pending >> pending_bits & 31);
    }
  }
  if (pending_bits > 0) put(pending << (5 - pending_bits) & 31);
  for (std::size_t i = 0; i < kChecksumDigits; ++i) checksum.add(0);
  const std::uint32_t sum = checksum.value() ^ 1;
  for (std::size_t i = 0; i < kChecksumDigits; ++i)
    out[at++] = static_cast<std::uint8_t>(kDigits[sum >> (5 * (5 - i)) & 31]);
}

}  // namespace vigil::crypto
