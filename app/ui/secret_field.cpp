// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/ui/field_parts.h"
#include "app/ui/utf8.h"

namespace vigil::ui {

void SecretText::append(std::string_view letters) {
  if (marked_) clear();
  if (length_ + letters.size() > kLimit_bytes) return;
  std::ranges::copy(as_bytes(letters),
                    buffer_.writable().begin() + static_cast<std::ptrdiff_t>(length_));
  length_ += letters.size();
}

void SecretText::erase_last() {
  if (marked_) return clear();
  const std::size_t before = letter_before(buffer_.text().substr(0, length_), length_);
  crypto::wipe(buffer_.writable().subspan(before, length_ - before));
  length_ = before;
}

void SecretText::clear() {
  crypto::wipe(buffer_.writable());
  length_ = 0;
  marked_ = false;
}

bool SecretText::same_as(const SecretText& other) const {
  return crypto::equal_secrets(buffer_.view().first(length_),
                               other.buffer_.view().first(other.length_));
}

std::size_t SecretText::letters() const {
  return letter_count(buffer_.text().substr(0, length_));
}

crypto::SecretBytes SecretText::copy() const {
  return crypto::SecretBytes::copy_of(buffer_.view().first(length_));
}

bool secret_field(Kit& kit, std::string_view key, SecretText& text, const FieldLook& look,
                  bool shown) {
  Canvas& canvas = kit.canvas();
  const float width =
      look.width > 0 ? std::min(kit.px(look.width), kit.column().width) : kit.column().width;
  const Rect rect = kit.place({width, kit.px(kControlHeight)});
  Item item{.key = std::string(key),
            .role = Role::kField,
            .text = std::string(look.name),
            .rect = rect,
            .disabled = look.disabled,
            .error = look.error};
  const Interaction touch = kit.add(std::move(item), {.is_field = true, .takes_letters = true});
  bool entered = false;
  if (touch.focused && kit.event().kind == InputEvent::Kind::kText) {
    text.append(kit.event().text);
    crypto::wipe(
        {reinterpret_cast<std::uint8_t*>(kit.event().text.data()), kit.event().text.size()});
    kit.event().text.clear();
  }
  if (touch.focused && !std::exchange(kit.keyboard().figures, true)) kit.draw_again();
  if (touch.focused) {
    entered = kit.key_pressed(Key::kEnter);
    if (kit.key_pressed(Key::kBackspace)) text.erase_last();
    if (kit.key_pressed(Key::kSelectAll)) text.mark_all();
  }
  draw_field_frame(kit, rect, look, touch.focused);
  if (text.empty() && !touch.focused) {
    canvas.text({rect.x + kit.px(kFieldSides),
                 rect.y + (rect.height - canvas.line_height(Style::kBody)) / 2},
                look.placeholder, Style::kBody, kit.theme().muted);
  }
  canvas.push_clip(rect.inset(kit.px(2)));
  const float step = kit.px(14);
  const float room = rect.width - 2 * kit.px(kFieldSides) - step;
  const float used = shown ? canvas.text_width(text.shown(), Style::kBody)
                           : step * static_cast<float>(text.letters());
  float x = rect.x + kit.px(kFieldSides) + std::min(0.0F, room - used);
  if (text.marked()) {
    canvas.fill({x - kit.px(2), rect.y + kit.px(12), used + kit.px(2), rect.height - kit.px(24)},
                with_alpha(kit.theme().primary, 60));
  }
  if (shown) {
    canvas.text({x, rect.y + (rect.height - canvas.line_height(Style::kBody)) / 2}, text.shown(),
                Style::kBody, kit.theme().ink);
    x += used;
  }
  for (std::size_t letter = 0; !shown && letter < text.letters(); ++letter, x += step) {
    canvas.disc({x + kit.px(5), rect.centre().y}, kit.px(4), kit.theme().ink);
  }
  if (touch.focused) {
    canvas.fill({x + kit.px(2), rect.y + kit.px(14), kit.px(2), rect.height - kit.px(28)},
                kit.theme().primary);
  }
  canvas.pop_clip();
  return entered;
}

}  // namespace vigil::ui
