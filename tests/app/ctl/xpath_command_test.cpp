// SPDX-License-Identifier: Apache-2.0
//
// vigilctl xpath as a script meets it: one expression, or a JSON object a line.
#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil {
namespace {

using test::ProgramResult;
using test::run_program;

class XpathCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder.put("doc.xml", as_bytes("<root xmlns:e=\"http://e\"><a x=\"1\">one</a><a x=\"2\">two</a>"
                                   "<e:b>three</e:b><n>5</n></root>"));
    folder.put("form.xml",
               as_bytes("<h:html xmlns=\"http://www.w3.org/2002/xforms\" "
                        "xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><model><itext>"
                        "<translation lang=\"English (en)\"><text id=\"l\"><value>Name</value>"
                        "</text></translation><translation lang=\"French (fr)\"><text id=\"l\">"
                        "<value>Nom</value></text></translation></itext><instance><data/>"
                        "</instance></model></h:head><h:body/></h:html>"));
  }
  [[nodiscard]] ProgramResult run(std::vector<std::string> arguments,
                                  std::string_view input = {}) const {
    arguments.insert(arguments.begin(), {VIGIL_BIN_DIR "/vigilctl", "xpath"});
    return run_program(arguments, input, folder.path());
  }
  // The answer of one expression, without its line end.
  [[nodiscard]] std::string ask(std::vector<std::string> arguments) const {
    const ProgramResult result = run(std::move(arguments));
    EXPECT_EQ(result.exit_status, 0) << result.errors;
    return result.output.substr(0, result.output.find('\n'));
  }
  const test::TemporaryFolder folder;
};

TEST_F(XpathCommand, AnswersEachTypeWithItsValue) {
  EXPECT_EQ(ask({"1 + 1"}), R"({"type":"number","value":2})");
  EXPECT_EQ(ask({"1 div 0"}), R"({"type":"number","value":"Infinity"})");
  EXPECT_EQ(ask({"number('x')"}), R"({"type":"number","value":"NaN"})");
  EXPECT_EQ(ask({"concat('a', 2)"}), R"({"type":"string","value":"a2"})");
  EXPECT_EQ(ask({"--document", "doc.xml", "/root/a = 'two'"}),
            R"({"type":"boolean","value":true})");
  EXPECT_EQ(ask({"--document", "doc.xml", "/root/a"}),
            R"({"type":"nodeset","value":["/*[1]/*[1]","/*[1]/*[2]"]})");
  EXPECT_EQ(ask({"--document", "doc.xml", "//@x"}),
            R"({"type":"nodeset","value":["/*[1]/*[1]/@x","/*[1]/*[2]/@x"]})");
}

TEST_F(XpathCommand, StartsWhereContextAndRootSay) {
  EXPECT_EQ(ask({"--document", "doc.xml", "--context", "/*[1]/*[2]", "string(.)"}),
            R"({"type":"string","value":"two"})");
  EXPECT_EQ(ask({"--document", "doc.xml", "--context", "/*[1]/*[2]/@x", "number(.)"}),
            R"({"type":"number","value":2})");
  EXPECT_EQ(ask({"--document", "doc.xml", "--root", "/*[1]/*[4]", "/ + 1"}),
            R"({"type":"number","value":6})");
}

TEST_F(XpathCommand, TakesClockZoneAndLanguage) {
  EXPECT_EQ(ask({"--now", "2026-11-22T10:00:00-07:00", "--tz", "Asia/Almaty",
                 "format-date-time(now(), '%Y-%m-%d %H:%M')"}),
            R"({"type":"string","value":"2026-11-22 22:00"})");
  EXPECT_EQ(ask({"--document", "form.xml", "--language", "French (fr)", "string(jr:itext('l'))"}),
            R"({"type":"string","value":"Nom"})");
  EXPECT_EQ(ask({"--document", "form.xml", "--language", "English (en)", "string(jr:itext('l'))"}),
            R"({"type":"string","value":"Name"})");
}

TEST_F(XpathCommand, EveryLineIsAnsweredAlsoAfterAWrongOne) {
  const ProgramResult result = run(
      {},
      "{\"document\":\"doc.xml\",\"expr\":\"string(/root/e:b)\",\"namespaces\":{\"e\":\"http://"
      "e\"}}\n"
      "{\"document\":\"doc.xml\",\"expr\":\"count(/root/q:b)\",\"namespaces\":{\"q\":\"http://"
      "e\"}}\n"
      "\n"
      "{\"document\":\"<r><q>7</q></r>\",\"expr\":\"/r/q + 1\"}\n"
      "{\"expr\":\"today()\",\"now\":\"2026-11-22T23:30:00-07:00\",\"tz\":\"America/Phoenix\"}\n"
      "{\"expr\":5}\n"
      "{\"document\":\"doc.xml\"}\n"
      "{\"expr\":\"1 +\"}\n"
      "{\"expr\":\"foo()\"}\n"
      "{\"expr\":\"1\",\"what\":1}\n"
      "nonsense\n"
      "{\"document\":\"absent.xml\",\"expr\":\"1\"}\n"
      "{\"document\":\"doc.xml\",\"context\":\"/*[9]\",\"expr\":\"1\"}\n"
      "{\"expr\":\"1\",\"now\":\"yesterday\"}\n"
      "{\"expr\":\"1\",\"tz\":\"Mars/One\"}\n"
      "{\"document\":null,\"expr\":\"true()\"}\n");
  EXPECT_EQ(result.exit_status, 0) << result.errors;
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < result.output.size();) {
    const std::size_t end = result.output.find('\n', at);
    lines.push_back(result.output.substr(at, end - at));
    at = end + 1;
  }
  ASSERT_EQ(lines.size(), 15U) << result.output;
  EXPECT_EQ(lines[0], R"({"type":"string","value":"three"})");
  EXPECT_EQ(lines[1], R"({"type":"number","value":1})");
  EXPECT_EQ(lines[2], R"({"type":"number","value":8})");
  EXPECT_EQ(lines[3], R"({"type":"string","value":"2026-11-22"})");
  const std::vector<std::string> codes{"xpath.line",          "xpath.line", "expression.syntax",
                                       "expression.function", "xpath.line", "xpath.line",
                                       "files.not_found"};
  for (std::size_t i = 0; i < codes.size(); ++i)
    EXPECT_NE(lines[4 + i].find("\"code\":\"" + codes[i] + "\""), std::string::npos)
        << lines[4 + i];
  for (std::size_t i = 11; i < 14; ++i) EXPECT_TRUE(lines[i].starts_with("{\"error\"")) << lines[i];
  EXPECT_EQ(lines[14], R"({"type":"boolean","value":true})");
}

TEST_F(XpathCommand, WrongUseIsToldOnStandardErrorWithItsExitStatus) {
  const ProgramResult syntax = run({"1 +"});
  EXPECT_EQ(syntax.exit_status, 1);
  EXPECT_TRUE(syntax.output.empty());
  EXPECT_NE(syntax.errors.find("the expression ends"), std::string::npos) << syntax.errors;
  EXPECT_EQ(run({"--document", "absent.xml", "1"}).exit_status, 3);
  EXPECT_EQ(run({"--document", "doc.xml", "--context", "/*[9]", "1"}).exit_status, 2);
  EXPECT_EQ(run({"--now", "soon", "1"}).exit_status, 2);
  EXPECT_EQ(run({"--tz", "Mars/One", "1"}).exit_status, 2);
  EXPECT_EQ(run({"--what", "1"}).exit_status, 2);
}

}  // namespace
}  // namespace vigil
