// SPDX-License-Identifier: Apache-2.0
//
// Answers and marks in the words of a language, as the tablet's catalogues have them. Pure.
#pragma once

#include <string>
#include <string_view>

#include "app/words/words.h"
#include "core/base/clock.h"
#include "core/vault/answers.h"
#include "forms/session/session.h"

namespace vigil::ctl {

// The text of a finding that monitors marked so (app/tablet).
inline constexpr std::string_view kUrgentText = "urgent";

// The words of a language by its code; English where we have none of it.
[[nodiscard]] words::Words words_of(std::string_view language);

// On standard error, where `words` are English because there are none in `language`.
void say_missing_words(const words::Words& words, std::string_view language);

// The labels of what was chosen, else the value: a day and a time as people write them, in the zone
// that they were written in, a number with the language's mark.
[[nodiscard]] std::string shown_value(const words::Words& words, const forms::NodeState& node);
// "21.11.2026, 23:40 (UTC+06:00)" of an xsd:dateTime, date or time; what is none stays.
[[nodiscard]] std::string shown_time(const words::Words& words, std::string_view text);
[[nodiscard]] std::string shown_time(const words::Words& words, WallTime time, int offset_minutes);

// "Note", "Urgent finding": what a monitor marked a question as.
[[nodiscard]] std::string shown_mark(const words::Words& words, const vault::Flag& flag);

}  // namespace vigil::ctl
