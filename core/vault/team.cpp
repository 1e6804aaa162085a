// SPDX-License-Identifier: Apache-2.0
#include "core/vault/team.h"

#include <algorithm>
#include <set>

namespace vigil::vault {
namespace {

constexpr std::size_t kLongestTask = 32;

bool is_task(std::string_view name) {
  return !name.empty() && name.size() <= kLongestTask && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

bool is_team(const Team& team) {
  if (team.persons < 0 || team.persons > kMostPersons || team.tasks.size() > kMostTasks) {
    return false;
  }
  std::set<std::string_view> seen;
  return std::ranges::all_of(team.tasks, [&](const std::string& task) {
    return is_task(task) && seen.insert(task).second;
  });
}

std::string task_line(const Team& team) {
  std::string line;
  for (const std::string& task : team.tasks) line += (line.empty() ? "" : " ") + task;
  return line;
}

std::vector<std::string> split_task_line(std::string_view line) {
  std::vector<std::string> tasks;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) tasks.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return tasks;
}

}  // namespace vigil::vault
