// SPDX-License-Identifier: Apache-2.0
//
// A picture to be shown. Borrowed for the call.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vigil::ui {

struct ImageView {
  std::string_view key;  // the same picture has the same key and version in every frame
  int version = 0;
  int width = 0;
  int height = 0;
  std::span<const std::uint8_t> rgba;
};

}  // namespace vigil::ui
