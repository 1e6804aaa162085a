// SPDX-License-Identifier: Apache-2.0
//
// Marking a body: the finger on the figure makes a mark, the tools beside say what it is and how
// large. Every change is an answer at once.
#include <fmt/format.h>

#include "app/tablet/screens/media_pages.h"
#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

// One measure in steps of five millimetres, or typed.
void draw_measure(const Pen& pen, const MediaModel& model, std::string_view name,
                  std::string_view word, int BodyMark::* measure) {
  ui::Kit& kit = pen.kit;
  constexpr int kStep_mm = 5;
  constexpr std::size_t kMostFigures = 3;  // of kMostMark_mm
  const BodyMark& mark = model.marks[model.chosen_mark];
  const int now = mark.*measure;
  const std::string key = fmt::format("media.{}", name);
  const float finger = kit.px(ui::kControlHeight);
  const float gap = kit.px(Space::kTiny);
  const float top = kit.column().y;
  ui::paragraph(kit, key + ".name", word, Style::kSecondary, ui::Tone::kMuted);
  const Rect line = kit.place({kit.column().width, finger});
  const auto put = [&](int mm) {
    BodyMark changed = mark;
    changed.*measure = std::clamp(mm, 0, kMostMark_mm);
    pen.ask(command::OnMedia{media::ChangeMark{model.chosen_mark, changed}});
  };
  ui::ButtonLook look;
  look.repeats = true;
  look.icon = ui::Icon::kMinus;
  look.repeats = true;
  look.disabled = now <= 0;
  if (ui::button_at(kit, key + ".less", {line.x, line.y, finger, finger}, "", look)) {
    put(now - kStep_mm);
  }
  kit.last_item().text = pen.words("Less");
  ui::FieldLook field;
  field.filter = ui::Filter::kDigits;
  field.most_figures = kMostFigures;
  field.name = field.placeholder = pen.words("not measured");
  kit.push_column({line.x + finger + gap, line.y, line.width - 2 * (finger + gap), finger});
  const ui::FieldOutcome typed =
      ui::field(kit, key, now == 0 ? std::string() : fmt::format("{}", now), field);
  kit.pop_column();
  if (typed.value) put(typed.value->empty() ? 0 : std::stoi(*typed.value));
  if (typed.entered) ui::go_to_next_field(kit, key);
  look.icon = ui::Icon::kPlus;
  look.disabled = now >= kMostMark_mm;
  if (ui::button_at(kit, key + ".more", {line.right() - finger, line.y, finger, finger}, "",
                    look)) {
    put(now + kStep_mm);
  }
  kit.last_item().text = pen.words("More");
  ui::keypad(kit, key,
             {.most_figures = kMostFigures,
              .done = pen.words("Done"),
              .next = pen.words("Next field"),
              .field_top = top});
  kit.gap(Space::kSmall);
}

void draw_chosen(const Pen& pen, const MediaModel& model) {
  ui::Kit& kit = pen.kit;
  const BodyMark& mark = model.marks[model.chosen_mark];
  std::vector<ui::Option> types;
  for (const std::string_view type : kMarkTypes) {
    types.push_back({std::string(type), std::string(mark_word(pen, type)), type == mark.type});
  }
  if (mark.type == kNoMarkType) {
    ui::bar(kit, "media.no-type", pen.words("Kind not chosen"), ui::Tone::kWarning);
    kit.gap(Space::kSmall);
  }
  if (const auto type = ui::options_in_columns(kit, "media.type", types, false, false, 2)) {
    BodyMark changed = mark;
    // Once more takes it back, as with every answer.
    changed.type = types[*type].chosen ? std::string(kNoMarkType) : types[*type].value;
    pen.ask(command::OnMedia{media::ChangeMark{model.chosen_mark, changed}});
  }
  kit.gap(Space::kMedium);
  draw_measure(pen, model, "length", pen.words("Length, mm"), &BodyMark::length_mm);
  draw_measure(pen, model, "width", pen.words("Width, mm"), &BodyMark::width_mm);
  ui::ButtonLook look;
  look.icon = ui::Icon::kRemove;
  if (ui::button(kit, "media.remove", pen.words("Remove this mark"), look)) {
    pen.ask(command::OnMedia{media::RemoveMark{model.chosen_mark}});
  }
  kit.gap(Space::kMedium);
}

void draw_list(const Pen& pen, const MediaModel& model) {
  ui::Kit& kit = pen.kit;
  for (std::size_t index = 0; index < model.marks.size(); ++index) {
    const BodyMark& mark = model.marks[index];
    const std::string text = fmt::format("{}. {}", index + 1, mark_words(pen, mark));
    ui::ButtonLook look;
    look.role = ui::Role::kChoice;
    look.chosen = index == model.chosen_mark;
    if (mark.type == kNoMarkType) look.icon = ui::Icon::kWarning;
    const ui::Size size = ui::button_size(kit, text, look, kit.column().width);
    if (ui::button_at(kit, fmt::format("media.mark.{}", index + 1),
                      kit.place({kit.column().width, size.height}), text, look)) {
      pen.ask(command::OnMedia{media::ChooseMark{index}});
    }
    kit.gap(Space::kTiny);
  }
}

// Arrow keys move the mark that is chosen, for who has no finger to spare.
void move_by_keys(const Pen& pen, const MediaModel& model) {
  if (model.chosen_mark >= model.marks.size() || !pen.kit.focused().starts_with("media.body.")) {
    return;
  }
  constexpr float kStep = 0.01F;
  BodyMark mark = model.marks[model.chosen_mark];
  const BodyMark before = mark;
  if (pen.kit.key_pressed(ui::Key::kLeft)) mark.x -= kStep;
  if (pen.kit.key_pressed(ui::Key::kRight)) mark.x += kStep;
  if (pen.kit.key_pressed(ui::Key::kUp)) mark.y -= kStep * kBodyShape;
  if (pen.kit.key_pressed(ui::Key::kDown)) mark.y += kStep * kBodyShape;
  mark.x = std::clamp(mark.x, 0.0F, 1.0F);
  mark.y = std::clamp(mark.y, 0.0F, 1.0F);
  if (mark != before) pen.ask(command::OnMedia{media::ChangeMark{model.chosen_mark, mark}});
}

// A tap on a mark chooses it, beside all of them it makes one.
void take_touch(const Pen& pen, const MediaModel& model, const BodyTouch& touch) {
  constexpr float kNear = 0.03F;  // of the figure's height
  for (std::size_t index = model.marks.size(); index-- > 0;) {
    const BodyMark& mark = model.marks[index];
    const float dx = (mark.x - touch.at.x) * kBodyShape;
    const float dy = mark.y - touch.at.y;
    if (mark.view == touch.view && dx * dx + dy * dy < kNear * kNear) {
      return pen.ask(command::OnMedia{media::ChooseMark{index}});
    }
  }
  if (model.marks.size() >= kMostMarks || !is_on_body(touch.view, touch.at)) return;
  BodyMark mark;
  mark.view = touch.view;
  mark.x = touch.at.x;
  mark.y = touch.at.y;
  pen.ask(command::OnMedia{media::AddMark{mark}});
}

}  // namespace

void draw_marking(const Pen& pen, const MediaModel& model, const Rect& page) {
  ui::Kit& kit = pen.kit;
  MediaRooms rooms = media_rooms(pen, page);
  kit.canvas().box(rooms.sheet, kit.theme().surface, kit.theme().hairline,
                   std::max(1.0F, kit.px(1)), kit.px(ui::kCardRadius));
  move_by_keys(pen, model);
  const auto touch = draw_figures(pen, "media.body", rooms.sheet.inset(kit.px(Space::kSmall)),
                                  model.marks, model.chosen_mark, true);
  if (touch) take_touch(pen, model, *touch);
  if (main_tool(pen, rooms, "done", pen.words("Done"), ui::Icon::kCheck)) {
    pen.ask(command::OnMedia{media::Keep{}});
  }
  begin_tools(pen, rooms);
  if (!model.error.empty()) {
    ui::bar(kit, "media.error", model.error, ui::Tone::kWarning);
    kit.gap(Space::kMedium);
  }
  if (model.marks.empty()) {
    ui::paragraph(kit, "media.about",
                  pen.words("Touch the place on the figure, then say what is there. Left is the "
                            "person's left."),
                  Style::kBody, ui::Tone::kMuted);
    kit.gap(Space::kMedium);
  }
  if (model.chosen_mark < model.marks.size()) draw_chosen(pen, model);
  draw_list(pen, model);
  end_tools(pen);
}

}  // namespace vigil::tablet
