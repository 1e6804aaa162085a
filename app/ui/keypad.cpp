// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>

#include "app/ui/controls.h"
#include "app/ui/field_parts.h"

namespace vigil::ui {
namespace {

// The keys with as much of what stands above them as there is room for.
Rect extent_of(Kit& kit, const KeypadLook& look, const Rect& keys) {
  const float room = kit.canvas().clip().height - 2 * kit.px(Space::kMedium);
  float top = std::max(keys.y, keys.bottom() - room);
  for (const std::optional<float> above : {look.field_top, look.top}) {
    if (above && keys.bottom() - *above <= room) top = *above;
  }
  return {keys.x, top, keys.width, keys.bottom() - top};
}

}  // namespace

void keypad(Kit& kit, std::string_view field_key, const KeypadLook& look) {
  Editing& editing = kit.editing();
  // Of the field whose keys have been brought into sight, with how much above them.
  std::string& shown = kit.kept("keypad");
  const std::string prefix = std::string(field_key) + ".key.";
  if (editing.key() != field_key || kit.focused() != field_key) {
    if (shown.starts_with(prefix)) shown.clear();
    return;
  }
  kit.gap(Space::kSmall);
  const Rect keys = kit.column();
  const auto put = [&](std::string_view name, std::string_view text, std::optional<Icon> icon) {
    ButtonLook key;
    key.role = Role::kKey;
    key.keeps_focus = true;
    key.icon = icon;
    return button(kit, prefix + std::string(name), text, key);
  };
  const FieldLook admits{.error = look.error,
                         .filter = look.filter,
                         .most_figures = look.most_figures,
                         .mask = look.mask};
  const auto figure = [&](std::string_view digit) {
    if (put(digit, digit == "." ? std::string_view(&look.decimal_mark, 1) : digit, {})) {
      static_cast<void>(put_letters(editing, digit, admits));
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
  if (look.filter == Filter::kDecimal) {
    figure(".");
  } else if (look.filter == Filter::kInteger && look.minus) {
    figure("-");
  } else {
    static_cast<void>(kit.place(button_size(kit, "0", {}, kit.column().width)));
  }
  figure("0");
  if (put("back", "", Icon::kBackspace)) {
    editing.erase_before();
    refused_letter(kit, field_key).clear();
    kit.draw_again();
  }
  kit.end_row();
  kit.gap(kControlGap);
  kit.begin_row();
  if (look.filter == Filter::kDecimal && look.minus) figure("-");
  if (put("done", look.done, Icon::kCheck)) kit.leave_field();
  if (!look.next.empty() && put("next", look.next, Icon::kNext)) go_to_next_field(kit, field_key);
  kit.end_row();
  const Rect extent = extent_of(kit, look, {keys.x, keys.y, keys.width, kit.column().y - keys.y});
  const std::string whole = prefix + "whole";
  kit.add_still({.key = whole, .role = Role::kCard, .rect = extent});
  // Again as soon as a message came between.
  if (std::string now = fmt::format("{}{}", prefix, extent.height); shown != now) {
    shown = std::move(now);
    kit.reveal(whole);
  }
}

}  // namespace vigil::ui
