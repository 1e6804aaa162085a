// SPDX-License-Identifier: Apache-2.0
#include "app/words/visit_words.h"

namespace vigil::words {

std::string kind_word(const Words& words, std::string_view kind) {
  if (kind == "comprehensive") return std::string(words("Comprehensive"));
  if (kind == "interim") return std::string(words("Interim"));
  if (kind == "special") return std::string(words("Special"));
  return std::string(kind);
}

std::string task_word(const Words& words, std::string_view task) {
  if (task == "talks") return std::string(words("Talks with the head"));
  if (task == "interviews") return std::string(words("Interviews"));
  if (task == "registers") return std::string(words("Registers and files"));
  if (task == "observation") return std::string(words("Rooms and measures"));
  if (task == "health") return std::string(words("Health"));
  return std::string(task);
}

std::string persons_words(const Words& words, int persons) {
  if (persons <= 0) return {};
  return words.plural("team of {0}", "team of {0}", static_cast<unsigned long>(persons));
}

std::string tasks_words(const Words& words, const std::vector<std::string>& tasks) {
  std::string text;
  for (const std::string& task : tasks) text += (text.empty() ? "" : ", ") + task_word(words, task);
  return text;
}

std::string team_words(const Words& words, int persons, const std::vector<std::string>& tasks) {
  std::string text = persons_words(words, persons);
  const std::string named = tasks_words(words, tasks);
  if (!text.empty() && !named.empty()) text += ", ";
  return text + named;
}

}  // namespace vigil::words
