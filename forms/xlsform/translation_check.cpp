// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "forms/xlsform/checks.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// The columns that may stand once for each language, as the author knows them.
std::string_view translatable_name(const Column& column) {
  switch (column.slot) {
    case Slot::kPlain:
      for (const std::string_view name : {"label", "hint", "guidance_hint"})
        if (column.key == name) return name;
      return {};
    case Slot::kBind:
      if (column.key == "jr:constraintMsg") return "constraint_message";
      if (column.key == "jr:requiredMsg") return "required_message";
      return {};
    case Slot::kMedia:
      for (const std::string_view name : kMediumNames)
        if (column.key == name) return name;
      return {};
    default:
      return {};
  }
}

using ColumnsByLanguage = std::map<std::string, std::set<std::string_view>>;

ColumnsByLanguage languages_of(const Table& table, const std::string& default_language) {
  ColumnsByLanguage languages;
  for (const Column& column : table.columns) {
    const std::string_view name = translatable_name(column);
    if (name.empty()) continue;
    languages[column.language.empty() ? default_language : column.language].insert(name);
  }
  return languages;
}

// "French (fr)", or the two letters alone.
bool has_language_code(std::string_view language) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (language.size() == 2) return std::ranges::all_of(language, is_letter);
  const std::size_t open = language.rfind('(');
  if (open == std::string_view::npos || !language.ends_with(')')) return false;
  const std::string_view code = language.substr(open + 1, language.size() - open - 2);
  return code.size() >= 2 && code.size() <= 8 &&
         std::ranges::all_of(code, [&](char c) { return is_letter(c) || c == '-'; });
}

void warn_of_missing_columns(const Table& table, const std::string& default_language,
                             Problems& problems) {
  const ColumnsByLanguage languages = languages_of(table, default_language);
  if (languages.size() < 2) return;
  std::set<std::string_view> all;
  for (const auto& [language, columns] : languages) all.insert(columns.begin(), columns.end());
  for (const auto& [language, columns] : languages) {
    std::vector<std::string_view> missing;
    std::ranges::set_difference(all, columns, std::back_inserter(missing));
    if (missing.empty()) continue;
    problems.warning({sheet_name(table.kind), 1, ""},
                     fmt::format("The language \"{}\" has no column for: {}. Where it is chosen, a "
                                 "dash is shown.",
                                 language, fmt::join(missing, ", ")));
  }
}

}  // namespace

void warn_about_translations(const Table& survey, const Table& choices, const FormModel& model,
                             Problems& problems) {
  const std::string& stated = model.settings.default_language;
  const std::string default_language = stated.empty() ? "default" : stated;
  warn_of_missing_columns(survey, default_language, problems);
  warn_of_missing_columns(choices, default_language, problems);
  std::set<std::string> codeless;
  bool translated = false;
  for (const Table* table : {&survey, &choices})
    for (const Column& column : table->columns) {
      if (column.language.empty() || translatable_name(column).empty()) continue;
      translated = true;
      if (column.language != "default" && !has_language_code(column.language))
        codeless.insert(column.language);
    }
  if (!codeless.empty())
    problems.warning({"survey", 1, ""},
                     fmt::format("These languages have no code: {}. Write one in parentheses, as "
                                 "in French (fr), so that programs know the language too.",
                                 fmt::join(codeless, ", ")));
  if (translated && model.uses_or_other)
    problems.warning({"survey", 0, ""},
                     "or_other adds \"Other\" and \"Specify other.\" in English, and this form is "
                     "translated: make a choice and a question of your own instead.");
}

}  // namespace vigil::forms::xlsform
