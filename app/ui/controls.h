// SPDX-License-Identifier: Apache-2.0
//
// What screens are made of: text, buttons, answers, pills, bars, progress. Each draws itself at the
// next place of the kit and says what was done to it. Keys are the same in every language. Words
// come translated from the caller. One thread, inside a frame.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/kit.h"

namespace vigil::ui {

enum class Tone { kPlain, kMuted, kPrimary, kOk, kWarning, kError, kMismatch };
[[nodiscard]] Colour tone_colour(const Theme& theme, Tone tone);

enum class Align { kLeft, kCentre, kRight };

// Text over the column's width, broken into lines.
void paragraph(Kit& kit, std::string_view key, std::string_view text, Style style,
               Tone tone = Tone::kPlain, Role role = Role::kText, Align align = Align::kLeft);
// One line inside `rect`, centred vertically; recorded as clipped where it does not fit.
void line_at(Kit& kit, std::string_view key, const Rect& rect, std::string_view text, Style style,
             Tone tone = Tone::kPlain, Align align = Align::kLeft, Role role = Role::kText);

struct ButtonLook {
  enum class Kind { kPlain, kPrimary, kQuiet };
  Kind kind = Kind::kPlain;
  bool chosen = false;
  bool disabled = false;
  bool bold = false;
  bool keeps_focus = false;
  bool repeats = false;  // a step more with each tap, however quick, and while it is held down
  std::optional<Icon> icon = {};
  float least_width = kControlWidth;
  float reach = 0;  // by which the touched area is larger
  Role role = Role::kButton;
  Tone tone = Tone::kPlain;
};
// The room it wants, no wider than `most_width` pixels: its words break rather than vanish.
[[nodiscard]] Size button_size(Kit& kit, std::string_view text, const ButtonLook& look,
                               float most_width);
[[nodiscard]] bool button_at(Kit& kit, std::string_view key, const Rect& rect,
                             std::string_view text, const ButtonLook& look = {});
[[nodiscard]] bool button(Kit& kit, std::string_view key, std::string_view text,
                          const ButtonLook& look = {});
// Only a sign; `name` is what it is called in the tree.
[[nodiscard]] bool icon_button_at(Kit& kit, std::string_view key, const Rect& rect, Icon icon,
                                  std::string_view name);

// A word on a sunken ground: something to know, or (pill_button) a quiet choice.
[[nodiscard]] Size pill_size(Kit& kit, std::string_view text, bool opens);
void pill_at(Kit& kit, std::string_view key, const Rect& rect, std::string_view text,
             Tone tone = Tone::kPlain);
[[nodiscard]] bool pill_button_at(Kit& kit, std::string_view key, const Rect& rect,
                                  std::string_view text);

struct Option {
  std::string value;
  std::string label;
  bool chosen = false;
  ImagePointer image = {};  // shown above the label
  [[nodiscard]] bool operator==(const Option&) const = default;
};
// A row of answers that breaks into more rows where it must; the one tapped, by number. `key` and
// the option's value make each one's key. `many` shows a check on chosen ones.
[[nodiscard]] std::optional<std::size_t> options(Kit& kit, std::string_view key,
                                                 std::span<const Option> options, bool many,
                                                 bool disabled = false);

// A sentence on its ground with its sign: what follows from an answer.
void bar(Kit& kit, std::string_view key, std::string_view text, Tone tone);

void progress_at(Kit& kit, std::string_view key, const Rect& rect, float share, Tone tone,
                 std::string_view text);
void hairline(Kit& kit);

// An entry of the section rail: name left, count right.
[[nodiscard]] bool rail_entry(Kit& kit, std::string_view key, std::string_view text,
                              std::string_view count, bool chosen, Tone tone);

// The same in columns of equal width, as many as fit of `columns`; below each other for 1.
[[nodiscard]] std::optional<std::size_t> options_in_columns(Kit& kit, std::string_view key,
                                                            std::span<const Option> options,
                                                            bool many, bool disabled, int columns);
// The largest rectangle of this shape in the middle of `room`.
[[nodiscard]] Rect fitted(const Rect& room, float width, float height);

struct SliderLook {
  int steps = 10;               // from 0
  std::string_view least = {};  // words at both ends
  std::string_view most = {};
  bool answered = true;  // no knob before
  bool disabled = false;
  bool error = false;
};
// A line with a knob; `step` is where it stands. Follows the finger, arrow keys and Home and End;
// handed over when the finger leaves.
[[nodiscard]] std::optional<int> slider(Kit& kit, std::string_view key, int step,
                                        std::string_view value, const SliderLook& look);

inline constexpr std::int64_t kHold_ms = 1500;
// The room it wants, no wider than `most_width` pixels.
[[nodiscard]] Size hold_button_size(Kit& kit, std::string_view text, float most_width);
// True once a press, when it was held for kHold_ms; a ring fills meanwhile.
[[nodiscard]] bool hold_button(Kit& kit, std::string_view key, std::string_view text,
                               bool disabled = false, Tone tone = Tone::kPrimary);

}  // namespace vigil::ui
