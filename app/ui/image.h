// SPDX-License-Identifier: Apache-2.0
//
// A picture to be shown.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::ui {

// Borrowed for the call.
struct ImageView {
  std::string_view key;  // the same picture has the same key and version in every frame
  int version = 0;
  int width = 0;
  int height = 0;
  std::span<const std::uint8_t> rgba;
};

// One that a model carries. Its maker wipes the pixels.
struct Image {
  std::string key;
  int version = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;

  [[nodiscard]] ImageView view() const { return {key, version, width, height, rgba}; }
};
using ImagePointer = std::shared_ptr<const Image>;

}  // namespace vigil::ui
