// SPDX-License-Identifier: Apache-2.0
//
// The checklists speak every language of the region, and say the same in each.
#include <algorithm>
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

// One sheet of a checklist, by column.
struct Sheet {
  std::string pack;  // "police-custody"
  Row head;
  std::vector<Row> rows;
  [[nodiscard]] std::string cell(const Row& row, std::string_view column) const {
    const auto at = std::ranges::find(head, column);
    return at == head.end() ? std::string() : row[static_cast<std::size_t>(at - head.begin())];
  }
};

std::vector<Sheet> sheets(const std::string& file_name) {
  std::vector<Sheet> found;
  for (const SourceFile& file : read_tree({file_name})) {
    if (!file.path.starts_with("forms/packs/")) continue;
    Sheet sheet;
    const std::size_t from = std::string_view("forms/packs/").size();
    sheet.pack = file.path.substr(from, file.path.find('/', from) - from);
    for (const std::string& line : file.lines) {
      if (sheet.head.empty()) {
        sheet.head = cells(line);
      } else {
        sheet.rows.push_back(cells(line));
      }
    }
    found.push_back(std::move(sheet));
  }
  return found;
}

TEST(PackRule, EveryTextIsThereInEveryLanguageWithTheSameReferences) {
  const std::set<std::string> languages = {"English (en)",  "Русский (ru)", "Кыргызча (ky)",
                                           "Қазақша (kk)",  "Тоҷикӣ (tg)",  "Oʻzbekcha (uz)",
                                           "Türkmençe (tk)"};
  int seen = 0;
  for (const SourceFile& file : read_tree({"survey.csv", "choices.csv"})) {
    if (!file.path.starts_with("forms/packs/")) continue;
    ++seen;
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
  EXPECT_GE(seen, 26);
}

TEST(PackRule, EveryChecklistHasItsTitleInEveryLanguage) {
  int seen = 0;
  for (const Sheet& sheet : sheets("settings.csv")) {
    ++seen;
    ASSERT_EQ(sheet.rows.size(), 1U) << sheet.pack;
    std::set<std::string> titles = {sheet.cell(sheet.rows[0], "form_title")};
    for (const char* language : {"Русский (ru)", "Кыргызча (ky)", "Қазақша (kk)", "Тоҷикӣ (tg)",
                                 "Oʻzbekcha (uz)", "Türkmençe (tk)"}) {
      titles.insert(sheet.cell(sheet.rows[0], std::string("vigil::title::") + language));
    }
    EXPECT_EQ(titles.size(), 7U) << sheet.pack;
    EXPECT_FALSE(titles.contains("")) << sheet.pack;
  }
  EXPECT_GE(seen, 13);
}

TEST(PackRule, EveryLimitIsInTheListOfLimitsAndSaysWhatItIs) {
  std::set<std::string> known;
  for (const Sheet& sheet : sheets("limits.csv")) {
    for (const Row& row : sheet.rows) {
      known.insert(sheet.cell(row, "id"));
      for (const char* column : {"what_en", "what_ru", "what_ky", "what_kk", "what_tg", "what_uz",
                                 "what_tk", "value", "unit", "source"}) {
        EXPECT_FALSE(sheet.cell(row, column).empty()) << row[0] << ": " << column;
      }
      const std::string status = sheet.cell(row, "status");
      EXPECT_TRUE(status == "draft" || status == "verified") << row[0] << ": " << status;
      const std::string comparison = sheet.cell(row, "comparison");
      EXPECT_TRUE(comparison == "<=" || comparison == ">=" || comparison == "<") << row[0];
    }
  }
  int used = 0;
  for (const Sheet& sheet : sheets("survey.csv")) {
    for (const Row& row : sheet.rows) {
      const std::string limit = sheet.cell(row, "vigil::limit");
      if (limit.empty()) continue;
      ++used;
      EXPECT_TRUE(known.contains(limit)) << sheet.pack << ": " << limit;
    }
  }
  EXPECT_GE(used, 20);
}

TEST(PackRule, NoQuestionAsksForANameAndEachIsNamedOnce) {
  // What would say who somebody is (R1). The name of a cell, a room or a unit is none.
  const std::regex kIdentity(
      "(^|_)(surname|patronymic|passport|birth|birthday|address|phone_number|nickname|"
      "(first|last|full|person|detainee|patient|officer|doctor)_?name|name)(_|$)");
  const std::set<std::string> kThings = {"cell_name", "unit_name", "room_name", "medicine_name"};
  for (const Sheet& sheet : sheets("survey.csv")) {
    std::set<std::string> names;
    for (const Row& row : sheet.rows) {
      const std::string name = sheet.cell(row, "name");
      if (name.empty()) continue;
      EXPECT_TRUE(names.insert(name).second) << sheet.pack << ": " << name << " stands twice";
      EXPECT_FALSE(!kThings.contains(name) && std::regex_search(name, kIdentity))
          << sheet.pack << ": " << name;
    }
  }
}

TEST(PackRule, MedicalAnswersStandOnlyWhereTheyMay) {
  const std::set<std::string> kMedical = {"injury", "interview", "police-custody", "psychiatric",
                                          "death"};
  for (const Sheet& sheet : sheets("survey.csv")) {
    for (const Row& row : sheet.rows) {
      const std::string level = sheet.cell(row, "vigil::sensitivity");
      const std::string type = sheet.cell(row, "type");
      const std::string where = sheet.pack + ": " + sheet.cell(row, "name");
      EXPECT_FALSE(level == "3" && !kMedical.contains(sheet.pack)) << where;
      // In the record of injuries nothing is outside of what the health role opens.
      if (sheet.pack == "injury" && !type.empty() && !type.starts_with("end_")) {
        EXPECT_EQ(level, "3") << where;
      }
      // An answer says how sensitive it is; groups, notes and what the device stamps need not.
      const bool answers = type.starts_with("select_") || type == "text" || type == "integer" ||
                           type == "decimal" || type.starts_with("date") || type == "image" ||
                           type == "calculate" || type == "acknowledge";
      EXPECT_FALSE(answers && level.empty()) << where;
    }
  }
}

TEST(PackRule, EveryPackIsListedForAuthors) {
  std::string listed;
  for (const SourceFile& file : read_tree({"README.md"})) {
    if (file.path != "forms/packs/README.md") continue;
    for (const std::string& line : file.lines) listed += line + "\n";
  }
  for (const Sheet& sheet : sheets("settings.csv")) {
    EXPECT_TRUE(listed.contains("| " + sheet.pack + " |")) << sheet.pack;
    ASSERT_EQ(sheet.rows.size(), 1U) << sheet.pack;
    EXPECT_EQ(sheet.cell(sheet.rows[0], "form_id"), sheet.pack);
  }
}

}  // namespace
}  // namespace vigil::lint
