// SPDX-License-Identifier: Apache-2.0
//
// Places: typed, or taken from the satellite receiver when somebody asks for it. Never on its own.
#include <fmt/format.h>

#include "app/tablet/screens/points.h"
#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Space;
using ui::Style;

namespace {

// Latitude and longitude side by side; true where one was changed.
bool draw_pair(const Pen& pen, const QuestionCard& card, const std::string& key, bool error,
               TypedPoint& point) {
  ui::Kit& kit = pen.kit;
  bool changed = false;
  ui::FieldLook look;
  look.filter = ui::Filter::kDecimal;
  look.error = error;
  look.disabled = card.readonly;
  look.width = 200;
  const auto put = [&](std::string_view part, std::string_view name, std::string& into) {
    look.name = look.placeholder = name;
    const ui::FieldOutcome outcome = ui::field(kit, key + std::string(part), into, look);
    if (outcome.entered) ui::go_to_next_field(kit, key + std::string(part));
    if (!outcome.value) return;
    into = *outcome.value;
    // What the receiver said of it holds no more.
    point.altitude = point.accuracy = "0";
    changed = true;
  };
  put(".latitude", pen.words("Latitude"), point.latitude);
  put(".longitude", pen.words("Longitude"), point.longitude);
  return changed;
}

void draw_keypads(const Pen& pen, const std::string& key) {
  const ui::KeypadLook look{
      .filter = ui::Filter::kDecimal, .done = pen.words("Done"), .next = pen.words("Next field")};
  ui::keypad(pen.kit, key + ".latitude", look);
  ui::keypad(pen.kit, key + ".longitude", look);
}

void draw_about(const Pen& pen, const std::string& key) {
  pen.kit.gap(Space::kTiny);
  ui::paragraph(pen.kit, key + ".about",
                pen.words("In degrees, for example 42.8746 and 74.5698. The tablet looks up where "
                          "it is only when you ask it to."),
                Style::kSecondary, ui::Tone::kMuted);
}

// The receiver is asked, says what it does, and what it found is taken or not.
void draw_receiver(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  if (card.readonly) return;
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref) + ".receiver";
  kit.gap(Space::kSmall);
  if (row.locating) {
    ui::bar(kit, key, row.locating->text,
            row.locating->failed ? ui::Tone::kWarning : ui::Tone::kPlain);
    kit.gap(Space::kSmall);
  }
  kit.begin_row();
  if (row.locating && row.locating->found) {
    ui::ButtonLook take;
    take.kind = ui::ButtonLook::Kind::kPrimary;
    take.icon = ui::Icon::kCheck;
    if (ui::button(kit, key + ".take", pen.words("Use this place"), take)) {
      pen.ask(command::OnMedia{media::TakePlace{}});
    }
  }
  ui::ButtonLook look;
  if (row.locating && row.locating->runs) {
    look.icon = ui::Icon::kStop;
    if (ui::button(kit, key + ".stop", pen.words("Stop"), look)) {
      pen.ask(command::OnMedia{media::StopLocating{}});
    }
  } else {
    look.icon = ui::Icon::kPlace;
    if (ui::button(kit, key + ".ask", pen.words("Take from the satellite receiver"), look)) {
      pen.ask(command::OnMedia{media::Locate{row.ref}});
    }
  }
  kit.end_row();
}

}  // namespace

void draw_point(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  const std::string key = key_of(row.ref);
  std::vector<TypedPoint> points = typed_points(row.value);
  points.resize(1);
  pen.kit.begin_row();
  const bool changed = draw_pair(pen, card, key, !row.error.empty(), points.front());
  pen.kit.end_row();
  if (changed) pen.ask(command::SetAnswer{row.ref, value_of(points, 1, false)});
  draw_keypads(pen, key);
  draw_receiver(pen, card, row);
  if (is_whole(points.front()) && is_measured(points.front())) {
    pen.kit.gap(Space::kTiny);
    ui::paragraph(pen.kit, key + ".accuracy",
                  words::fill(pen.words("From the satellite receiver, accurate to {0} m."),
                              {points.front().accuracy}),
                  Style::kSecondary, ui::Tone::kMuted);
  }
  draw_about(pen, key);
}

void draw_points(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  std::vector<TypedPoint> points = typed_points(row.value);
  // The last point of an area is its first again: shown once.
  if (card.closed && points.size() > 2 && points.front() == points.back()) points.pop_back();
  const std::size_t least = card.closed ? 3 : 2;
  const std::size_t before = points.size();
  if (points.size() < least) points.resize(least);
  bool changed = false;
  std::optional<std::size_t> removed;
  for (std::size_t index = 0; index < points.size(); ++index) {
    const std::string point_key = fmt::format("{}.{}", key, index + 1);
    if (index > 0) kit.gap(Space::kSmall);
    kit.begin_row();
    ui::line_at(kit, point_key, kit.place({kit.px(32), kit.px(ui::kControlHeight)}),
                fmt::format("{}.", index + 1), Style::kBodyBold, ui::Tone::kMuted);
    const bool wrong = !row.error.empty() && !is_whole(points[index]);
    changed = draw_pair(pen, card, point_key, wrong, points[index]) || changed;
    if (!card.readonly && index >= least) {
      ui::ButtonLook look;
      look.icon = ui::Icon::kRemove;
      look.least_width = 0;
      if (ui::button(kit, point_key + ".remove", pen.words("Remove"), look)) removed = index;
    }
    kit.end_row();
    draw_keypads(pen, point_key);
  }
  if (removed) points.erase(points.begin() + static_cast<std::ptrdiff_t>(*removed));
  if (!card.readonly) {
    kit.gap(Space::kSmall);
    ui::ButtonLook add;
    add.icon = ui::Icon::kPlus;
    add.disabled = before < least;
    if (ui::button(kit, key + ".add", pen.words("Add a point"), add)) {
      points.emplace_back();
      changed = true;
    }
  }
  if (changed || removed) {
    pen.ask(command::SetAnswer{row.ref, value_of(points, least, card.closed)});
  }
  draw_receiver(pen, card, row);
  draw_about(pen, key);
}

}  // namespace vigil::tablet
