// SPDX-License-Identifier: Apache-2.0
//
// The four figures and the words for what is marked on them.
#include <cmath>

#include <fmt/format.h>

#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Point;
using ui::Rect;
using ui::Style;

namespace {

constexpr float kMarkRadius = 11;

void draw_mark(const Pen& pen, const std::string& key, Point at, std::size_t number, bool chosen) {
  ui::Canvas& canvas = pen.kit.canvas();
  const ui::Theme& theme = pen.kit.theme();
  const float radius = std::round(kMarkRadius * canvas.scale());
  canvas.disc(at, radius + pen.kit.px(2), theme.surface);
  canvas.disc(at, radius, chosen ? theme.primary : theme.error);
  const std::string text = std::to_string(number);
  const float width = canvas.text_width(text, Style::kSecondaryBold);
  canvas.text({at.x - width / 2, at.y - canvas.line_height(Style::kSecondaryBold) / 2}, text,
              Style::kSecondaryBold, chosen ? theme.on_primary : theme.surface);
  if (chosen) canvas.circle(at, radius + pen.kit.px(4), theme.primary, pen.kit.px(2));
  pen.kit.add_still({.key = fmt::format("{}.at.{}", key, number),
                     .role = ui::Role::kStatus,
                     .text = text,
                     .rect = {at.x - radius, at.y - radius, 2 * radius, 2 * radius},
                     .chosen = chosen});
}

std::vector<std::string_view> name_lines(const Pen& pen, BodyView view, float width) {
  return pen.kit.canvas().wrap(view_word(pen, view), Style::kSecondary, width - pen.kit.px(2));
}

// The figure's box inside its quarter, and the word under it.
Rect figure_box(const Pen& pen, const Rect& quarter) {
  std::size_t lines = 1;
  for (const BodyView view : kBodyViews) {
    lines = std::max(lines, name_lines(pen, view, quarter.width).size());
  }
  const float word =
      pen.kit.canvas().line_height(Style::kSecondary) * static_cast<float>(lines) + pen.kit.px(4);
  return ui::fitted({quarter.x, quarter.y, quarter.width, quarter.height - word}, kBodyShape, 1);
}

// Below the figure, on as many lines as its width makes of it.
void draw_name(const Pen& pen, BodyView view, const Rect& quarter) {
  ui::Canvas& canvas = pen.kit.canvas();
  const auto lines = name_lines(pen, view, quarter.width);
  const float line = canvas.line_height(Style::kSecondary);
  float y = quarter.bottom() - line * static_cast<float>(lines.size());
  for (std::string_view text : lines) {
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    const float width = canvas.text_width(text, Style::kSecondary);
    canvas.text({quarter.centre().x - width / 2, y}, text, Style::kSecondary,
                pen.kit.theme().muted);
    y += line;
  }
}

void draw_outline(const Pen& pen, BodyView view, const Rect& box) {
  for (const auto& line : body_lines(view)) {
    std::vector<Point> points;
    points.reserve(line.size());
    for (const Point at : line) {
      points.push_back({box.x + at.x * box.width, box.y + at.y * box.height});
    }
    pen.kit.canvas().stroke(points, pen.kit.theme().muted, std::max(2.0F, pen.kit.px(1.6F)));
  }
}

}  // namespace

std::optional<BodyTouch> draw_figures(const Pen& pen, std::string_view key, const Rect& room,
                                      const std::vector<BodyMark>& marks, std::size_t chosen,
                                      bool takes_taps) {
  ui::Kit& kit = pen.kit;
  std::optional<BodyTouch> touched;
  const float width = room.width / static_cast<float>(kBodyViews.size());
  for (std::size_t index = 0; index < kBodyViews.size(); ++index) {
    const BodyView view = kBodyViews[index];
    const Rect quarter = {room.x + static_cast<float>(index) * width, room.y, width, room.height};
    const Rect box = figure_box(pen, quarter);
    const std::string figure_key = fmt::format("{}.{}", key, to_string(view));
    ui::Item item{.key = figure_key,
                  .role = ui::Role::kCanvas,
                  .text = std::string(view_word(pen, view)),
                  .rect = quarter};
    const ui::Interaction touch =
        kit.add(std::move(item), {.takes_taps = takes_taps, .takes_arrows = true});
    draw_outline(pen, view, box);
    draw_name(pen, view, quarter);
    if (touch.focused && kit.focus_is_visible()) {
      kit.canvas().outline(quarter, kit.theme().primary, kit.px(2), kit.px(ui::kControlRadius));
    }
    if (!touch.tapped) continue;
    const bool by_finger = kit.event().kind == ui::InputEvent::Kind::kRelease;
    const Point at = by_finger ? kit.event().at : Point{box.centre().x, box.y + box.height * 0.3F};
    touched = BodyTouch{view,
                        {std::clamp((at.x - box.x) / box.width, 0.0F, 1.0F),
                         std::clamp((at.y - box.y) / box.height, 0.0F, 1.0F)}};
  }
  for (std::size_t index = 0; index < marks.size(); ++index) {
    const auto column = static_cast<float>(static_cast<std::size_t>(marks[index].view));
    const Rect box = figure_box(pen, {room.x + column * width, room.y, width, room.height});
    draw_mark(pen, std::string(key),
              {box.x + marks[index].x * box.width, box.y + marks[index].y * box.height}, index + 1,
              index == chosen);
  }
  return touched;
}

std::string_view view_word(const Pen& pen, BodyView view) {
  switch (view) {
    case BodyView::kFront:
      return pen.words("Front");
    case BodyView::kBack:
      return pen.words("Back of the body");
    case BodyView::kLeft:
      return pen.words("Left side");
    case BodyView::kRight:
      break;
  }
  return pen.words("Right side");
}

std::string_view mark_word(const Pen& pen, std::string_view type) {
  if (type == "contusion") return pen.words("Contusion");
  if (type == "abrasion") return pen.words("Abrasion");
  if (type == "laceration") return pen.words("Laceration");
  if (type == "burn") return pen.words("Burn");
  if (type == "fracture") return pen.words("Fracture");
  if (type == "swelling") return pen.words("Swelling");
  if (type == "tenderness") return pen.words("Tenderness");
  if (type == "scar") return pen.words("Scar");
  if (type == "bleeding") return pen.words("Bleeding");
  if (type == kNoMarkType) return pen.words("Kind not chosen");
  return pen.words("Other mark");
}

std::string mark_words(const Pen& pen, const BodyMark& mark) {
  std::string text(mark_word(pen, mark.type));
  const std::string length = fmt::format("{}", mark.length_mm);
  const std::string width = fmt::format("{}", mark.width_mm);
  if (mark.length_mm > 0 && mark.width_mm > 0) {
    text += ", " + words::fill(pen.words("{0} × {1} mm"), {length, width});
  } else if (mark.length_mm > 0) {
    text += ", " + words::fill(pen.words("{0} mm long"), {length});
  } else if (mark.width_mm > 0) {
    text += ", " + words::fill(pen.words("{0} mm wide"), {width});
  }
  return text;
}

}  // namespace vigil::tablet
