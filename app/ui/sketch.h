// SPDX-License-Identifier: Apache-2.0
//
// What a finger draws: lines and covering rectangles, on paper or over a picture. One thread.
#pragma once

#include <string_view>
#include <vector>

#include "app/ui/kit.h"
#include "platform/pictures/picture.h"

namespace vigil::ui {

// Coordinates and widths are shares of the sheet's width; the sheet is `height` of them high.
struct SketchMark {
  enum class Kind { kLine, kRectangle };
  Kind kind = Kind::kLine;
  Colour colour = {};
  float width = 0.006F;
  std::vector<Point> points;  // a rectangle has two
};

class Sketch {
 public:
  explicit Sketch(float height = 0.6F) : height_(height) {}
  [[nodiscard]] float height() const { return height_; }
  void set_height(float height) { height_ = height; }
  [[nodiscard]] const std::vector<SketchMark>& marks() const { return marks_; }
  [[nodiscard]] bool empty() const { return marks_.empty(); }

  // What the next finger does.
  SketchMark tool;

  void begin(Point at);
  void go_on(Point at);
  void undo();
  void clear();

 private:
  float height_;
  std::vector<SketchMark> marks_;
};

// Takes the finger and shows the sheet in the largest rectangle of its shape inside `room`, over
// `ground` where there is one. `name` is what the tree calls it.
void sketch_at(Kit& kit, std::string_view key, const Rect& room, Sketch& sketch,
               const ImageView* ground, std::string_view name);

// The marks become pixels of the picture.
void burn(const Sketch& sketch, platform::Picture& picture);
// On white paper so many pixels wide.
[[nodiscard]] platform::Picture picture_of(const Sketch& sketch, int width);

}  // namespace vigil::ui
