// SPDX-License-Identifier: Apache-2.0
//
// Colours, type and space: the one place where the look is decided. All lengths are logical units;
// Kit turns them into pixels by the user's scale. Thread: constants.
#pragma once

#include <cstdint>

namespace vigil::ui {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  std::uint8_t alpha = 255;
  friend bool operator==(const Colour&, const Colour&) = default;
};

[[nodiscard]] constexpr Colour rgb(std::uint32_t value) {
  return {static_cast<std::uint8_t>((value >> 16U) & 0xFFU),
          static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
          static_cast<std::uint8_t>(value & 0xFFU), 255};
}
[[nodiscard]] constexpr Colour with_alpha(Colour colour, std::uint8_t alpha) {
  colour.alpha = alpha;
  return colour;
}

// A colour never carries a meaning alone: a word or a sign goes with it.
struct Theme {
  bool dark = false;
  Colour background;  // the page
  Colour surface;     // cards, bars, controls
  Colour sunken;      // section rail, keyboard, pills
  Colour ink;
  Colour muted;     // secondary text
  Colour edge;      // of controls
  Colour hairline;  // separators, cards
  Colour primary;   // chosen answers, the main action, focus
  Colour on_primary;
  Colour tint;  // a quiet ground that says "yours to use"
  Colour ok;
  Colour warning;
  Colour warning_ground;
  Colour error;
  Colour error_ground;
  Colour mismatch;
  Colour mismatch_ground;
};

[[nodiscard]] const Theme& light_theme();
[[nodiscard]] const Theme& dark_theme();

// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(Colour a, Colour b);

enum class Style {
  kSecondary,      // 14
  kSecondaryBold,  // 14, semibold
  kBody,           // 17
  kBodyBold,       // 17, semibold
  kQuestion,       // 19, semibold
  kResult,         // 30, semibold
  kLetter,         // 22, on the keys of the keyboard
};
inline constexpr int kStyleCount = 7;
[[nodiscard]] float style_size(Style style);
[[nodiscard]] bool style_is_bold(Style style);
inline constexpr float kLineHeight = 1.4F;  // times the size

struct Space {
  static constexpr float kTiny = 4;
  static constexpr float kSmall = 8;
  static constexpr float kMedium = 14;
  static constexpr float kLarge = 20;
  static constexpr float kHuge = 28;
};
inline constexpr float kControlRadius = 8;
inline constexpr float kCardRadius = 12;
// 9 mm at 150 dpi are 53.1: a gloved finger.
inline constexpr float kFinger = 54;
inline constexpr float kControlHeight = kFinger;
inline constexpr float kControlWidth = 92;
inline constexpr float kControlGap = 8;
inline constexpr float kTextColumnWidth = 904;  // 900 of text and the edges of the card
inline constexpr float kTopBarHeight = 56;
inline constexpr float kRailWidth = 268;

}  // namespace vigil::ui
