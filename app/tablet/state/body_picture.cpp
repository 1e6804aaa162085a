// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/body_picture.h"

#include "platform/pictures/paint.h"

namespace vigil::tablet {
namespace {

constexpr int kFigureHeight = 900;
constexpr int kFigureWidth = 360;  // kBodyShape of it
constexpr int kAround = 24;

platform::Dot place(BodyView view, ui::Point at) {
  const auto column = static_cast<float>(static_cast<int>(view));
  return {kAround + column * (kFigureWidth + kAround) + at.x * kFigureWidth,
          kAround + at.y * kFigureHeight};
}

}  // namespace

platform::Picture body_picture(std::span<const BodyMark> marks) {
  constexpr int kViews = static_cast<int>(kBodyViews.size());
  platform::Picture picture = platform::blank_picture(kAround + kViews * (kFigureWidth + kAround),
                                                      kFigureHeight + 2 * kAround, {255, 255, 255});
  for (const BodyView view : kBodyViews) {
    for (const auto& line : body_lines(view)) {
      std::vector<platform::Dot> dots;
      for (const ui::Point at : line) dots.push_back(place(view, at));
      platform::paint_stroke(picture, dots, 1.5F, {87, 96, 106});
    }
  }
  for (const BodyMark& mark : marks) {
    const platform::Dot dot = place(mark.view, {mark.x, mark.y});
    platform::paint_stroke(picture, {&dot, 1}, 9, {164, 22, 26});
  }
  return picture;
}

}  // namespace vigil::tablet
