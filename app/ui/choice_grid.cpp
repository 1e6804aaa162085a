// SPDX-License-Identifier: Apache-2.0
//
// Choices in columns, with or without pictures.
#include <cmath>

#include "app/ui/controls.h"

namespace vigil::ui {
namespace {

constexpr float kPictureHeight = 120;

ButtonLook look_of(const Option& option, bool many, bool disabled) {
  ButtonLook look;
  look.chosen = option.chosen;
  look.disabled = disabled;
  look.role = Role::kChoice;
  look.least_width = 0;
  if (many && option.chosen) look.icon = Icon::kCheck;
  return look;
}

}  // namespace

Rect fitted(const Rect& room, float width, float height) {
  if (width <= 0 || height <= 0) return {};
  const float scale = std::min(room.width / width, room.height / height);
  const Size size = {std::round(width * scale), std::round(height * scale)};
  return {room.x + std::round((room.width - size.width) / 2),
          room.y + std::round((room.height - size.height) / 2), size.width, size.height};
}

std::optional<std::size_t> options_in_columns(Kit& kit, std::string_view key,
                                              std::span<const Option> options, bool many,
                                              bool disabled, int columns) {
  const Rect room = kit.column();
  const float gap = kit.px(kControlGap);
  // As many columns as leave each word whole.
  float widest = kit.px(kFinger);
  for (const Option& option : options) {
    ButtonLook look = look_of(option, many, disabled);
    if (many) look.icon = Icon::kCheck;
    const float word = kit.canvas().longest_word_width(option.label, Style::kBody);
    widest = std::max(widest, word + kit.px(many ? 56 : 26));
  }
  while (columns > 1 && (room.width + gap) / static_cast<float>(columns) - gap < widest) --columns;
  // Rows of like length.
  const auto count = static_cast<int>(options.size());
  const int rows = (count + columns - 1) / std::max(1, columns);
  if (rows > 1) columns = (count + rows - 1) / rows;
  const float width = std::floor((room.width + gap) / static_cast<float>(columns) - gap);
  std::optional<std::size_t> tapped;
  for (std::size_t first = 0; first < options.size(); first += static_cast<std::size_t>(columns)) {
    const auto row =
        options.subspan(first, std::min(static_cast<std::size_t>(columns), options.size() - first));
    float words = 0;
    bool pictures = false;
    for (const Option& option : row) {
      ButtonLook look = look_of(option, many, disabled);
      if (many) look.icon = Icon::kCheck;
      words = std::max(words, button_size(kit, option.label, look, width).height);
      pictures = pictures || option.image != nullptr;
    }
    const float picture = pictures ? kit.px(kPictureHeight) : 0;
    if (first > 0) kit.gap(kControlGap);
    const Rect line = kit.place({room.width, words + picture});
    for (std::size_t index = 0; index < row.size(); ++index) {
      const Option& option = row[index];
      const Rect rect = {line.x + static_cast<float>(index) * (width + gap), line.y, width,
                         line.height};
      const std::string option_key = std::string(key) + "." + option.value;
      // The words stand below the picture; all of it is one button.
      if (button_at(kit, option_key, rect, pictures ? std::string_view() : option.label,
                    look_of(option, many, disabled))) {
        tapped = first + index;
      }
      if (!pictures) continue;
      kit.last_item().text = option.label;
      if (option.image != nullptr) {
        const Rect space = Rect{rect.x, rect.y, rect.width, picture}.inset(kit.px(Space::kSmall));
        kit.canvas().image(option.image->view(),
                           fitted(space, static_cast<float>(option.image->width),
                                  static_cast<float>(option.image->height)));
      }
      kit.push_column({rect.x + kit.px(Space::kSmall), rect.y + picture,
                       rect.width - 2 * kit.px(Space::kSmall), words});
      const Colour ink = option.chosen ? kit.theme().on_primary : kit.theme().ink;
      const auto lines = kit.canvas().wrap(option.label, Style::kBody, kit.column().width);
      float y = kit.column().y;
      for (const std::string_view text : lines) {
        const float left = (kit.column().width - kit.canvas().text_width(text, Style::kBody)) / 2;
        kit.canvas().text({kit.column().x + left, y}, text, Style::kBody, ink);
        y += kit.canvas().line_height(Style::kBody);
      }
      kit.pop_column();
    }
  }
  return tapped;
}

}  // namespace vigil::ui
