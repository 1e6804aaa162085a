// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

namespace {

// Below a bar code's field: the camera, and what to do without one.
void draw_code_reading(const Pen& pen, const QuestionRow& row) {
  const std::string key = key_of(row.ref);
  pen.kit.gap(ui::Space::kSmall);
  ui::ButtonLook look;
  look.icon = ui::Icon::kCamera;
  if (ui::button(pen.kit, key + ".read", pen.words("Read with the camera"), look)) {
    pen.ask(command::OnMedia{media::Open{row.ref}});
  }
  if (!row.value.empty()) return;
  pen.kit.gap(ui::Space::kTiny);
  ui::paragraph(pen.kit, key + ".about", pen.words("Or type the digits under the bars."),
                ui::Style::kSecondary, ui::Tone::kMuted);
}

}  // namespace

void draw_text(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::FieldLook look;
  look.multiline = card.control == Control::kMultiline;
  look.least_lines = look.multiline ? 3 : 1;
  look.error = !row.error.empty();
  look.disabled = card.readonly;
  look.name = card.label;
  look.language = pen.form_language;
  look.width = look.multiline ? 0 : 520;
  const std::string key = key_of(row.ref);
  const ui::FieldOutcome outcome = ui::field(pen.kit, key, row.value, look);
  if (outcome.value) pen.ask(command::SetAnswer{row.ref, *outcome.value});
  if (outcome.entered) ui::go_to_next_field(pen.kit, key);
  if (look.multiline) draw_text_actions(pen, key);
  if (card.control == Control::kCode && !card.readonly) draw_code_reading(pen, row);
}

void draw_text_actions(const Pen& pen, std::string_view field_key) {
  ui::text_actions(pen.kit, field_key,
                   {.undo = pen.words("Undo"),
                    .redo = pen.words("Redo"),
                    .copy = pen.words("Copy"),
                    .cut = pen.words("Cut"),
                    .paste = pen.words("Paste"),
                    .select_all = pen.words("Select all"),
                    .letters = pen.words("Letters: {0}")});
}

}  // namespace vigil::tablet
