// SPDX-License-Identifier: Apache-2.0
//
// The layouts of the on-screen keyboard, as data. Rows follow what people in the five countries
// have learnt: ЙЦУКЕН for Cyrillic, QWERTY for Latin; the letters that those lack stand in a row of
// their own on top. A key is what it types: mostly one letter, "oʻ" two. Thread: constants.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace vigil::ui {

// Keys of a row, separated by spaces, small and large in the same order.
struct KeyRow {
  std::string_view small;
  std::string_view large;
};

struct KeyboardLayout {
  std::string_view id;        // "ky", "uz-Cyrl"
  std::string_view language;  // ISO 639-1
  std::string_view badge;     // on the key that changes layouts
  KeyRow extra;               // one tap away, on top
  std::array<KeyRow, 3> rows;
};

[[nodiscard]] std::span<const KeyboardLayout> keyboard_layouts();
// The layout of this id, else the first of this language ("uz" gives Latin), else English.
[[nodiscard]] const KeyboardLayout& keyboard_layout(std::string_view id_or_language);
// Figures, punctuation and signs that reports need.
[[nodiscard]] const std::array<KeyRow, 3>& keyboard_symbols();

}  // namespace vigil::ui
