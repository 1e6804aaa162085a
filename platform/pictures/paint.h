// SPDX-License-Identifier: Apache-2.0
//
// Drawing into a picture: what was drawn or masked by hand becomes part of its pixels. Pure.
#pragma once

#include <cstdint>
#include <span>

#include "platform/pictures/picture.h"

namespace vigil::platform {

struct Ink {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};
struct Dot {  // in pixels of the picture
  float x = 0;
  float y = 0;
};

[[nodiscard]] Picture blank_picture(int width, int height, Ink ground);
// A line with round ends and joints; one point makes a dot.
void paint_stroke(Picture& picture, std::span<const Dot> dots, float radius, Ink ink);
// Every pixel that the rectangle touches, whatever corner comes first: a mask must not let an edge
// shine through.
void paint_rectangle(Picture& picture, Dot from, Dot to, Ink ink);

}  // namespace vigil::platform
