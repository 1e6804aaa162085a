// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/shown.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "app/ctl/command.h"
#include "app/visit/sources.h"
#include "app/words/catalogues.h"
#include "core/base/language.h"

namespace vigil::ctl {
namespace {

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "2026-11-21", and nothing else.
bool is_day(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && are_digits(text.substr(0, 4)) &&
         are_digits(text.substr(5, 2)) && are_digits(text.substr(8));
}

std::string written_day(const words::Words& words, std::string_view day) {
  if (words.language() == "en") return std::string(day);
  return fmt::format("{}.{}.{}", day.substr(8, 2), day.substr(5, 2), day.substr(0, 4));
}

// "23:40:00.000+06:00" as "23:40 (UTC+06:00)"; "" where it is no time.
std::string written_time(std::string_view time) {
  if (time.size() < 5 || time[2] != ':' || !are_digits(time.substr(0, 2)) ||
      !are_digits(time.substr(3, 2)))
    return {};
  const std::size_t zone = time.find_first_of("+-Z", 5);
  std::string text(time.substr(0, 5));
  if (zone == std::string_view::npos) return text;
  return text + " (UTC" + (time[zone] == 'Z' ? "" : std::string(time.substr(zone))) + ")";
}

}  // namespace

words::Words words_of(std::string_view language) {
  return words::load_words(files(), language);
}

void say_missing_words(const words::Words& words, std::string_view language) {
  if (words.language() != "en" || language.starts_with("en")) return;
  std::fprintf(stderr,
               "vigilctl: Vigil itself has no words in %s; what the checklist has none for either "
               "is in English.\n",
               printable(one_line(language)).c_str());
}

std::string shown_time(const words::Words& words, std::string_view text) {
  if (is_day(text.substr(0, 10))) {
    if (text.size() == 10) return written_day(words, text);
    const std::string time = text[10] == 'T' ? written_time(text.substr(11)) : std::string();
    if (!time.empty())
      return written_day(words, text.substr(0, 10)) + (words.language() == "en" ? " " : ", ") +
             time;
    return std::string(text);
  }
  const std::string time = written_time(text);
  return time.empty() ? std::string(text) : time;
}

std::string shown_time(const words::Words& words, WallTime time, int offset_minutes) {
  const std::chrono::sys_time<std::chrono::milliseconds> local(
      std::chrono::milliseconds(time.ms + std::int64_t{offset_minutes} * 60'000));
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::minutes>(local - day)};
  const int zone = std::abs(offset_minutes);
  return shown_time(
      words,
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}{}{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), offset_minutes < 0 ? '-' : '+',
                  zone / 60, zone % 60));
}

std::string shown_value(const words::Words& words, const forms::NodeState& node) {
  if (node.type == forms::NodeType::kTrigger && node.value == "OK")
    return std::string(words("Read and understood"));
  if (!node.choices.empty()) return visit::value_label(node);
  const std::string& type = node.value_type;
  if (type == "dateTime" || type == "date" || type == "time") return shown_time(words, node.value);
  if (type == "decimal") return written_number(node.value, words.decimal_mark());
  return node.value;
}

std::string shown_mark(const words::Words& words, const vault::Flag& flag) {
  switch (flag.kind) {
    case vault::FlagKind::kNote:
      return std::string(words("Note"));
    case vault::FlagKind::kLater:
      return std::string(words("Left for later"));
    case vault::FlagKind::kFinding:
      return std::string(flag.text == kUrgentText ? words("Urgent finding")
                                                  : words("Marked as a finding"));
  }
  return {};
}

}  // namespace vigil::ctl
