// SPDX-License-Identifier: Apache-2.0
//
// What a visit is, in the words of a language: its kind, its team and their tasks. The names are
// what the vault and visit.json keep (docs/formats). Pure; a name that is none of ours stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/words/words.h"

namespace vigil::words {

// Kinds of visit, as the guides of preventive mechanisms name them (needs.md, 2.1).
inline constexpr std::string_view kVisitKinds[] = {"comprehensive", "interim", "special"};
// What one of the team does with the tablet in hand (needs.md, 2.2 and 2.3).
inline constexpr std::string_view kVisitTasks[] = {"talks", "interviews", "registers",
                                                   "observation", "health"};

[[nodiscard]] std::string kind_word(const Words& words, std::string_view kind);
[[nodiscard]] std::string task_word(const Words& words, std::string_view task);
// "team of 4"; empty for 0, where nobody said.
[[nodiscard]] std::string persons_words(const Words& words, int persons);
// "Interviews, Registers and files".
[[nodiscard]] std::string tasks_words(const Words& words, const std::vector<std::string>& tasks);
// "team of 4, Interviews"; empty where nobody said.
[[nodiscard]] std::string team_words(const Words& words, int persons,
                                     const std::vector<std::string>& tasks);

}  // namespace vigil::words
