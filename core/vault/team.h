// SPDX-License-Identifier: Apache-2.0
//
// Who came to a visit and what for: a number and names of tasks, never names of people.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::vault {

inline constexpr int kMostPersons = 99;
inline constexpr std::size_t kMostTasks = 16;

struct Team {
  int persons = 0;                 // up to kMostPersons; 0: nobody said
  std::vector<std::string> tasks;  // "interviews"; [a-z0-9-]{1,32}, distinct, at most kMostTasks

  [[nodiscard]] bool said() const { return persons > 0 || !tasks.empty(); }
  friend bool operator==(const Team&, const Team&) = default;
};

[[nodiscard]] bool is_team(const Team& team);
// Names of tasks with a space between them, as in a select_multiple.
[[nodiscard]] std::string task_line(const Team& team);
[[nodiscard]] std::vector<std::string> split_task_line(std::string_view line);

}  // namespace vigil::vault
