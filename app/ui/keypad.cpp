// SPDX-License-Identifier: Apache-2.0
#include <array>

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
  // As on a telephone: what is not needed leaves its place empty, so that every figure is where the
  // finger knows it.
  for (const std::array row : {std::array{"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}}) {
    kit.begin_row();
    for (const char* digit : row) figure(digit);
    kit.end_row();
    kit.gap(kControlGap);
  }
  kit.begin_row();
  if (filter == Filter::kDecimal) {
    figure(".");
  } else if (filter == Filter::kInteger) {
    figure("-");
  } else {
    static_cast<void>(kit.place(button_size(kit, "0", {}, kit.column().width)));
  }
  figure("0");
  if (put("back", "", Icon::kBackspace)) {
    editing.erase_before();
    kit.draw_again();
  }
  kit.end_row();
  kit.gap(kControlGap);
  kit.begin_row();
  if (filter == Filter::kDecimal) figure("-");
  if (put("done", done_word, Icon::kCheck)) kit.leave_field();
  kit.end_row();
}

}  // namespace vigil::ui
