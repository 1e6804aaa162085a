// SPDX-License-Identifier: Apache-2.0
//
// A question card: the question, one line of standard or hint, the control, what follows from the
// answer, then the quiet actions.
#include <fmt/format.h>

#include "app/tablet/screens/dates.h"
#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

constexpr float kSourceWidth = 150;
// With less room than this the source stands above its answers, not beside them.
constexpr float kSourceBeside = 560;

std::string key_of(std::string_view ref) {
  return fmt::format("q.{}", ref);
}

void draw_hint(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  std::string text = card.hint;
  if (!card.standard.empty()) {
    if (!text.empty()) text += " · ";
    text += card.standard;
  }
  if (card.required) {
    if (!text.empty()) text += " · ";
    text += pen.words("must be answered");
  }
  if (text.empty()) return;
  kit.gap(Space::kTiny);
  const float sign = kit.px(17);
  const float gap = kit.px(6);
  const Rect row = kit.column();
  const float line = kit.canvas().line_height(Style::kSecondary);
  kit.canvas().icon(ui::Icon::kInformation,
                    {row.x - kit.px(1), row.y + (line - sign) / 2, sign, sign}, kit.theme().muted);
  kit.push_column({row.x + sign + gap, row.y, row.width - sign - gap, row.height});
  ui::paragraph(kit, key_of(card.ref) + ".hint", text, Style::kSecondary, ui::Tone::kMuted);
  kit.close_column();
}

// Choices of one row. Tapping the chosen one clears it.
void draw_options(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  const bool many = card.control == Control::kMany;
  const auto tapped = ui::options(pen.kit, key_of(row.ref), row.options, many, card.readonly);
  if (!tapped) return;
  const ui::Option& option = row.options[*tapped];
  if (!many) {
    pen.ask(command::SetAnswer{row.ref, option.chosen ? "" : option.value});
    return;
  }
  std::string value;
  for (std::size_t index = 0; index < row.options.size(); ++index) {
    if (row.options[index].chosen == (index == *tapped)) continue;
    if (!value.empty()) value += ' ';
    value += row.options[index].value;
  }
  pen.ask(command::SetAnswer{row.ref, value});
}

void draw_text(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::FieldLook look;
  look.multiline = card.control == Control::kMultiline;
  look.least_lines = look.multiline ? 4 : 1;
  look.error = !row.error.empty();
  look.disabled = card.readonly;
  look.name = card.label;
  look.language = pen.form_language;
  look.width = look.multiline ? 0 : 520;
  const ui::FieldOutcome outcome = ui::field(pen.kit, key_of(row.ref), row.value, look);
  if (outcome.value) pen.ask(command::SetAnswer{row.ref, *outcome.value});
}

void draw_number(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::FieldLook look;
  look.filter = card.control == Control::kInteger ? ui::Filter::kInteger : ui::Filter::kDecimal;
  look.error = !row.error.empty();
  look.disabled = card.readonly;
  look.name = card.label;
  look.width = 180;
  const std::string key = key_of(row.ref);
  const ui::FieldOutcome outcome = ui::field(pen.kit, key, row.value, look);
  if (outcome.value) pen.ask(command::SetAnswer{row.ref, *outcome.value});
  if (outcome.entered) pen.kit.leave_field();
  ui::keypad(pen.kit, key, look.filter, pen.words("Done"));
}

// Date, time, or both: digits into places, and "now".
void draw_moment(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const bool has_date = card.control != Control::kTime;
  const bool has_time = card.control != Control::kDate;
  const MomentDigits digits = digits_of(row.value, has_date, has_time);
  const std::string key = key_of(row.ref);
  MomentDigits typed = digits;
  bool changed = false;
  ui::FieldLook look;
  look.filter = ui::Filter::kDigits;
  look.error = !row.error.empty();
  look.disabled = card.readonly;
  kit.begin_row();
  if (has_date) {
    look.mask = kDateMask;
    look.placeholder = pen.words("dd.mm.yyyy");
    look.name = look.placeholder;
    look.width = 180;
    const ui::FieldOutcome outcome = ui::field(kit, key + ".date", digits.date, look);
    if (outcome.value) {
      typed.date = *outcome.value;
      changed = true;
    }
  }
  if (has_time) {
    look.mask = kTimeMask;
    look.placeholder = pen.words("hh:mm");
    look.name = look.placeholder;
    look.width = 120;
    const ui::FieldOutcome outcome = ui::field(kit, key + ".time", digits.time, look);
    if (outcome.value) {
      typed.time = *outcome.value;
      changed = true;
    }
  }
  if (!card.readonly) {
    const std::string_view word =
        card.control == Control::kDate ? pen.words("Today") : pen.words("Now");
    if (ui::button(kit, key + ".now", word)) pen.ask(command::SetNow{row.ref});
  }
  kit.end_row();
  if (changed) pen.ask(command::SetAnswer{row.ref, value_of(typed, has_date, has_time)});
  if (has_date) ui::keypad(kit, key + ".date", ui::Filter::kDigits, pen.words("Done"));
  if (has_time) ui::keypad(kit, key + ".time", ui::Filter::kDigits, pen.words("Done"));
}

void draw_acknowledge(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  const ui::Option option{"OK", std::string(pen.words("Read and understood")), !row.value.empty()};
  if (ui::options(pen.kit, key_of(row.ref), {&option, 1}, true, card.readonly)) {
    pen.ask(command::SetAnswer{row.ref, row.value.empty() ? "OK" : ""});
  }
}

void draw_file(const Pen& pen, const QuestionCard&, const QuestionRow& row) {
  const std::string_view text =
      row.value.empty() ? pen.words("Nothing is attached.") : pen.words("One file is attached.");
  ui::paragraph(pen.kit, key_of(row.ref), text, Style::kBody, ui::Tone::kMuted);
}

void draw_control(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  switch (card.control) {
    case Control::kOne:
    case Control::kMany:
      return draw_options(pen, card, row);
    case Control::kText:
    case Control::kMultiline:
      return draw_text(pen, card, row);
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

void draw_row(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const Rect whole = kit.column();
  float label_width = 0;
  if (!row.source.empty()) {
    const bool beside = whole.width >= kit.px(kSourceBeside);
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
  kit.close_column();
  if (!row.error.empty()) {
    kit.gap(Space::kSmall);
    ui::bar(kit, key_of(row.ref) + ".error", row.error, ui::Tone::kError);
  }
}

void draw_result(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(card.ref);
  ui::paragraph(kit, key, card.label, Style::kResult,
                card.limit_exceeded ? ui::Tone::kWarning : ui::Tone::kPlain, ui::Role::kResult);
  kit.gap(Space::kTiny);
  std::string about = card.hint.empty() ? std::string(pen.words("Calculated.")) : card.hint;
  if (!card.standard.empty()) about += " · " + card.standard;
  ui::paragraph(kit, key + ".hint", about, Style::kSecondary, ui::Tone::kMuted);
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
  if (quiet(".finding", pen.words("Finding"), card.finding, {})) {
    pen.ask(command::ToggleFinding{card.ref});
  }
  if (quiet(".later", pen.words("Later"), card.later, {})) {
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
}

}  // namespace

void draw_question(const Pen& pen, const QuestionCard& card) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(card.ref);
  kit.begin_card(key + ".card");
  if (card.control == Control::kResult) {
    draw_result(pen, card);
  } else {
    ui::paragraph(kit, key + ".label", card.label, Style::kQuestion, ui::Tone::kPlain,
                  ui::Role::kHeading);
    draw_hint(pen, card);
  }
  if (!card.guidance.empty()) {
    kit.gap(Space::kTiny);
    ui::paragraph(kit, key + ".guidance", card.guidance, Style::kSecondary);
  }
  if (card.control != Control::kNote && card.control != Control::kResult) {
    kit.gap(Space::kMedium);
    for (const QuestionRow& row : card.rows) {
      if (&row != &card.rows.front()) kit.gap(Space::kSmall);
      draw_row(pen, card, row);
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
  if (card.control != Control::kNote && card.control != Control::kResult) {
    if (card.note_open || !card.note.empty()) draw_note(pen, card);
    draw_actions(pen, card);
    // The quiet buttons bring their own room below.
    kit.gap(-Space::kSmall);
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

}  // namespace vigil::tablet
