// SPDX-License-Identifier: Apache-2.0
//
// Numbers in log texts: decimal, no sign, no leading zero, one spelling each. Internal to core/log.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigil::log {

// At most 2^63 - 1, as every implementation of the log formats can hold.
[[nodiscard]] inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > INT64_MAX)
    return std::nullopt;
  return value;
}

}  // namespace vigil::log
