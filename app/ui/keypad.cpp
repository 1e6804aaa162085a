// SPDX-License-Identifier: Apache-2.0
#include "app/ui/controls.h"
#include "app/ui/field_parts.h"

namespace vigil::ui {

void keypad(Kit& kit, std::string_view field_key, Filter filter, std::string_view done_word,
            char decimal_mark) {
  Editing& editing = kit.editing();
  // Of the field whose keys have been brought into sight.
  std::string& shown = kit.kept("keypad");
  if (editing.key() != field_key || kit.focused() != field_key) {
    if (shown == field_key) shown.clear();
    return;
  }
  kit.gap(Space::kSmall);
  const std::string prefix = std::string(field_key) + ".key.";
  if (shown != field_key) {
    shown = field_key;
    kit.reveal(prefix + "done");
  }
  const auto put = [&](std::string_view name, std::string_view text, std::optional<Icon> icon) {
    ButtonLook look;
    look.role = Role::kKey;
    look.keeps_focus = true;
    look.icon = icon;
    return button(kit, prefix + std::string(name), text, look);
  };
  const auto figure = [&](std::string_view digit) {
    if (put(digit, digit == "." ? std::string_view(&decimal_mark, 1) : digit, {})) {
      const FieldLook admits{.filter = filter};
      const std::string letters = admitted_letters(editing, digit, admits);
      if (!letters.empty()) editing.insert(letters);
      kit.draw_again();
    }
  };
  kit.begin_row();
  for (const char* digit : {"1", "2", "3"}) figure(digit);
  if (put("back", "", Icon::kBackspace)) {
    editing.erase_before();
    kit.draw_again();
  }
  kit.end_row();
  kit.gap(kControlGap);
  kit.begin_row();
  for (const char* digit : {"4", "5", "6"}) figure(digit);
  if (filter == Filter::kDecimal) figure(".");
  kit.end_row();
  kit.gap(kControlGap);
  kit.begin_row();
  for (const char* digit : {"7", "8", "9"}) figure(digit);
  if (filter == Filter::kInteger || filter == Filter::kDecimal) figure("-");
  kit.end_row();
  kit.gap(kControlGap);
  kit.begin_row();
  figure("0");
  if (put("done", done_word, Icon::kCheck)) kit.leave_field();
  kit.end_row();
}

}  // namespace vigil::ui
