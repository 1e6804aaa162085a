// SPDX-License-Identifier: Apache-2.0
//
// Walking UTF-8 by letters. Thread: pure functions.
#pragma once

#include <string_view>

namespace vigil::ui {

// The letter at byte `at`, which moves behind it; U+FFFD and one byte on for what is not UTF-8.
// Requires: at < text.size().
[[nodiscard]] char32_t next_letter(std::string_view text, std::size_t& at);
// The start of the letter before `at`; 0 at the start.
[[nodiscard]] std::size_t letter_before(std::string_view text, std::size_t at);
// The start of the letter after the one at `at`; text.size() at the end.
[[nodiscard]] std::size_t letter_after(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t letter_count(std::string_view text);
// Both cases of a Latin or Cyrillic letter of our languages folded to one, for searching.
[[nodiscard]] char32_t folded(char32_t letter);
// True where `text` holds `part`, case apart; an empty part is everywhere.
[[nodiscard]] bool holds_folded(std::string_view text, std::string_view part);

}  // namespace vigil::ui
