// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sketch.h"

#include <cmath>

#include "app/ui/controls.h"
#include "platform/pictures/paint.h"

namespace vigil::ui {
namespace {

// A finger that trembles by less adds no point.
constexpr float kStep = 0.0015F;
constexpr std::size_t kMostPoints = 20'000;

void show(Kit& kit, const SketchMark& mark, const Rect& sheet) {
  const auto place = [&](Point at) {
    return Point{sheet.x + at.x * sheet.width, sheet.y + at.y * sheet.width};
  };
  if (mark.kind == SketchMark::Kind::kRectangle) {
    const Point a = place(mark.points.front());
    const Point b = place(mark.points.back());
    kit.canvas().fill(
        {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)},
        mark.colour);
    return;
  }
  std::vector<Point> line;
  line.reserve(mark.points.size());
  for (const Point& at : mark.points) line.push_back(place(at));
  const float width = std::max(1.0F, mark.width * sheet.width);
  kit.canvas().stroke(line, mark.colour, width);
  // Round ends, as they will be burned in.
  kit.canvas().disc(line.front(), width / 2, mark.colour);
  kit.canvas().disc(line.back(), width / 2, mark.colour);
}

}  // namespace

void Sketch::begin(Point at) {
  marks_.push_back(tool);
  marks_.back().points.assign(1, at);
  if (tool.kind == SketchMark::Kind::kRectangle) marks_.back().points.push_back(at);
}

void Sketch::go_on(Point at) {
  if (marks_.empty()) return;
  SketchMark& mark = marks_.back();
  if (mark.kind == SketchMark::Kind::kRectangle) {
    mark.points.back() = at;
  } else if (mark.points.size() < kMostPoints &&
             std::hypot(at.x - mark.points.back().x, at.y - mark.points.back().y) >= kStep) {
    mark.points.push_back(at);
  }
}

void Sketch::undo() {
  if (!marks_.empty()) marks_.pop_back();
}

void Sketch::clear() {
  marks_.clear();
}

void sketch_at(Kit& kit, std::string_view key, const Rect& room, Sketch& sketch,
               const ImageView* ground, std::string_view name) {
  const Rect sheet = fitted(room, 1, sketch.height());
  const Interaction touch = kit.add(
      {.key = std::string(key), .role = Role::kCanvas, .text = std::string(name), .rect = sheet},
      {.drags = true});
  Canvas& canvas = kit.canvas();
  canvas.fill(sheet, rgb(0xFFFFFF));
  if (ground != nullptr) canvas.image(*ground, sheet);
  using Kind = InputEvent::Kind;
  const Point at = {
      std::clamp((kit.event().at.x - sheet.x) / std::max(1.0F, sheet.width), 0.0F, 1.0F),
      std::clamp((kit.event().at.y - sheet.y) / std::max(1.0F, sheet.width), 0.0F,
                 sketch.height())};
  if (touch.pressed && kit.event().kind == Kind::kPress) sketch.begin(at);
  if (touch.pressed && kit.event().kind == Kind::kMove) sketch.go_on(at);
  canvas.push_clip(sheet);
  for (const SketchMark& mark : sketch.marks()) show(kit, mark, sheet);
  canvas.pop_clip();
  canvas.outline(sheet, kit.theme().edge, std::max(1.0F, kit.px(1)), 0);
}

void burn(const Sketch& sketch, platform::Picture& picture) {
  const auto wide = static_cast<float>(picture.width);
  for (const SketchMark& mark : sketch.marks()) {
    const platform::Ink ink = {mark.colour.red, mark.colour.green, mark.colour.blue};
    std::vector<platform::Dot> dots;
    dots.reserve(mark.points.size());
    for (const Point& at : mark.points) dots.push_back({at.x * wide, at.y * wide});
    if (mark.kind == SketchMark::Kind::kRectangle) {
      platform::paint_rectangle(picture, dots.front(), dots.back(), ink);
    } else {
      platform::paint_stroke(picture, dots, std::max(0.5F, mark.width * wide / 2), ink);
    }
  }
}

platform::Picture picture_of(const Sketch& sketch, int width) {
  const auto height = static_cast<int>(std::lround(static_cast<float>(width) * sketch.height()));
  platform::Picture picture = platform::blank_picture(width, std::max(1, height), {255, 255, 255});
  burn(sketch, picture);
  return picture;
}

}  // namespace vigil::ui
