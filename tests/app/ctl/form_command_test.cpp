// SPDX-License-Identifier: Apache-2.0
//
// vigilctl form check, convert, run and bench as an author or a script meets them.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil {
namespace {

using nlohmann::json;
using test::ProgramResult;
using test::run_program;

constexpr std::string_view kForm =
    R"x(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Visit</h:title><model><itext><translation lang="English (en)"><text id="l"><value>Name</value></text></translation><translation lang="French (fr)"><text id="l"><value>Nom</value></text></translation></itext><instance><data id="visit" version="1"><a/><person jr:template=""><age/></person><c/><when/><meta><instanceID/></meta></data></instance><bind nodeset="/data/a" required="true()" jr:requiredMsg="Needed"/><bind nodeset="/data/person/age" type="int" constraint=". &gt; 0" jr:constraintMsg="Positive"/><bind nodeset="/data/c" type="string"/><bind nodeset="/data/when" type="dateTime" calculate="now()"/></model></h:head><h:body><input ref="/data/a"><label ref="jr:itext('l')"/></input><group ref="/data/person"><label>Person</label><repeat nodeset="/data/person"><input ref="/data/person/age"><label>Age</label></input></repeat></group><select ref="/data/c"><label>C</label><item><label>X</label><value>x</value></item><item><label>Y</label><value>y</value></item></select></h:body></h:html>)x";

constexpr std::string_view kBroken = R"(| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | txt | b | B | |
| | calculate | c | | ${aa} + 1 |
| | calculate | d | | 1 + |
)";

class FormCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder.put("form.xml", as_bytes(kForm));
    folder.put("broken.md", as_bytes(kBroken));
  }
  [[nodiscard]] ProgramResult run(std::vector<std::string> arguments,
                                  std::string_view input = {}) const {
    arguments.insert(arguments.begin(), {VIGIL_BIN_DIR "/vigilctl", "form"});
    return run_program(arguments, input, folder.path());
  }
  // The answers of `form run`, one for each line of `input`.
  [[nodiscard]] std::vector<json> answers(std::string_view input,
                                          const std::vector<std::string>& options = {}) const {
    std::vector<std::string> arguments{"run", "form.xml"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const ProgramResult result = run(arguments, input);
    EXPECT_EQ(result.exit_status, 0) << result.errors;
    std::vector<json> lines;
    for (std::size_t at = 0; at < result.output.size();) {
      const std::size_t end = result.output.find('\n', at);
      lines.push_back(json::parse(result.output.substr(at, end - at)));
      at = end + 1;
    }
    return lines;
  }
  static json node(const json& list, const std::string& ref) {
    for (const json& one : list)
      if (one["ref"] == ref) return one;
    ADD_FAILURE() << ref << " is not in " << list;
    return json::object();
  }
  const test::TemporaryFolder folder;
};

TEST_F(FormCommand, StateHasEveryMemberOfTheContract) {
  const auto lines = answers("{\"do\":\"state\"}\n");
  ASSERT_EQ(lines.size(), 1U);
  for (const json& one : lines[0]["nodes"])
    for (const char* member : {"ref", "type", "value_type", "value", "relevant", "readonly",
                               "required", "label", "hint", "choices", "violation", "instances"})
      EXPECT_TRUE(one.contains(member)) << member;
  const json a = node(lines[0]["nodes"], "/data/a");
  EXPECT_EQ(a["type"], "input");
  EXPECT_EQ(a["value_type"], "string");
  EXPECT_EQ(a["label"], "Name");
  EXPECT_EQ(a["violation"], (json{{"condition", "required"}, {"message", "Needed"}}));
  const json c = node(lines[0]["nodes"], "/data/c");
  EXPECT_EQ(c["choices"], json::parse(R"([["x","X"],["y","Y"]])"));
  EXPECT_EQ(c["violation"], nullptr);
  EXPECT_EQ(node(lines[0]["nodes"], "/data/person")["instances"], 0);
}

TEST_F(FormCommand, EachVerbAnswersAndAnErrorEndsNothing) {
  const auto lines = answers(R"x({"do":"set","ref":"/data/a","value":"x"}
{"do":"add_repeat","ref":"/data/person"}
{"do":"set","ref":"/data/person[1]/age","value":-3}
{"do":"violations"}
{"do":"set","ref":"/data/c","value":["y","x"]}
{"do":"language","name":"French (fr)"}
{"do":"language","name":"Klingon"}
{"do":"xpath","expr":"count(/data/person)","context":"/data/a"}
{"do":"xpath","expr":"/data/person/age"}
{"do":"xpath","expr":"foo("}
{"do":"now","value":"2026-11-22T10:00:00-07:00"}
{"do":"now","value":"soon"}
{"do":"remove_repeat","ref":"/data/person"}
{"do":"remove_repeat","ref":"/data/person[1]"}
{"do":"set","ref":"/data/nope","value":"x"}
{"do":"set","value":"x"}
{"do":"dance"}
nonsense
{"do":"xml"}
{"do":"submission"}
{"do":"set","ref":"/data/a","value":""}
)x",
                             {"--now", "2026-11-22T10:00:00+05:00", "--tz", "Asia/Almaty"});
  ASSERT_EQ(lines.size(), 21U);
  EXPECT_EQ(node(lines[0]["changed"], "/data/a")["violation"], nullptr);
  EXPECT_EQ(lines[0]["removed"], json::array());
  EXPECT_EQ(node(lines[1]["changed"], "/data/person")["instances"], 1);
  EXPECT_EQ(node(lines[2]["changed"], "/data/person[1]/age")["violation"],
            (json{{"condition", "constraint"}, {"message", "Positive"}}));
  ASSERT_EQ(lines[3]["nodes"].size(), 1U);
  EXPECT_EQ(lines[3]["nodes"][0]["value"], "-3");
  EXPECT_EQ(node(lines[4]["changed"], "/data/c")["value"], "x y");
  EXPECT_EQ(node(lines[5]["changed"], "/data/a")["label"], "Nom");
  EXPECT_EQ(lines[6]["error"]["code"], "session.language");
  EXPECT_EQ(lines[7], (json{{"type", "number"}, {"value", 1}}));
  EXPECT_EQ(lines[8]["value"], json::array({"/data/person[1]/age"}));
  EXPECT_TRUE(lines[9].contains("error"));
  EXPECT_EQ(node(lines[10]["changed"], "/data/when")["value"], "2026-11-22T22:00:00.000+05:00");
  EXPECT_EQ(lines[11]["error"]["code"], "form.now");
  EXPECT_EQ(lines[12]["error"]["code"], "session.not_a_repeat");
  EXPECT_EQ(lines[13]["removed"], json::array({"/data/person[1]", "/data/person[1]/age"}));
  for (const int at : {14, 15, 16, 17})
    EXPECT_TRUE(lines[static_cast<std::size_t>(at)].contains("error"));
  EXPECT_NE(lines[18]["xml"].get<std::string>().find("<c>x y</c>"), std::string::npos);
  EXPECT_NE(lines[19]["xml"].get<std::string>().find("<instanceID>uuid:"), std::string::npos);
  EXPECT_EQ(node(lines[20]["changed"], "/data/a")["violation"]["condition"], "required");
}

TEST_F(FormCommand, ATreeIsNoAnswerHoweverDeep) {
  const std::string deep(100'000, '[');
  const auto lines =
      answers("{\"do\":\"set\",\"ref\":\"/data/a\",\"value\":" + deep + std::string(100'000, ']') +
              "}\n{\"do\":\"set\",\"ref\":\"/data/a\",\"value\":{\"b\":1}}\n"
              "{\"do\":\"set\",\"ref\":\"/data/c\",\"value\":[\"y\",[\"x\"]]}\n");
  ASSERT_EQ(lines.size(), 3U);
  for (const json& line : lines) EXPECT_EQ(line["error"]["code"], "form.run") << line;
}

TEST_F(FormCommand, RestoringListsWhatNoLongerFits) {
  folder.put("old.xml", as_bytes("<data id=\"visit\" version=\"0\"><a>kept</a><gone>lost</gone>"
                                 "<person><age>7</age><height>9</height></person><c>z</c>"
                                 "<meta><instanceID>uuid:1</instanceID></meta></data>"));
  const auto lines = answers("{\"do\":\"state\"}\n", {"--restore", "old.xml"});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(node(lines[0]["nodes"], "/data/a")["value"], "kept");
  EXPECT_EQ(node(lines[0]["nodes"], "/data/person[1]/age")["value"], "7");
  EXPECT_EQ(node(lines[0]["nodes"], "/data/meta/instanceID")["value"], "uuid:1");
  const auto lost = lines[0]["not_restored"].get<std::vector<std::string>>();
  EXPECT_NE(std::find(lost.begin(), lost.end(), "/data/gone"), lost.end())
      << lines[0]["not_restored"];
  EXPECT_NE(std::find(lost.begin(), lost.end(), "/data/person[1]/height"), lost.end());
}

TEST_F(FormCommand, EditingKeepsTheOldIdAsDeprecated) {
  folder.put("sent.xml", as_bytes("<data id=\"visit\" version=\"1\"><a>x</a>"
                                  "<meta><instanceID>uuid:1</instanceID></meta></data>"));
  const auto lines = answers("{\"do\":\"submission\"}\n", {"--edit", "sent.xml"});
  ASSERT_EQ(lines.size(), 1U);
  const auto xml = lines[0]["xml"].get<std::string>();
  EXPECT_NE(xml.find("<deprecatedID>uuid:1</deprecatedID>"), std::string::npos) << xml;
  EXPECT_EQ(xml.find("<instanceID>uuid:1<"), std::string::npos) << xml;
}

TEST_F(FormCommand, MediaAreFoundByTheirLastPathComponent) {
  folder.put("with-list.xml",
             as_bytes("<h:html xmlns=\"http://www.w3.org/2002/xforms\" "
                      "xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><model><instance>"
                      "<data id=\"d\"><t/></data></instance><instance id=\"towns\" "
                      "src=\"jr://file-csv/a/towns.csv\"/></model></h:head><h:body><select1 "
                      "ref=\"/data/t\"><label>T</label><itemset nodeset=\"instance('towns')/root/"
                      "item\"><value ref=\"name\"/><label ref=\"label\"/></itemset></select1>"
                      "</h:body></h:html>"));
  std::filesystem::create_directory(folder.file("media"));
  folder.put("media/towns.csv", as_bytes("name,label\nosh,Osh\n"));
  const ProgramResult result =
      run({"run", "with-list.xml", "--media", "media"}, "{\"do\":\"state\"}\n");
  ASSERT_EQ(result.exit_status, 0) << result.errors;
  EXPECT_NE(result.output.find(R"([["osh","Osh"]])"), std::string::npos) << result.output;
}

TEST_F(FormCommand, AMediaFolderThatIsNotThereIsSaid) {
  const auto told = run({"check", "form.xml", "--media", "nowhere"});
  EXPECT_EQ(told.exit_status, 3) << told.output;
  EXPECT_NE(told.errors.find("nowhere"), std::string::npos) << told.errors;
}

TEST_F(FormCommand, WhatIsWrongWithTheXFormIsSaidAtItsRow) {
  std::filesystem::create_directory(folder.file("late"));
  folder.put("late/survey.csv", as_bytes(std::string_view("type,name,label,calculation\n"
                                                          "text,a,A,\n"
                                                          "calculate,when,,date('2026-' )\n")));
  folder.put("late/settings.csv", as_bytes(std::string_view("form_title,form_id\nLate,late\n")));
  const auto told = run({"check", "late"});
  EXPECT_NE(told.errors.find("survey, row 3: "), std::string::npos) << told.errors;
}

TEST_F(FormCommand, CheckSaysEverythingThatIsWrongInOneGo) {
  const ProgramResult text = run({"check", "broken.md"});
  EXPECT_EQ(text.exit_status, 1);
  EXPECT_TRUE(text.output.empty());
  EXPECT_NE(
      text.errors.find("error: survey, row 3, column type: \"txt\" is not a type of question, "
                       "was text meant?"),
      std::string::npos)
      << text.errors;
  EXPECT_NE(
      text.errors.find("error: survey, row 4, column calculation: There is no question called "
                       "\"aa\", was a meant?"),
      std::string::npos)
      << text.errors;
  EXPECT_NE(text.errors.find("error: survey, row 5, column calculation: "), std::string::npos)
      << text.errors;
  const ProgramResult list = run({"check", "broken.md", "--json"});
  EXPECT_EQ(list.exit_status, 1);
  const json problems = json::parse(list.errors);
  ASSERT_EQ(problems.size(), 3U);
  for (const json& problem : problems) {
    EXPECT_EQ(problem["sheet"], "survey");
    EXPECT_TRUE(problem["row"].is_number());
    EXPECT_TRUE(problem["column"].is_string());
    EXPECT_TRUE(problem["message"].is_string());
  }
  const ProgramResult good = run({"check", "form.xml", "--json"});
  EXPECT_EQ(good.exit_status, 0) << good.errors;
  EXPECT_EQ(good.output, "[]\n");
}

TEST_F(FormCommand, ConvertWritesAFormThatChecks) {
  folder.put("form.md", as_bytes("| survey |\n| | type | name | label | choice_filter |\n"
                                 "| | text | s | S | |\n"
                                 "| | select_one_external town | t | T | state=${s} |\n"
                                 "| external_choices |\n| | list_name | name | label | state |\n"
                                 "| | town | osh | Osh | south |\n"));
  const ProgramResult piped = run({"convert", "form.md"});
  EXPECT_EQ(piped.exit_status, 0) << piped.errors;
  EXPECT_NE(piped.output.find("<h:html"), std::string::npos);
  std::filesystem::create_directory(folder.file("out"));
  const ProgramResult written = run({"convert", "form.md", "-o", "out/form.xml"});
  EXPECT_EQ(written.exit_status, 0) << written.errors;
  EXPECT_TRUE(as_text(folder.get("out/form.xml")) == piped.output);
  EXPECT_NE(as_text(folder.get("out/itemsets.csv")).find("\"osh\""), std::string_view::npos);
  EXPECT_EQ(run({"check", "out/form.xml"}).exit_status, 0);
  const ProgramResult broken = run({"convert", "broken.md", "-o", "out/broken.xml", "--json"});
  EXPECT_EQ(broken.exit_status, 1);
  EXPECT_EQ(json::parse(broken.errors)[0]["row"], 3);
  EXPECT_FALSE(std::filesystem::exists(folder.file("out/broken.xml")));
  const ProgramResult old = run({"convert", VIGIL_SOURCE_DIR "/tests/vectors/xlsform/old.xls"});
  EXPECT_EQ(old.exit_status, 1);
  EXPECT_NE(old.errors.find(".xlsx"), std::string::npos) << old.errors;
}

TEST_F(FormCommand, BenchPrintsOneLineOfFigures) {
  folder.put("ops.jsonl",
             as_bytes("{\"phase\":\"flat\",\"ref\":\"/data/a\",\"value\":\"x\"}\n"
                      "{\"phase\":\"grow\",\"op\":\"add_repeat\",\"ref\":\"/data/person\"}\n"
                      "{\"phase\":\"flat\",\"ref\":\"/data/nope\",\"value\":\"x\"}\n"));
  const ProgramResult result = run({"bench", "form.xml", "ops.jsonl", "-o", "final.xml"});
  ASSERT_EQ(result.exit_status, 0) << result.errors;
  const json line = json::parse(result.output);
  EXPECT_TRUE(line["load_ms"].is_number());
  EXPECT_TRUE(line["rss_mb"].is_number());
  for (const char* member : {"n", "median_ms", "p95_ms", "p99_ms", "max_ms", "total_ms"}) {
    EXPECT_TRUE(line["set"]["flat"].contains(member)) << member;
    EXPECT_TRUE(line["set"]["grow"].contains(member)) << member;
  }
  EXPECT_EQ(line["set"]["flat"]["n"], 1);
  EXPECT_EQ(line["set"]["flat"]["refused"], 1);
  EXPECT_NE(as_text(folder.get("final.xml")).find("<a>x</a>"), std::string_view::npos);
}

}  // namespace
}  // namespace vigil
