// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "app/ui/controls.h"

namespace vigil::ui {
namespace {

// The step under the finger while it slides is remembered here, until it is lifted.
std::optional<int> sliding(Kit& kit, std::string_view key) {
  const std::string& kept = kit.kept(std::string(key) + ".step");
  if (kept.empty()) return std::nullopt;
  return std::stoi(kept);
}

}  // namespace

std::optional<int> slider(Kit& kit, std::string_view key, int step, std::string_view value,
                          const SliderLook& look) {
  Canvas& canvas = kit.canvas();
  const Theme& theme = kit.theme();
  const Rect rect = kit.place({kit.column().width, kit.px(kControlHeight)});
  const Interaction touch = kit.add({.key = std::string(key),
                                     .role = Role::kSlider,
                                     .text = std::string(value),
                                     .rect = rect,
                                     .disabled = look.disabled,
                                     .error = look.error},
                                    {.takes_arrows = true, .drags = true});
  const float knob = kit.px(16);
  const float length = rect.width - 2 * knob;
  std::string& kept = kit.kept(std::string(key) + ".step");
  const auto limited = [&](float at) {
    return std::clamp(static_cast<int>(std::lround(at)), 0, look.steps);
  };
  std::optional<int> handed_over;
  using Kind = InputEvent::Kind;
  const Kind kind = kit.event().kind;
  if (touch.pressed && (kind == Kind::kPress || kind == Kind::kMove)) {
    const float share = (kit.event().at.x - rect.x - knob) / std::max(1.0F, length);
    kept = std::to_string(limited(share * static_cast<float>(look.steps)));
  }
  std::optional<int> under_finger = sliding(kit, key);
  if (under_finger && !touch.pressed) {
    if (touch.tapped) handed_over = under_finger;
    kept.clear();
  }
  if (touch.focused && !look.disabled) {
    if (kit.key_pressed(Key::kLeft) || kit.key_pressed(Key::kDown)) {
      handed_over = limited(static_cast<float>(look.answered ? step - 1 : 0));
    } else if (kit.key_pressed(Key::kRight) || kit.key_pressed(Key::kUp)) {
      handed_over = limited(static_cast<float>(look.answered ? step + 1 : 0));
    }
  }
  const int at = handed_over.value_or(under_finger.value_or(step));
  const float y = rect.centre().y;
  const Colour ink = look.disabled ? theme.muted : look.error ? theme.error : theme.primary;
  canvas.fill({rect.x + knob, y - kit.px(3), length, kit.px(6)}, theme.hairline, kit.px(3));
  const bool shown = look.answered || under_finger || handed_over;
  const float x =
      rect.x + knob + length * static_cast<float>(at) / static_cast<float>(std::max(1, look.steps));
  if (look.steps <= 20) {
    for (int tick = 0; tick <= look.steps; ++tick) {
      const float place =
          rect.x + knob +
          length * static_cast<float>(tick) / static_cast<float>(std::max(1, look.steps));
      canvas.disc({place, y}, kit.px(3), theme.edge);
    }
  }
  if (shown) {
    canvas.fill({rect.x + knob, y - kit.px(3), x - rect.x - knob, kit.px(6)}, ink, kit.px(3));
    canvas.disc({x, y}, knob, theme.surface);
    canvas.circle({x, y}, knob - kit.px(1), ink, kit.px(3));
    canvas.disc({x, y}, kit.px(6), ink);
  }
  if (touch.focused && kit.focus_is_visible()) {
    canvas.outline(rect.inset(-kit.px(2)), theme.primary, kit.px(2), kit.px(kControlRadius));
  }
  return handed_over;
}

}  // namespace vigil::ui
