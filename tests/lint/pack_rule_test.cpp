// SPDX-License-Identifier: Apache-2.0
//
// The checklists speak every language of the region, and say the same in each.
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/lint/tree.h"

namespace vigil::lint {
namespace {

using Row = std::vector<std::string>;

// Comma-separated with quotes; no cell of a checklist spans lines.
Row cells(const std::string& line) {
  Row row(1);
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char sign = line[at];
    if (sign == '"' && quoted && at + 1 < line.size() && line[at + 1] == '"') {
      row.back() += line[++at];
    } else if (sign == '"') {
      quoted = !quoted;
    } else if (sign == ',' && !quoted) {
      row.emplace_back();
    } else if (sign != '\r') {
      row.back() += sign;
    }
  }
  return row;
}

std::multiset<std::string> references(const std::string& text) {
  static const std::regex kReference(R"(\$\{[^}]*\})");
  return {std::sregex_token_iterator(text.begin(), text.end(), kReference),
          std::sregex_token_iterator()};
}

// "label" -> language -> column.
std::map<std::string, std::map<std::string, std::size_t>> translated_columns(const Row& head) {
  std::map<std::string, std::map<std::string, std::size_t>> columns;
  for (std::size_t at = 0; at < head.size(); ++at) {
    const std::size_t mark = head[at].find("::");
    if (mark == std::string::npos || head[at].starts_with("vigil::")) continue;
    columns[head[at].substr(0, mark)][head[at].substr(mark + 2)] = at;
  }
  return columns;
}

TEST(PackRule, EveryTextIsThereInEveryLanguageWithTheSameReferences) {
  const std::set<std::string> languages = {"English (en)",  "Русский (ru)", "Кыргызча (ky)",
                                           "Қазақша (kk)",  "Тоҷикӣ (tg)",  "Oʻzbekcha (uz)",
                                           "Türkmençe (tk)"};
  int sheets = 0;
  for (const SourceFile& file : read_tree({"survey.csv", "choices.csv"})) {
    if (!file.path.starts_with("forms/packs/")) continue;
    ++sheets;
    const Row head = cells(file.lines.at(0));
    for (const auto& [text, columns] : translated_columns(head)) {
      std::set<std::string> found;
      for (const auto& [language, column] : columns) found.insert(language);
      EXPECT_EQ(found, languages) << file.path << ": " << text;
      const std::size_t english = columns.at("English (en)");
      for (std::size_t at = 1; at < file.lines.size(); ++at) {
        const Row row = cells(file.lines[at]);
        ASSERT_EQ(row.size(), head.size()) << file.path << ":" << at + 1;
        for (const auto& [language, column] : columns) {
          EXPECT_EQ(row[column].empty(), row[english].empty())
              << file.path << ":" << at + 1 << ": " << text << " in " << language;
          EXPECT_EQ(references(row[column]), references(row[english]))
              << file.path << ":" << at + 1 << ": " << text << " in " << language;
        }
      }
    }
  }
  EXPECT_GE(sheets, 4);
}

}  // namespace
}  // namespace vigil::lint
