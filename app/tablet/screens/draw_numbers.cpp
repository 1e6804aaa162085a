// SPDX-License-Identifier: Apache-2.0
//
// Numbers, ranges, dates and times.
#include <cmath>

#include <fmt/format.h>

#include "app/tablet/screens/dates.h"
#include "app/tablet/screens/question_parts.h"
#include "core/base/language.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

// As people write it; trailing zeros say nothing.
std::string number_text(double value) {
  std::string text = fmt::format("{:.6f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

void draw_unit(const Pen& pen, std::string_view key, std::string_view unit) {
  if (unit.empty()) return;
  ui::Kit& kit = pen.kit;
  const float width = kit.canvas().text_width(unit, Style::kBody) + 2;
  ui::line_at(kit, fmt::format("{}.unit", key), kit.place({width, kit.px(ui::kControlHeight)}),
              unit, Style::kBody, ui::Tone::kMuted);
}

}  // namespace

void draw_number(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::FieldLook look;
  look.filter = card.control == Control::kInteger ? ui::Filter::kInteger : ui::Filter::kDecimal;
  look.error = !due_error(pen, card, row).empty();
  look.disabled = card.readonly;
  look.name = card.label;
  look.width = 180;
  look.decimal_mark = pen.decimal_mark;
  const std::string key = key_of(row.ref);
  pen.kit.begin_row();
  // The engine writes "120.0" for 120; nobody types that.
  std::string_view shown = row.value;
  if (card.control == Control::kDecimal && shown.ends_with(".0")) shown.remove_suffix(2);
  const ui::FieldOutcome outcome = ui::field(pen.kit, key, shown, look);
  draw_unit(pen, key, card.unit);
  pen.kit.end_row();
  if (outcome.value) pen.ask(command::SetAnswer{row.ref, *outcome.value});
  if (outcome.entered) ui::go_to_next_field(pen.kit, key);
}

namespace {

bool is_moment(Control control) {
  return control == Control::kDate || control == Control::kTime || control == Control::kDateTime;
}

bool is_typed_into(const Pen& pen, const std::string& key) {
  return pen.kit.focused() == key + ".date" || pen.kit.focused() == key + ".time";
}

// Digits that are not all there, while their field is not left.
std::string& held_moment(const Pen& pen, const std::string& key) {
  return pen.kit.kept(key + ".held");
}

}  // namespace

std::string_view due_error(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  const bool number = card.control == Control::kInteger || card.control == Control::kDecimal;
  if (number && !ui::refused_letter(pen.kit, key_of(row.ref)).empty()) {
    return pen.words("Only figures are written here: a letter was left out.");
  }
  if (!is_moment(card.control) || !is_typed_into(pen, key_of(row.ref))) return row.error;
  const bool not_whole = fault_of(row.value) == MomentFault::kUnfinished;
  return not_whole || !held_moment(pen, key_of(row.ref)).empty() ? "" : std::string_view(row.error);
}

// Digits into places, and "now".
void draw_moment(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const bool has_date = card.control != Control::kTime;
  const bool has_time = card.control != Control::kDate;
  const std::string key = key_of(row.ref);
  std::string& held = held_moment(pen, key);
  MomentDigits typed = digits_of(held.empty() ? row.value : held, has_date, has_time);
  MomentParts wrong;
  if (!due_error(pen, card, row).empty()) {
    wrong = is_unfinished(row.value) ? wrong_parts(typed, has_date, has_time)
                                     : MomentParts{has_date, has_time};
  }
  bool changed = false;
  ui::FieldLook look;
  look.filter = ui::Filter::kDigits;
  look.disabled = card.readonly;
  const auto put = [&](std::string_view part, std::string_view mask, std::string_view pattern,
                       float width, std::string& into) {
    look.mask = mask;
    look.placeholder = pattern;
    look.name = pattern;
    look.width = width;
    const ui::FieldOutcome outcome = ui::field(kit, key + std::string(part), into, look);
    if (outcome.value) {
      into = *outcome.value;
      changed = true;
    }
    return outcome;
  };
  kit.begin_row();
  if (has_date) {
    look.error = wrong.date;
    const ui::FieldOutcome date = put(".date", kDateMask, pen.words("dd.mm.yyyy"), 180, typed.date);
    const bool hour_wanting = wrong_parts(typed, has_date, has_time) == MomentParts{false, true};
    if (date.filled && hour_wanting) {
      kit.focus(key + ".time");
    } else if (date.entered) {
      ui::go_to_next_field(kit, key + ".date");
    }
  }
  if (has_time) {
    look.error = wrong.time;
    const ui::FieldOutcome time = put(".time", kTimeMask, pen.words("hh:mm"), 120, typed.time);
    if (time.entered) ui::go_to_next_field(kit, key + ".time");
  }
  if (!card.readonly) {
    const std::string_view word =
        card.control == Control::kDate ? pen.words("Today") : pen.words("Now");
    if (ui::button(kit, key + ".now", word)) pen.ask(command::SetNow{row.ref});
  }
  kit.end_row();
  if (changed) held = value_of(typed, has_date, has_time);
  if (changed && held.empty()) pen.ask(command::SetAnswer{row.ref, ""});
  if (held.empty()) return;
  if (is_typed_into(pen, key) && fault_of(held) == MomentFault::kUnfinished) return;
  pen.ask(command::SetAnswer{row.ref, held});
  ui::wipe_text(held);
}

void draw_keys(const Pen& pen, const QuestionCard& card, const QuestionRow& row, float top,
               float field_top) {
  const std::string key = key_of(row.ref);
  ui::KeypadLook look;
  look.done = pen.words("Done");
  look.next = pen.words("Next field");
  look.decimal_mark = pen.decimal_mark;
  look.top = top;
  look.field_top = field_top;
  look.error = !due_error(pen, card, row).empty();
  switch (card.control) {
    case Control::kInteger:
    case Control::kDecimal:
      look.filter = card.control == Control::kInteger ? ui::Filter::kInteger : ui::Filter::kDecimal;
      return ui::keypad(pen.kit, key, look);
    case Control::kDate:
    case Control::kTime:
    case Control::kDateTime:
      look.mask = kDateMask;
      ui::keypad(pen.kit, key + ".date", look);
      look.mask = kTimeMask;
      return ui::keypad(pen.kit, key + ".time", look);
    default:
      return;
  }
}

// Few steps are buttons, many a slider with steps at both ends.
void draw_range(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const RangeScale& scale = card.range;
  const std::string key = key_of(row.ref);
  const auto value_at = [&](int step) { return number_text(scale.start + step * scale.step); };
  const auto shown_at = [&](int step) { return written_number(value_at(step), pen.decimal_mark); };
  const bool answered = !row.value.empty();
  int step = 0;
  if (answered) {
    const double value = std::strtod(row.value.c_str(), nullptr);
    step = static_cast<int>(std::lround((value - scale.start) / scale.step));
  }
  constexpr int kMostButtons = 10;
  if (scale.steps <= kMostButtons) {
    std::vector<ui::Option> options;
    for (int at = 0; at <= scale.steps; ++at) {
      options.push_back({value_at(at), shown_at(at), answered && at == step});
    }
    if (const auto tapped =
            ui::options_in_columns(kit, key, options, false, card.readonly, scale.steps + 1)) {
      pen.ask(command::SetAnswer{row.ref, options[*tapped].chosen ? "" : options[*tapped].value});
    }
    return;
  }
  const float finger = kit.px(ui::kControlHeight);
  const float gap = kit.px(Space::kMedium);
  const Rect line = kit.place({kit.column().width, finger});
  const std::string shown = answered ? shown_at(step) : std::string(pen.words("not chosen"));
  const std::string with_unit = card.unit.empty() || !answered ? shown : shown + " " + card.unit;
  const float words =
      std::max(kit.px(96), kit.canvas().text_width(with_unit, Style::kQuestion) + 2);
  const auto ask = [&](int at) { pen.ask(command::SetAnswer{row.ref, value_at(at)}); };
  ui::ButtonLook look;
  look.icon = ui::Icon::kMinus;
  look.repeats = true;
  look.disabled = card.readonly || (answered && step <= 0);
  if (ui::button_at(kit, key + ".less", {line.x, line.y, finger, finger}, "", look)) {
    ask(answered ? step - 1 : 0);
  }
  kit.last_item().text = pen.words("Less");
  const float slider_width = line.width - 2 * (finger + gap) - words - gap;
  kit.push_column({line.x + finger + gap, line.y, slider_width, finger});
  ui::SliderLook slide;
  slide.steps = scale.steps;
  slide.answered = answered;
  slide.disabled = card.readonly;
  slide.error = !row.error.empty();
  if (const auto at = ui::slider(kit, key, step, with_unit, slide)) ask(*at);
  const std::string& sliding = kit.kept(key + ".step");
  kit.pop_column();
  look.icon = ui::Icon::kPlus;
  look.disabled = card.readonly || (answered && step >= scale.steps);
  const float plus = line.x + finger + 2 * gap + slider_width;
  if (ui::button_at(kit, key + ".more", {plus, line.y, finger, finger}, "", look)) {
    ask(answered ? step + 1 : 0);
  }
  kit.last_item().text = pen.words("More");
  const std::string now = sliding.empty() ? with_unit : shown_at(std::stoi(sliding));
  ui::line_at(kit, key + ".value", {line.right() - words, line.y, words, finger}, now,
              answered || !sliding.empty() ? Style::kQuestion : Style::kBody,
              answered || !sliding.empty() ? ui::Tone::kPlain : ui::Tone::kMuted,
              ui::Align::kRight);
  // What the ends mean.
  const Rect ends = kit.place({kit.column().width, kit.canvas().line_height(Style::kSecondary)});
  const Rect under = {ends.x + finger + gap, ends.y, slider_width, ends.height};
  ui::line_at(kit, key + ".least", under, shown_at(0), Style::kSecondary, ui::Tone::kMuted);
  ui::line_at(kit, key + ".most", under, shown_at(scale.steps), Style::kSecondary, ui::Tone::kMuted,
              ui::Align::kRight);
}

}  // namespace vigil::tablet
