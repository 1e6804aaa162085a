// SPDX-License-Identifier: Apache-2.0
#include "platform/pictures/paint.h"

#include <algorithm>
#include <cmath>

namespace vigil::platform {
namespace {

std::uint8_t* pixel_at(Picture& picture, int x, int y) {
  return picture.rgba.data() +
         (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
          static_cast<std::size_t>(x)) *
             4;
}

void blend(std::uint8_t* pixel, Ink ink, float share) {
  const auto mix = [&](std::uint8_t& part, std::uint8_t of) {
    part = static_cast<std::uint8_t>(
        std::lround(static_cast<float>(part) * (1 - share) + static_cast<float>(of) * share));
  };
  mix(pixel[0], ink.red);
  mix(pixel[1], ink.green);
  mix(pixel[2], ink.blue);
  pixel[3] = 255;
}

float distance(Dot point, Dot a, Dot b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length = dx * dx + dy * dy;
  float along = 0;
  if (length > 0)
    along = std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / length, 0.0F, 1.0F);
  return std::hypot(point.x - a.x - along * dx, point.y - a.y - along * dy);
}

void paint_segment(Picture& picture, Dot a, Dot b, float radius, Ink ink) {
  const int left = std::max(0, static_cast<int>(std::floor(std::min(a.x, b.x) - radius - 1)));
  const int right =
      std::min(picture.width - 1, static_cast<int>(std::ceil(std::max(a.x, b.x) + radius + 1)));
  const int top = std::max(0, static_cast<int>(std::floor(std::min(a.y, b.y) - radius - 1)));
  const int bottom =
      std::min(picture.height - 1, static_cast<int>(std::ceil(std::max(a.y, b.y) + radius + 1)));
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const Dot centre = {static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
      const float share = std::clamp(radius + 0.5F - distance(centre, a, b), 0.0F, 1.0F);
      if (share > 0) blend(pixel_at(picture, x, y), ink, share);
    }
  }
}

}  // namespace

Picture blank_picture(int width, int height, Ink ground) {
  Picture picture{width, height, {}};
  picture.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  for (std::size_t at = 0; at < picture.rgba.size(); at += 4) blend(&picture.rgba[at], ground, 1);
  return picture;
}

void paint_stroke(Picture& picture, std::span<const Dot> dots, float radius, Ink ink) {
  if (dots.size() == 1) paint_segment(picture, dots[0], dots[0], radius, ink);
  for (std::size_t index = 1; index < dots.size(); ++index) {
    paint_segment(picture, dots[index - 1], dots[index], radius, ink);
  }
}

void paint_rectangle(Picture& picture, Dot from, Dot to, Ink ink) {
  const int left = std::max(0, static_cast<int>(std::floor(std::min(from.x, to.x))));
  const int right = std::min(picture.width, static_cast<int>(std::ceil(std::max(from.x, to.x))));
  const int top = std::max(0, static_cast<int>(std::floor(std::min(from.y, to.y))));
  const int bottom = std::min(picture.height, static_cast<int>(std::ceil(std::max(from.y, to.y))));
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) blend(pixel_at(picture, x, y), ink, 1);
  }
}

}  // namespace vigil::platform
