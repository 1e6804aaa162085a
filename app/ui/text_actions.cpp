// SPDX-License-Identifier: Apache-2.0
//
// What can be done to a text that is being written, in words: nothing is hidden behind a long
// press.
#include "app/ui/controls.h"
#include "app/ui/fields.h"
#include "app/ui/utf8.h"
#include "app/words/words.h"

namespace vigil::ui {

void text_actions(Kit& kit, std::string_view field_key, const TextActionWords& words) {
  Editing& editing = kit.editing();
  if (editing.key() != field_key || kit.focused() != field_key) return;
  const std::string prefix = std::string(field_key) + ".do.";
  const auto action = [&](std::string_view name, std::string_view text, bool possible, Key key) {
    ButtonLook look;
    look.kind = ButtonLook::Kind::kQuiet;
    look.least_width = 0;
    look.keeps_focus = true;
    look.disabled = !possible;
    if (button(kit, prefix + std::string(name), text, look)) kit.type(key);
  };
  const bool selected = !editing.selected().empty();
  // The words stand under the text, not under the edge of the field.
  const Rect row = kit.column();
  kit.push_column({row.x - kit.px(4), row.y, row.width + kit.px(4), row.height});
  kit.begin_row(Space::kTiny);
  action("undo", words.undo, editing.can_undo(), Key::kUndo);
  if (editing.can_redo()) action("redo", words.redo, true, Key::kRedo);
  if (selected) {
    action("copy", words.copy, true, Key::kCopy);
    action("cut", words.cut, true, Key::kCut);
  } else if (!editing.text().empty()) {
    action("all", words.select_all, true, Key::kSelectAll);
  }
  if (!kit.clipboard().empty()) action("paste", words.paste, true, Key::kPaste);
  const std::string count =
      words::fill(words.letters, {std::to_string(letter_count(editing.text()))});
  const float width = kit.canvas().text_width(count, Style::kSecondary) + kit.px(Space::kMedium);
  line_at(kit, prefix + "count", kit.place({width, kit.px(kControlHeight)}), count,
          Style::kSecondary, Tone::kMuted, Align::kRight, Role::kStatus);
  kit.end_row();
  kit.close_column();
}

}  // namespace vigil::ui
