// SPDX-License-Identifier: Apache-2.0
//
// What was signed is what the office says: in `visit show`, in tables and as evidence, node by
// node.
#include <random>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/app/ctl/office_and_tablet.h"

namespace vigil {
namespace {

constexpr std::string_view kForm = R"xml(<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"
  xmlns:vigil="urn:x-vigil:xforms"><h:head><h:title>Round</h:title><model>
  <instance><data id="round" version="1"><code/><at/><chance/><seen/><kind/><closed><why/><how/></closed><pain/>
  <cells><cell jr:template=""><place/><name/><bed jr:template=""><width/></bed></cell></cells><met/><copy/>
  <meta><instanceID/><instanceName/></meta></data></instance>
  <bind nodeset="/data/at" type="dateTime" calculate="now()"/>
  <bind nodeset="/data/chance" calculate="random()"/>
  <bind nodeset="/data/seen" type="int" calculate="count(/data/cells/cell)"/>
  <bind nodeset="/data/closed" relevant="/data/kind = 'closed'"/>
  <bind nodeset="/data/pain" vigil:sensitivity="3"/>
  <bind nodeset="/data/copy" calculate="concat('said: ', /data/pain)"/>
  <bind nodeset="/data/met" type="dateTime"/>
  <bind nodeset="/data/cells/cell/place" type="int" calculate="position(..)"/>
  <bind nodeset="/data/cells/cell/bed/width" type="decimal" relevant="../../name != 'none'"/>
  <bind nodeset="/data/meta/instanceName" calculate="concat('round ', /data/code)"/>
  </model></h:head><h:body><input ref="/data/code"><label>Code</label></input>
  <select1 ref="/data/kind"><label>Kind</label><item><label>Open</label><value>open</value></item>
  <item><label>Closed</label><value>closed</value></item></select1>
  <group ref="/data/closed"><label>Closed</label><input ref="/data/closed/why"><label>Why</label></input>
  <input ref="/data/closed/how"><label>How</label></input></group>
  <input ref="/data/pain"><label>Pain</label></input><input ref="/data/met"><label>Met</label></input>
  <group ref="/data/cells"><label>Cells</label><group ref="/data/cells/cell"><label>Cell</label><repeat
  nodeset="/data/cells/cell"><input ref="/data/cells/cell/name"><label>Name</label></input>
  <group ref="/data/cells/cell/bed"><label>Bed</label><repeat nodeset="/data/cells/cell/bed">
  <input ref="/data/cells/cell/bed/width"><label>Width</label></input></repeat></group></repeat></group></group>
  </h:body></h:html>)xml";

using Nodes = std::multiset<std::pair<std::string, std::string>>;

// The documents name an only instance without its number.
std::string without_ones(std::string ref) {
  for (std::size_t at = ref.find("[1]"); at != std::string::npos; at = ref.find("[1]"))
    ref.erase(at, 3);
  return ref;
}

// Our own tables: every field of a row is quoted.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{}};
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') field += c;
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"')
        field += text[++i];
      else if (c == '"')
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      rows.back().push_back(std::exchange(field, ""));
      if (c == '\n') rows.emplace_back();
    } else if (c != '\r') {
      field += c;
    }
  }
  rows.pop_back();
  return rows;
}

class SentVisit : public OfficeAndTablet {
 protected:
  static void SetUpTestSuite() { make(kForm); }
  static Nodes signed_in(const std::string& bundle) {
    Nodes nodes;
    const auto listed = ask({"evidence", "list", "office", bundle});
    for (const auto& answer : listed["answers"]) {
      const std::string ref = answer["ref"];
      const std::size_t slash = ref.find("-/");
      if (slash == std::string::npos) continue;
      // The instance's id and name stand in both parts.
      const Nodes::value_type node(without_ones(ref.substr(slash + 1)), answer["value"]);
      if (!nodes.contains(node)) nodes.insert(node);
    }
    return nodes;
  }
};

// Answers at random, with instances that stay empty; returns how many cells there are.
int random_answers(std::uint32_t seed, std::string& lines) {
  std::mt19937 random(seed);
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  const auto set = [&](const std::string& ref, const std::string& value) {
    lines += fmt::format("{{\"do\":\"set\",\"ref\":\"{}\",\"value\":\"{}\"}}\n", ref, value);
  };
  const bool closed = chance(50);
  set("/data/kind", closed ? "closed" : "open");
  if (closed && chance(70)) set("/data/closed/why", "=1+1, \\\"so\\\" they said");
  if (closed && chance(50)) {
    set("/data/closed/how", "kept though it no longer applies");
    set("/data/kind", "open");
  }
  if (chance(60)) set("/data/pain", "yes");
  if (chance(60)) set("/data/met", "2026-11-21T23:40:00.000+06:00");
  const int cells = static_cast<int>(random() % 4);
  for (int cell = 1; cell <= cells; ++cell) {
    lines += "{\"do\":\"add_repeat\",\"ref\":\"/data/cells/cell\"}\n";
    const std::string ref = fmt::format("/data/cells/cell[{}]", cell);
    if (chance(50)) set(ref + "/name", chance(30) ? "none" : fmt::format("{}", cell));
    for (auto bed = random() % 3; bed > 0; --bed)
      lines += fmt::format("{{\"do\":\"add_repeat\",\"ref\":\"{}/bed\"}}\n", ref);
  }
  return cells;
}

TEST_F(SentVisit, IsSaidByTheOfficeNodeByNode) {
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    std::string lines;
    const int cells = random_answers(seed, lines);
    folder_->put("answers", as_bytes(lines));
    const std::string visit = new_visit({"round"});
    ok({"visit", "fill", "tablet", visit, "--answers", "answers"});
    const Nodes was_signed = signed_in(seal_and_import(visit));
    ASSERT_GE(was_signed.size(), 5U);
    EXPECT_TRUE(was_signed.contains({"/data/seen", std::to_string(cells)}));

    const auto shown = ask({"visit", "show", "office", visit})["checklists"][0];
    Nodes said;
    for (const auto& answer : shown["answers"])
      said.emplace(without_ones(answer["ref"]), answer["value"]);
    EXPECT_EQ(said, was_signed);
    EXPECT_TRUE(shown["unplaced"].empty()) << shown["unplaced"];
    EXPECT_EQ(shown["repeats"][0]["instances"], cells);

    const auto rows = read_csv(ok({"export", "office", "--visit", visit, "--sensitivity", "3"}));
    Nodes in_table;
    for (std::size_t row = 1; row < rows.size(); ++row) {
      ASSERT_EQ(rows[row].size(), rows[0].size());
      std::string value = rows[row][6];
      if (value.starts_with("'=")) value.erase(0, 1);
      in_table.emplace(without_ones(rows[row][8]), value);
    }
    EXPECT_EQ(in_table, was_signed);

    const std::string tables = "tables-" + std::to_string(seed);
    ok({"export", "office", "--visit", visit, "--sensitivity", "3", "--format", "tables", "-o",
        tables});
    std::multiset<std::string> values;
    for (const auto& [ref, value] : was_signed) values.insert(value);
    std::multiset<std::string> in_tables;
    for (const char* const name : {"round", "round-cell", "round-cell-bed"}) {
      const auto path = tables + "/" + name + ".csv";
      if (!cells && std::string_view(name) != "round") continue;
      const auto table = read_csv(std::string(as_text(folder_->get(path))));
      for (std::size_t row = 1; row < table.size(); ++row)
        for (std::size_t column = 0; column < table[row].size(); ++column) {
          const std::string& title = table[0][column];
          std::string value = table[row][column];
          if (value.empty() || title == "visit" || title == "record" || title == "tablet" ||
              title == "bundle_number" || title.ends_with("KEY"))
            continue;
          if (value.starts_with("'=")) value.erase(0, 1);
          in_tables.insert(value);
        }
      if (std::string_view(name) == "round-cell") {
        EXPECT_EQ(table.size(), static_cast<std::size_t>(cells) + 1) << "empty cells are rows too";
      }
    }
    EXPECT_EQ(in_tables, values);
  }
}

TEST_F(SentVisit, TellsItsRecordsApart) {
  const std::string visit = new_visit({"round", "round", "round"});
  seal_and_import(visit);
  std::set<std::string> records;
  std::set<std::string> ids;
  const auto listed = ask({"visit", "list", "office"});
  for (const auto& row : listed["visits"]) {
    if (row["visit"] != visit) continue;
    records.insert(row["record"]);
    ids.insert(row["instance_id"]);
  }
  EXPECT_EQ(records, (std::set<std::string>{"r1", "r2", "r3"}));
  EXPECT_EQ(ids.size(), 3U);
  const auto rows = read_csv(ok({"export", "office", "--visit", visit}));
  EXPECT_EQ(rows[0][9], "tablet");
  EXPECT_EQ(rows[1][9], "tablet-1");
  EXPECT_EQ(rows[0][10], "bundle_number");
  const auto json = ask({"export", "office", "--visit", visit + "@tablet-1"});
  EXPECT_EQ(json["visit"], visit);
  EXPECT_EQ(json["checklists"][0]["tablet"], "tablet-1");
  EXPECT_EQ(std::to_string(int{json["checklists"][0]["bundle_number"]}), rows[1][10]);
  EXPECT_EQ(rows[0][1], "record");
  std::set<std::string> in_table;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    EXPECT_NE(rows[row][1], "record") << "one header";
    in_table.insert(rows[row][1]);
  }
  EXPECT_EQ(in_table, records);
}

TEST_F(SentVisit, KeepsASensitiveCodeAndItsNotesBack) {
  folder_->put("answers",
               as_bytes(std::string_view(
                   "{\"do\":\"set\",\"ref\":\"/data/pain\",\"value\":\"marker-pain\"}\n"
                   "{\"do\":\"note\",\"ref\":\"/data/pain\",\"text\":\"marker-note\"}\n")));
  const std::string visit = new_visit({"round"});
  ok({"visit", "fill", "tablet", visit, "--answers", "answers"});
  seal_and_import(visit);
  for (const char* const format : {"csv", "json"}) {
    const std::string little = ok({"export", "office", "--visit", visit, "--format", format});
    EXPECT_EQ(little.find("marker-"), std::string::npos) << little;
    const std::string all =
        ok({"export", "office", "--visit", visit, "--format", format, "--sensitivity", "3"});
    EXPECT_NE(all.find("marker-pain"), std::string::npos) << format;
    EXPECT_NE(all.find("marker-note"), std::string::npos) << format;
  }
}

TEST_F(SentVisit, SpeaksTheLanguageThatIsAskedFor) {
  folder_->put(
      "answers",
      as_bytes(std::string_view(
          "{\"do\":\"set\",\"ref\":\"/data/met\",\"value\":\"2026-11-21T23:40:00.000+06:00\"}\n"
          "{\"do\":\"note\",\"ref\":\"/data/met\",\"text\":\"x\"}\n")));
  const std::string visit =
      ask({"visit", "new", "tablet", "--kind", "comprehensive", "--form", "round"})["visit"];
  ok({"visit", "fill", "tablet", visit, "--answers", "answers"});
  seal_and_import(visit);
  const std::string shown = ok({"visit", "show", "office", visit, "--language", "ru"});
  for (const char* const part : {"Комплексное", "Начато ", "запечатано ",
                                 "21.11.2026, 23:40 (UTC+06:00)", "Заметка, Met: x"})
    EXPECT_NE(shown.find(part), std::string::npos) << part << "\n" << shown;
  for (const char* const part : {"comprehensive", "note,", "T23:40", "/data/"})
    EXPECT_EQ(shown.find(part), std::string::npos) << part << "\n" << shown;
}

}  // namespace
}  // namespace vigil
