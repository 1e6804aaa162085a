// SPDX-License-Identifier: Apache-2.0
#include "app/ui/tree.h"

#include <algorithm>

namespace vigil::ui {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::kText:
      return "text";
    case Role::kHeading:
      return "heading";
    case Role::kButton:
      return "button";
    case Role::kChoice:
      return "choice";
    case Role::kField:
      return "field";
    case Role::kKey:
      return "key";
    case Role::kSection:
      return "section";
    case Role::kStatus:
      return "status";
    case Role::kMessage:
      return "message";
    case Role::kResult:
      return "result";
    case Role::kProgress:
      return "progress";
    case Role::kCard:
      return "card";
    case Role::kScroll:
      return "scroll";
    case Role::kSlider:
      return "slider";
    case Role::kCanvas:
      return "canvas";
    case Role::kScrim:
      return "scrim";
  }
  return "text";
}

const Item* Tree::find(std::string_view key) const {
  const auto found = std::ranges::find(items, key, &Item::key);
  return found == items.end() ? nullptr : &*found;
}

std::string Tree::print() const {
  std::string lines;
  for (const Item& item : items) {
    if (item.role == Role::kCard || item.role == Role::kScroll || item.role == Role::kScrim) {
      continue;
    }
    lines += to_string(item.role);
    lines += ' ' + item.key + " \"" + item.text + '"';
    if (item.chosen) lines += " [chosen]";
    if (item.focused) lines += " [focused]";
    if (item.disabled) lines += " [disabled]";
    if (item.error) lines += " [error]";
    if (item.clipped) lines += " [clipped]";
    lines += '\n';
  }
  return lines;
}

std::string Tree::clipped() const {
  std::string lines;
  for (const Item& item : items) {
    if (item.clipped) lines += item.key + " \"" + item.text + "\"\n";
  }
  return lines;
}

}  // namespace vigil::ui
