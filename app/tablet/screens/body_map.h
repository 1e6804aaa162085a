// SPDX-License-Identifier: Apache-2.0
//
// Marks on a body: what was seen, where, how large. The answer of a text question with the
// appearance `vigil-bodymap` is their text; the figures are ours. Pure.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/geometry.h"

namespace vigil::tablet {

enum class BodyView { kFront, kBack, kLeft, kRight };
inline constexpr std::array kBodyViews = {BodyView::kFront, BodyView::kBack, BodyView::kLeft,
                                          BodyView::kRight};
[[nodiscard]] std::string_view to_string(BodyView view);  // "front"

// The kinds of injury that medical reports name; "other" is for the question's own words.
inline constexpr std::array<std::string_view, 10> kMarkTypes = {
    "contusion", "abrasion",   "laceration", "burn",     "fracture",
    "swelling",  "tenderness", "scar",       "bleeding", "other"};
// Of a mark of which nobody has said yet what it is.
inline constexpr std::string_view kNoMarkType = "unspecified";

struct BodyMark {
  BodyView view = BodyView::kFront;
  // Shares of the figure's box, 0 to 1 from the top left as one looks at it.
  float x = 0;
  float y = 0;
  std::string type = std::string(kNoMarkType);
  int length_mm = 0;  // 0: not measured
  int width_mm = 0;
  friend bool operator==(const BodyMark&, const BodyMark&) = default;
};
inline constexpr std::size_t kMostMarks = 99;
inline constexpr int kMostMark_mm = 999;

// "front 0.412 0.231 contusion 30x20; back 0.500 0.300 burn 15x?": the stored answer, with "?" for
// the one of both measures that was not taken (older ones have 0 there). Empty for none.
[[nodiscard]] std::string text_of(std::span<const BodyMark> marks);
// nullopt where the text is none of ours.
[[nodiscard]] std::optional<std::vector<BodyMark>> marks_of(std::string_view text);

// A figure's box is so wide for a height of 1.
inline constexpr float kBodyShape = 0.4F;
// Outlines of a view, in shares of its box.
[[nodiscard]] std::vector<std::vector<ui::Point>> body_lines(BodyView view);
// True where a mark would lie on the body (or a finger's width beside it).
[[nodiscard]] bool is_on_body(BodyView view, ui::Point at);

}  // namespace vigil::tablet
