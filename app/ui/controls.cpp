// SPDX-License-Identifier: Apache-2.0
#include "app/ui/controls.h"

#include <cmath>

namespace vigil::ui {
namespace {

constexpr float kButtonSides = 18;
constexpr float kLeastSides = 4;  // where a long word wants the room
constexpr float kButtonTop = 8;
constexpr float kIconSize = 22;
constexpr float kHoldLeft = 55;  // room of the ring
constexpr float kHoldRight = 14;
constexpr float kSlack = 1.5F;  // pixels lost to rounding

Style button_style(const ButtonLook& look) {
  return look.bold || look.kind != ButtonLook::Kind::kPlain ? Style::kBodyBold : Style::kBody;
}

float border(Kit& kit) {
  return std::max(1.0F, std::round(kit.canvas().scale()));
}

void focus_ring(Kit& kit, const Rect& rect, float radius) {
  kit.canvas().outline(rect.inset(-kit.px(3)), kit.theme().primary, kit.px(2), radius + kit.px(3));
}

struct ButtonColours {
  Colour ground;
  Colour ink;
  Colour edge;
};

ButtonColours button_colours(const Theme& theme, const ButtonLook& look, bool pressed) {
  if (look.disabled) return {theme.sunken, theme.muted, theme.hairline};
  if (look.chosen || look.kind == ButtonLook::Kind::kPrimary) {
    return {theme.primary, theme.on_primary, theme.primary};
  }
  if (look.kind == ButtonLook::Kind::kQuiet) {
    const Colour ink = look.tone == Tone::kPlain ? theme.primary : tone_colour(theme, look.tone);
    const Colour ground = pressed ? theme.tint : with_alpha(theme.surface, 0);
    return {ground, ink, ground};
  }
  return {pressed ? theme.tint : theme.surface, theme.ink, theme.edge};
}

// Lines centred in a rectangle; true where they all fit.
bool centred_lines(Kit& kit, const Rect& rect, std::string_view text, Style style, Colour colour) {
  Canvas& canvas = kit.canvas();
  // Smaller letters rather than a word broken in two.
  if (canvas.longest_word_width(text, style) > rect.width + kSlack) style = Style::kSecondary;
  const auto lines = canvas.wrap(text, style, rect.width);
  const float height = canvas.line_height(style) * static_cast<float>(lines.size());
  float y = rect.y + std::round((rect.height - height) / 2);
  bool fits =
      height <= rect.height + 1 && canvas.longest_word_width(text, style) <= rect.width + kSlack;
  for (std::string_view line : lines) {
    // What hangs over the end does not move the middle.
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    const float width = canvas.text_width(line, style);
    fits = fits && width <= rect.width + kSlack;
    canvas.text({rect.x + (rect.width - width) / 2, y}, line, style, colour);
    y += canvas.line_height(style);
  }
  return fits;
}

Colour ground_of(const Theme& theme, Tone tone) {
  switch (tone) {
    case Tone::kError:
      return theme.error_ground;
    case Tone::kWarning:
      return theme.warning_ground;
    case Tone::kMismatch:
      return theme.mismatch_ground;
    case Tone::kPrimary:
      return theme.tint;
    case Tone::kPlain:
    case Tone::kMuted:
    case Tone::kOk:
      break;
  }
  return theme.sunken;
}

Icon sign_of(Tone tone) {
  switch (tone) {
    case Tone::kMismatch:
      return Icon::kNotEqual;
    case Tone::kOk:
      return Icon::kCheck;
    case Tone::kError:
    case Tone::kWarning:
      return Icon::kWarning;
    case Tone::kPlain:
    case Tone::kMuted:
    case Tone::kPrimary:
      break;
  }
  return Icon::kInformation;
}

}  // namespace

Colour tone_colour(const Theme& theme, Tone tone) {
  switch (tone) {
    case Tone::kPlain:
      return theme.ink;
    case Tone::kMuted:
      return theme.muted;
    case Tone::kPrimary:
      return theme.primary;
    case Tone::kOk:
      return theme.ok;
    case Tone::kWarning:
      return theme.warning;
    case Tone::kError:
      return theme.error;
    case Tone::kMismatch:
      return theme.mismatch;
  }
  return theme.ink;
}

void paragraph(Kit& kit, std::string_view key, std::string_view text, Style style, Tone tone,
               Role role, Align align) {
  Canvas& canvas = kit.canvas();
  const float width = kit.column().width;
  const auto lines = canvas.wrap(text, style, width);
  const float height = canvas.line_height(style);
  const Rect rect = kit.place({width, height * static_cast<float>(lines.size())});
  float y = rect.y;
  for (std::string_view line : lines) {
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    const float spare = align == Align::kLeft ? 0 : width - canvas.text_width(line, style);
    const float x = rect.x + (align == Align::kCentre ? std::round(spare / 2) : spare);
    canvas.text({x, y}, line, style, tone_colour(kit.theme(), tone));
    y += height;
  }
  kit.add_still({.key = std::string(key), .role = role, .text = std::string(text), .rect = rect});
}

void line_at(Kit& kit, std::string_view key, const Rect& rect, std::string_view text, Style style,
             Tone tone, Align align, Role role) {
  Canvas& canvas = kit.canvas();
  const float width = canvas.text_width(text, style);
  float x = rect.x;
  if (align == Align::kCentre) x += (rect.width - width) / 2;
  if (align == Align::kRight) x += rect.width - width;
  const bool fits = width <= rect.width + kSlack;
  if (!fits) x = rect.x;
  canvas.push_clip(rect);
  canvas.text({x, rect.y + (rect.height - canvas.line_height(style)) / 2}, text, style,
              tone_colour(kit.theme(), tone));
  canvas.pop_clip();
  kit.add_still({.key = std::string(key),
                 .role = role,
                 .text = std::string(text),
                 .rect = rect,
                 .clipped = !fits});
}

Size button_size(Kit& kit, std::string_view text, const ButtonLook& look, float most_width) {
  Canvas& canvas = kit.canvas();
  const Style style = button_style(look);
  const float icon = look.icon ? kit.px(kIconSize + Space::kSmall) : 0;
  const float word = canvas.longest_word_width(text, style);
  const float sides = icon + std::clamp(most_width - icon - word, 2 * kit.px(kLeastSides),
                                        2 * kit.px(kButtonSides));
  const float words = canvas.text_width(text, style);
  const float width = std::min(most_width, std::max(kit.px(look.least_width), words + sides));
  const auto lines = canvas.wrap(text, style, width - sides);
  const float height = canvas.line_height(style) * static_cast<float>(lines.size());
  return {width, std::max(kit.px(kControlHeight), height + 2 * kit.px(kButtonTop))};
}

namespace {

// Letting go ends it and is no tap of its own then.
bool repeated(Kit& kit, std::string_view key, const Interaction& touch) {
  constexpr std::int64_t kAfter_ms = 450;
  constexpr std::int64_t kEach_ms = 90;
  std::string& next_ms = kit.kept(std::string(key) + ".repeats");
  if (touch.pressed && touch.held_ms >= kAfter_ms) {
    kit.wake_in(static_cast<int>(kEach_ms));
    if (!next_ms.empty() && kit.now_ms() < std::stoll(next_ms)) return false;
    next_ms = std::to_string(kit.now_ms() + kEach_ms);
    return true;
  }
  if (touch.pressed) return false;
  const bool was_held = !std::exchange(next_ms, {}).empty();
  return touch.tapped && !was_held;
}

}  // namespace

bool button_at(Kit& kit, std::string_view key, const Rect& rect, std::string_view text,
               const ButtonLook& look) {
  Canvas& canvas = kit.canvas();
  const Interaction touch =
      kit.add({.key = std::string(key),
               .role = look.role,
               .text = std::string(text),
               .rect = rect,
               .chosen = look.chosen,
               .disabled = look.disabled},
              {.keeps_focus = look.keeps_focus, .repeats = look.repeats, .reach = look.reach});
  const ButtonColours colours = button_colours(kit.theme(), look, touch.pressed);
  const float radius = kit.px(kControlRadius);
  if (look.kind == ButtonLook::Kind::kQuiet) {
    canvas.fill(rect, colours.ground, radius);
  } else {
    canvas.box(rect, colours.ground, colours.edge, border(kit), radius);
  }
  if (touch.pressed && (look.chosen || look.kind == ButtonLook::Kind::kPrimary)) {
    canvas.fill(rect, with_alpha(colours.ink, 40), radius);
  }
  const float icon = look.icon ? kit.px(kIconSize + Space::kSmall) : 0;
  const float word = canvas.longest_word_width(text, button_style(look));
  const float side =
      std::clamp((rect.width - icon - word) / 2, kit.px(kLeastSides), kit.px(kButtonSides) / 2);
  Rect words = {rect.x + side, rect.y, rect.width - 2 * side, rect.height};
  if (look.icon) {
    const float size = kit.px(kIconSize);
    const float text_width = canvas.text_width(text, button_style(look));
    const float gap = text.empty() ? 0 : kit.px(Space::kSmall);
    const float whole = std::min(words.width, size + gap + text_width);
    const float x = words.x + (words.width - whole) / 2;
    canvas.icon(*look.icon, {x, rect.y + (rect.height - size) / 2, size, size}, colours.ink);
    words = {x + size + gap, rect.y, whole - size - gap, rect.height};
  }
  if (!text.empty() && !centred_lines(kit, words, text, button_style(look), colours.ink)) {
    kit.last_item().clipped = true;
  }
  if (touch.focused && kit.focus_is_visible()) focus_ring(kit, rect, radius);
  return look.repeats ? repeated(kit, key, touch) : touch.tapped;
}

bool button(Kit& kit, std::string_view key, std::string_view text, const ButtonLook& look) {
  const Rect rect = kit.place(button_size(kit, text, look, kit.column().width));
  return button_at(kit, key, rect, text, look);
}

bool icon_button_at(Kit& kit, std::string_view key, const Rect& rect, Icon icon,
                    std::string_view name) {
  const Interaction touch = kit.add(
      {.key = std::string(key), .role = Role::kButton, .text = std::string(name), .rect = rect});
  if (touch.pressed) kit.canvas().fill(rect, kit.theme().tint, kit.px(kControlRadius));
  const float size = kit.px(26);
  const Point centre = rect.centre();
  kit.canvas().icon(icon, {centre.x - size / 2, centre.y - size / 2, size, size}, kit.theme().ink);
  if (touch.focused && kit.focus_is_visible()) focus_ring(kit, rect, kit.px(kControlRadius));
  return touch.tapped;
}

Size pill_size(Kit& kit, std::string_view text, bool opens) {
  Canvas& canvas = kit.canvas();
  const float arrow = opens ? kit.px(18) : 0;
  return {canvas.text_width(text, Style::kSecondary) + 2 * kit.px(12) + arrow,
          canvas.line_height(Style::kSecondary) + kit.px(6)};
}

void pill_at(Kit& kit, std::string_view key, const Rect& rect, std::string_view text, Tone tone) {
  kit.canvas().fill(rect, ground_of(kit.theme(), tone), rect.height / 2);
  line_at(kit, key, rect, text, Style::kSecondary, tone, Align::kCentre, Role::kStatus);
}

bool pill_button_at(Kit& kit, std::string_view key, const Rect& rect, std::string_view text) {
  Canvas& canvas = kit.canvas();
  // Looks like a pill, is touched like a button.
  const Interaction touch = kit.add(
      {.key = std::string(key), .role = Role::kButton, .text = std::string(text), .rect = rect},
      {.reach = Space::kMedium});
  canvas.fill(rect, touch.pressed ? kit.theme().tint : kit.theme().sunken, rect.height / 2);
  const float arrow = kit.px(14);
  const Rect words = {rect.x + kit.px(12), rect.y, rect.width - 2 * kit.px(12), rect.height};
  canvas.text({words.x, rect.y + (rect.height - canvas.line_height(Style::kSecondary)) / 2}, text,
              Style::kSecondary, kit.theme().ink);
  canvas.icon(Icon::kDown,
              {words.right() - arrow, rect.y + (rect.height - arrow) / 2, arrow, arrow},
              kit.theme().ink);
  if (touch.focused && kit.focus_is_visible()) focus_ring(kit, rect, rect.height / 2);
  return touch.tapped;
}

std::optional<std::size_t> options(Kit& kit, std::string_view key, std::span<const Option> options,
                                   bool many, bool disabled) {
  std::optional<std::size_t> tapped;
  kit.begin_row();
  for (std::size_t index = 0; index < options.size(); ++index) {
    const Option& option = options[index];
    ButtonLook look;
    look.chosen = option.chosen;
    look.disabled = disabled;
    look.role = Role::kChoice;
    if (many && option.chosen) look.icon = Icon::kCheck;
    // The place for the check is kept, so that nothing moves under the finger.
    Size size = button_size(kit, option.label, look, kit.column().width);
    if (many && !option.chosen) {
      ButtonLook checked = look;
      checked.icon = Icon::kCheck;
      size = button_size(kit, option.label, checked, kit.column().width);
    }
    const std::string option_key = std::string(key) + "." + option.value;
    if (button_at(kit, option_key, kit.place(size), option.label, look)) tapped = index;
  }
  kit.end_row();
  return tapped;
}

void bar(Kit& kit, std::string_view key, std::string_view text, Tone tone) {
  Canvas& canvas = kit.canvas();
  const Style style = tone == Tone::kMismatch ? Style::kBodyBold : Style::kBody;
  const float side = kit.px(Space::kMedium);
  const float sign = kit.px(22);
  const float width = kit.column().width;
  const float words = width - 2 * side - sign - kit.px(Space::kSmall);
  const auto lines = canvas.wrap(text, style, words);
  const float line = canvas.line_height(style);
  const float inner = line * static_cast<float>(lines.size());
  const Rect rect = kit.place({width, inner + 2 * kit.px(Space::kSmall)});
  const Colour colour = tone_colour(kit.theme(), tone);
  canvas.fill(rect, ground_of(kit.theme(), tone), kit.px(kControlRadius));
  float y = rect.y + kit.px(Space::kSmall);
  canvas.icon(sign_of(tone), {rect.x + side, y + (line - sign) / 2, sign, sign}, colour);
  for (const std::string_view part : lines) {
    canvas.text({rect.x + side + sign + kit.px(Space::kSmall), y}, part, style, colour);
    y += line;
  }
  kit.add_still({.key = std::string(key),
                 .role = Role::kMessage,
                 .text = std::string(text),
                 .rect = rect,
                 .error = tone == Tone::kError});
}

void progress_at(Kit& kit, std::string_view key, const Rect& rect, float share, Tone tone,
                 std::string_view text) {
  const float radius = rect.height / 2;
  // On the sunken rail the track must still be seen.
  kit.canvas().fill(rect, kit.theme().hairline, radius);
  const float filled = rect.width * std::clamp(share, 0.0F, 1.0F);
  if (filled > 0) {
    kit.canvas().fill({rect.x, rect.y, std::max(filled, rect.height), rect.height},
                      tone_colour(kit.theme(), tone), radius);
  }
  kit.add_still(
      {.key = std::string(key), .role = Role::kProgress, .text = std::string(text), .rect = rect});
}

void hairline(Kit& kit) {
  const float thickness = border(kit);
  const Rect rect = kit.place({kit.column().width, thickness});
  kit.canvas().fill(rect, kit.theme().hairline);
}

bool rail_entry(Kit& kit, std::string_view key, std::string_view text, std::string_view count,
                bool chosen, Tone tone) {
  Canvas& canvas = kit.canvas();
  const float side = kit.px(Space::kLarge);
  const float width = kit.column().width;
  const Style style = chosen ? Style::kBodyBold : Style::kBody;
  const Style count_style = chosen ? Style::kSecondaryBold : Style::kSecondary;
  const float count_width = canvas.text_width(count, count_style);
  // Colour alone says nothing.
  const bool wrong = tone == Tone::kError;
  const float sign = wrong ? kit.px(20) : 0;
  const float words = width - 2 * side - count_width - kit.px(Space::kSmall) -
                      (wrong ? sign + kit.px(Space::kTiny) : 0);
  const auto lines = canvas.wrap(text, style, words);
  const float line = canvas.line_height(style);
  const float height = std::max(
      kit.px(kControlHeight), line * static_cast<float>(lines.size()) + 2 * kit.px(Space::kSmall));
  const Rect rect = kit.place({width, height});
  std::string said(text);
  if (!count.empty()) said.append(" ").append(count);
  const Interaction touch = kit.add({.key = std::string(key),
                                     .role = Role::kSection,
                                     .text = std::move(said),
                                     .rect = rect,
                                     .chosen = chosen,
                                     .error = wrong});
  if (chosen) {
    canvas.fill(rect, kit.theme().surface);
    canvas.fill({rect.x, rect.y, kit.px(4), rect.height}, kit.theme().primary);
  } else if (touch.pressed) {
    canvas.fill(rect, kit.theme().tint);
  }
  const Colour colour = tone_colour(kit.theme(), tone);
  float y = rect.y + std::round((height - line * static_cast<float>(lines.size())) / 2);
  for (const std::string_view part : lines) {
    canvas.text({rect.x + side, y}, part, style, colour);
    y += line;
  }
  if (wrong) {
    const Rect at = {rect.right() - side - count_width - kit.px(Space::kTiny) - sign,
                     rect.y + std::round((height - sign) / 2), sign, sign};
    canvas.icon(Icon::kWarning, at, colour);
    kit.add_still(
        {.key = std::string(key) + ".sign", .role = Role::kStatus, .text = "!", .rect = at});
  }
  const Colour count_colour = tone == Tone::kPlain ? kit.theme().muted : colour;
  canvas.text(
      {rect.right() - side - count_width, rect.y + (height - canvas.line_height(count_style)) / 2},
      count, count_style, count_colour);
  if (touch.focused && kit.focus_is_visible()) focus_ring(kit, rect.inset(kit.px(5)), 0);
  return touch.tapped;
}

Size hold_button_size(Kit& kit, std::string_view text, float most_width) {
  Canvas& canvas = kit.canvas();
  const Style style = Style::kBodyBold;
  const float around = kit.px(kHoldLeft) + kit.px(kHoldRight);
  const float width =
      std::min(most_width, canvas.text_width(text, style) + around + kit.px(Space::kMedium));
  const auto lines = canvas.wrap(text, style, width - around);
  const float height = canvas.line_height(style) * static_cast<float>(lines.size());
  return {width, std::max(kit.px(kControlHeight), height + 2 * kit.px(kButtonTop))};
}

bool hold_button(Kit& kit, std::string_view key, std::string_view text, bool disabled, Tone tone) {
  Canvas& canvas = kit.canvas();
  const Rect rect = kit.place(hold_button_size(kit, text, kit.column().width));
  const Interaction touch = kit.add({.key = std::string(key),
                                     .role = Role::kButton,
                                     .text = std::string(text),
                                     .rect = rect,
                                     .disabled = disabled},
                                    {.holds = true});
  const Theme& theme = kit.theme();
  const float radius = kit.px(kControlRadius);
  const Colour ink = disabled ? theme.muted : tone_colour(theme, tone);
  const Colour edge = tone == Tone::kMuted ? theme.edge : ink;
  canvas.box(rect,
             disabled        ? theme.sunken
             : touch.pressed ? theme.tint
                             : theme.surface,
             disabled ? theme.hairline : edge, kit.px(tone == Tone::kMuted ? 1 : 2), radius);
  const float share = static_cast<float>(touch.held_ms) / static_cast<float>(kHold_ms);
  const float ring = kit.px(13);
  const Point centre = {rect.x + kit.px(32), rect.centre().y};
  canvas.circle(centre, ring, theme.hairline, kit.px(4));
  canvas.arc(centre, ring, ink, kit.px(4), share);
  const float left = kit.px(kHoldLeft);
  const Rect words = {rect.x + left, rect.y, rect.width - left - kit.px(kHoldRight), rect.height};
  if (!centred_lines(kit, words, text, Style::kBodyBold, ink)) kit.last_item().clipped = true;
  if (touch.focused && kit.focus_is_visible()) focus_ring(kit, rect, radius);
  if (disabled || !touch.pressed || touch.held_ms < kHold_ms) return false;
  // What follows may put another button with the same key under the finger.
  kit.let_go();
  return true;
}

}  // namespace vigil::ui
