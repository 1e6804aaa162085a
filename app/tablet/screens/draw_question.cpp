// SPDX-License-Identifier: Apache-2.0
//
// A question card: the question, one line of standard or hint, the control, what follows from the
// answer, then the quiet actions.
#include <fmt/format.h>

#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

constexpr float kSourceWidth = 150;
// With less room than this the source stands above its answers, not beside them.
constexpr float kSourceBeside = 560;

void join(std::string& text, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += " · ";
  text += more;
}

// What stands behind the "i": the norm the question rests on, the author's guidance, the limits.
void draw_unfolded(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(card.ref);
  const Rect whole = kit.column();
  const float inside = kit.px(23);
  kit.push_column({whole.x + inside, whole.y, whole.width - inside, whole.height});
  if (!card.standard.empty()) {
    kit.gap(Space::kTiny);
    ui::paragraph(kit, key + ".standard", card.standard, Style::kSecondaryBold, ui::Tone::kPrimary);
  }
  if (!card.guidance.empty()) {
    kit.gap(Space::kTiny);
    ui::paragraph(kit, key + ".guidance", card.guidance, Style::kSecondary);
  }
  if (!card.limit_about.empty()) {
    kit.gap(Space::kTiny);
    ui::paragraph(kit, key + ".limit-about", card.limit_about, Style::kSecondary);
  }
  kit.close_column();
}

// One line: the hint, and an "i" that unfolds what stands behind it. Touched over a finger's
// height.
void draw_hint(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  ui::Canvas& canvas = kit.canvas();
  const std::string key = key_of(card.ref);
  const bool unfolds =
      !card.standard.empty() || !card.guidance.empty() || !card.limit_about.empty();
  std::string text = card.hint;
  if (text.empty() && card.control == Control::kResult) text = pen.words("Calculated.");
  if (text.empty() && unfolds) text = pen.words("What this question rests on");
  if (card.required) join(text, pen.words("must be answered"));
  if (text.empty()) return;
  bool open = false;
  kit.gap(Space::kTiny);
  const float sign = kit.px(17);
  const float gap = kit.px(6);
  const float line = canvas.line_height(Style::kSecondary);
  const float width = kit.column().width - sign - gap;
  const auto lines = canvas.wrap(text, Style::kSecondary, width);
  const Rect rect = kit.place({kit.column().width, line * static_cast<float>(lines.size())});
  ui::Item item{.key = key + ".hint", .role = ui::Role::kText, .text = text, .rect = rect};
  const ui::Colour ink = unfolds ? kit.theme().primary : kit.theme().muted;
  if (unfolds) {
    item.role = ui::Role::kButton;
    std::string& kept = kit.kept(key + ".about");
    open = item.chosen = !kept.empty();
    const float reach = (ui::kFinger - rect.height / canvas.scale()) / 2;
    const ui::Interaction touch = kit.add(std::move(item), {.reach = std::max(1.0F, reach)});
    if (touch.tapped) {
      kept = open ? "" : "1";
      kit.draw_again();
    }
    if (touch.focused && kit.focus_is_visible()) {
      canvas.outline(rect.inset(-kit.px(4)), kit.theme().primary, kit.px(2), kit.px(4));
    }
  } else {
    kit.add_still(std::move(item));
  }
  canvas.icon(ui::Icon::kInformation, {rect.x - kit.px(1), rect.y + (line - sign) / 2, sign, sign},
              ink);
  float y = rect.y;
  for (const std::string_view part : lines) {
    canvas.text({rect.x + sign + gap, y}, part, Style::kSecondary, kit.theme().muted);
    y += line;
  }
  if (!open) return;
  draw_unfolded(pen, card);
  // The nearest thing that can be closed.
  if (kit.key_pressed(ui::Key::kEscape)) {
    kit.kept(key + ".about").clear();
    kit.draw_again();
  }
}

void draw_acknowledge(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  const ui::Option option{"OK", std::string(pen.words("Read and understood")), !row.value.empty()};
  if (ui::options(pen.kit, key_of(row.ref), {&option, 1}, true, card.readonly)) {
    pen.ask(command::SetAnswer{row.ref, row.value.empty() ? "OK" : ""});
  }
}

void draw_control(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  switch (card.control) {
    case Control::kOne:
    case Control::kMany:
      return draw_options(pen, card, row);
    case Control::kRank:
      return draw_rank(pen, card, row);
    case Control::kText:
    case Control::kMultiline:
    case Control::kCode:
      return draw_text(pen, card, row);
    case Control::kRange:
      return draw_range(pen, card, row);
    case Control::kPoint:
      return draw_point(pen, card, row);
    case Control::kPoints:
      return draw_points(pen, card, row);
    case Control::kBodyMap:
      return draw_body_map(pen, card, row);
    case Control::kInteger:
    case Control::kDecimal:
      return draw_number(pen, card, row);
    case Control::kDate:
    case Control::kTime:
    case Control::kDateTime:
      return draw_moment(pen, card, row);
    case Control::kAcknowledge:
      return draw_acknowledge(pen, card, row);
    case Control::kFile:
      return draw_file(pen, card, row);
    case Control::kNote:
    case Control::kResult:
      return;
  }
}

bool is_figures(Control control) {
  return control == Control::kInteger || control == Control::kDecimal ||
         control == Control::kDate || control == Control::kTime || control == Control::kDateTime;
}

// Answers in one row matter more than where the source stands.
bool stands_beside(const Pen& pen, const QuestionCard& card, const QuestionRow& row, float width) {
  ui::Kit& kit = pen.kit;
  if (width < kit.px(kSourceBeside)) return false;
  if (card.control != Control::kOne || card.layout != ChoiceLayout::kRow) return true;
  float answers = 0;
  for (const ui::Option& option : row.options) {
    answers += ui::button_size(kit, option.label, {}, width).width + kit.px(ui::kControlGap);
  }
  answers -= kit.px(ui::kControlGap);
  return answers <= width - kit.px(kSourceWidth) || answers > width;
}

// Beside a field of figures, where there is room: what comes and goes while one types moves no
// keys.
void draw_error(const Pen& pen, const QuestionCard& card, const QuestionRow& row, const Rect& room,
                const Rect& control) {
  ui::Kit& kit = pen.kit;
  const std::string_view error = due_error(pen, card, row);
  if (error.empty()) return;
  constexpr float kRoomBeside = 280;
  const std::string key = key_of(row.ref) + ".error";
  const float x = control.right() + kit.px(Space::kMedium);
  if (!is_figures(card.control) || room.right() - x < kit.px(kRoomBeside)) {
    kit.gap(Space::kSmall);
    ui::bar(kit, key, error, ui::Tone::kError);
    return;
  }
  kit.push_column({x, room.y, room.right() - x, room.height});
  ui::bar(kit, key, error, ui::Tone::kError);
  kit.close_column();
}

void draw_row(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const Rect whole = kit.column();
  float label_width = 0;
  if (!row.source.empty()) {
    const bool beside = stands_beside(pen, card, row, whole.width);
    const float least = kit.px(kSourceWidth);
    if (beside) {
      label_width = least;
      const auto lines = kit.canvas().wrap(row.source, Style::kSecondaryBold, least - kit.px(8));
      const float words =
          kit.canvas().line_height(Style::kSecondaryBold) * static_cast<float>(lines.size());
      const float y = whole.y + std::max(0.0F, (kit.px(ui::kControlHeight) - words) / 2);
      kit.push_column({whole.x, y, least - kit.px(8), words});
    } else {
      kit.push_column({whole.x, whole.y, whole.width, whole.height});
    }
    ui::paragraph(kit, key_of(row.ref) + ".source", row.source, Style::kSecondaryBold,
                  ui::Tone::kMuted);
    if (beside) {
      kit.pop_column();
    } else {
      kit.close_column();
      kit.gap(Space::kTiny);
    }
  }
  const Rect rest = kit.column();
  kit.push_column({rest.x + label_width, rest.y, rest.width - label_width, rest.height});
  draw_control(pen, card, row);
  const Rect control = kit.last_item().rect;
  kit.close_column();
  draw_error(pen, card, row, rest, control);
}

void draw_result(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(card.ref);
  ui::paragraph(kit, key, card.label, Style::kResult,
                card.limit_exceeded ? ui::Tone::kWarning : ui::Tone::kPlain, ui::Role::kResult);
  draw_hint(pen, card);
}

void draw_actions(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(card.ref);
  const auto quiet = [&](std::string_view name, std::string_view text, bool chosen,
                         std::optional<ui::Icon> icon) {
    ui::ButtonLook look;
    look.kind = ui::ButtonLook::Kind::kQuiet;
    look.least_width = 0;
    look.icon = chosen ? ui::Icon::kCheck : icon;
    return ui::button(kit, key + std::string(name), text, look);
  };
  kit.gap(Space::kSmall);
  // The words start where the question does: the buttons have no edge to align.
  const Rect row = kit.column();
  kit.push_column({row.x - kit.px(18), row.y, row.width + kit.px(18), row.height});
  kit.begin_row(Space::kTiny);
  const bool has_note = !card.note.empty() || card.note_open;
  if (!card.note_open && quiet(".note", has_note ? pen.words("Note") : pen.words("Add a note"),
                               has_note, ui::Icon::kPlus)) {
    pen.ask(command::OpenNote{card.ref});
  }
  if (card.takes_photos && !card.readonly &&
      quiet(".photo", pen.words("Photo"), !card.photos.empty(), ui::Icon::kCamera)) {
    pen.ask(command::OnMedia{media::Open{card.rows.front().ref, false, true}});
  }
  if (quiet(".finding", pen.words("In findings"), card.finding, ui::Icon::kPlus)) {
    pen.ask(command::ToggleFinding{card.ref});
  }
  if (quiet(".later", pen.words("Later"), card.later, ui::Icon::kPlus)) {
    pen.ask(command::ToggleLater{card.ref});
  }
  kit.end_row();
  kit.close_column();
}

void draw_note(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  kit.gap(Space::kMedium);
  ui::FieldLook look;
  look.multiline = true;
  look.least_lines = 2;
  look.language = pen.form_language;
  look.placeholder = pen.words("Note: no names, no numbers of documents");
  look.name = look.placeholder;
  const ui::FieldOutcome outcome = ui::field(kit, key_of(card.ref) + ".note-text", card.note, look);
  if (outcome.value) pen.ask(command::SetNote{card.ref, *outcome.value});
  draw_text_actions(pen, key_of(card.ref) + ".note-text");
}

// Photos beside the answer, each with a way to take it back.
void draw_photos(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  for (const BesidePhoto& photo : card.photos) {
    const std::string key = key_of(card.ref) + ".photo." + photo.name;
    kit.gap(Space::kSmall);
    kit.begin_row();
    if (photo.thumbnail != nullptr || photo.thumbnail_waits) {
      const float height = kit.px(ui::kControlHeight + 26);
      const ui::Size size = thumbnail_size(photo.thumbnail);
      const Rect rect = kit.place({height * size.width / std::max(1.0F, size.height), height});
      draw_thumbnail(pen, photo.thumbnail, photo.name, rect);
      kit.add_still({.key = key,
                     .role = ui::Role::kCanvas,
                     .text = std::string(pen.words("Photo")),
                     .rect = rect});
    }
    if (ui::hold_button(kit, key + ".remove", pen.words("Hold to remove"), false,
                        ui::Tone::kMuted)) {
      pen.ask(command::OnMedia{media::RemoveBeside{card.rows.front().ref, photo.name}});
    }
    kit.end_row();
  }
}

}  // namespace

std::string key_of(std::string_view ref) {
  return fmt::format("q.{}", ref);
}

void draw_question(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(card.ref);
  const float top = kit.column().y;
  float row_top = top;
  kit.begin_card(key + ".card");
  if (card.control == Control::kResult) {
    draw_result(pen, card);
  } else {
    ui::paragraph(kit, key + ".label", card.label, Style::kQuestion, ui::Tone::kPlain,
                  ui::Role::kHeading);
    draw_hint(pen, card);
  }
  if (card.control != Control::kNote && card.control != Control::kResult) {
    kit.gap(Space::kMedium);
    for (const QuestionRow& row : card.rows) {
      // Where the sources stand above their answers, a wider gap says which belongs to which.
      const bool below = !row.source.empty() && kit.column().width < kit.px(kSourceBeside);
      if (&row != &card.rows.front()) kit.gap(below ? Space::kLarge : Space::kSmall);
      row_top = kit.column().y;
      draw_row(pen, card, row);
      if (&row != &card.rows.back()) draw_keys(pen, card, row, top, row_top);
    }
  }
  if (!card.mismatch.empty()) {
    kit.gap(Space::kMedium);
    ui::bar(kit, key + ".mismatch", card.mismatch, ui::Tone::kMismatch);
  }
  if (!card.limit.empty()) {
    kit.gap(Space::kSmall);
    ui::bar(kit, key + ".limit", card.limit,
            card.limit_exceeded ? ui::Tone::kWarning : ui::Tone::kPlain);
  }
  // Below what is said of the answer: the eye stays where the finger is.
  if (!card.rows.empty()) draw_keys(pen, card, card.rows.back(), top, row_top);
  if (card.control != Control::kNote && card.control != Control::kResult) {
    if (card.note_open || !card.note.empty()) draw_note(pen, card);
    if (!card.photos.empty()) draw_photos(pen, card);
    draw_actions(pen, card);
    // The quiet buttons bring their own room below.
    kit.gap(-Space::kSmall);
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

}  // namespace vigil::tablet
