// SPDX-License-Identifier: Apache-2.0
//
// Labels of devices and offices: codes such as "tablet-1", never a person's name.
#pragma once

#include <algorithm>
#include <string_view>

namespace vigil::trust {

inline constexpr std::size_t kLabelLimit = 32;

// [a-z0-9-]{1,32}
[[nodiscard]] inline bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kLabelLimit && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace vigil::trust
