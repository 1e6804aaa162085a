// SPDX-License-Identifier: Apache-2.0
//
// Workbooks as small Markdown tables: what becomes of them, and what an author is told.
#include "forms/xlsform/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigil::forms {
namespace {

using testing::HasSubstr;
using testing::Not;

Conversion converted(std::string_view markdown) {
  auto result = convert_xlsform(as_bytes(markdown), "form.md");
  if (!result.has_value()) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return *std::move(result);
}

std::string xml_of(std::string_view markdown) {
  const Conversion conversion = converted(markdown);
  for (const FormProblem& problem : conversion.errors) ADD_FAILURE() << problem.message;
  return conversion.xform_xml;
}

// "sheet:row:column message" of the only error.
std::string only_error(std::string_view markdown) {
  const Conversion conversion = converted(markdown);
  EXPECT_FALSE(conversion.accepted);
  EXPECT_TRUE(conversion.xform_xml.empty());
  EXPECT_EQ(conversion.errors.size(), 1U);
  if (conversion.errors.empty()) return {};
  const FormProblem& problem = conversion.errors.front();
  return problem.sheet + ":" + std::to_string(problem.row) + ":" + problem.column + " " +
         problem.message;
}

TEST(Xlsform, MakesAControlABindAndANodeOfAQuestion) {
  const std::string xml = xml_of(R"(
| survey  |
|         | type    | name | label | relevant | required | constraint | constraint_message |
|         | integer | age  | Age?  |          | yes      | . > 0      | Too young          |
|         | text    | name | Name? | ${age}>5 |          |            |                    |
)");
  EXPECT_THAT(xml, HasSubstr("<bind constraint=\". &gt; 0\" nodeset=\"/data/age\" "
                             "required=\"true()\" type=\"int\" jr:constraintMsg=\"Too young\"/>"));
  EXPECT_THAT(xml, HasSubstr("relevant=\" /data/age &gt;5\""));
  EXPECT_THAT(xml, HasSubstr("<input ref=\"/data/name\">\n      <label>Name?</label>"));
  EXPECT_THAT(xml, HasSubstr("<instanceID/>"));
}

TEST(Xlsform, ReferencesWithinARepeatAreRelativeAndAbsoluteFromOutside) {
  const std::string xml = xml_of(R"(
| survey |
|        | type         | name  | label | calculation               |
|        | begin_repeat | who   | Who   |                           |
|        | integer      | age   | Age   |                           |
|        | begin_group  | more  | More  |                           |
|        | calculate    | next  |       | ${age} + 1                |
|        | calculate    | first |       | indexed-repeat(${age}, ${who}, ${next}) |
|        | end_group    |       |       |                           |
|        | end_repeat   |       |       |                           |
|        | calculate    | all   |       | sum(${age})               |
)");
  EXPECT_THAT(xml, HasSubstr("calculate=\" ../../age  + 1\""));
  EXPECT_THAT(xml, HasSubstr("indexed-repeat( /data/who/age ,  /data/who ,  ../next )"));
  EXPECT_THAT(xml, HasSubstr("calculate=\"sum( /data/who/age )\""));
  EXPECT_THAT(xml, HasSubstr("<who jr:template=\"\">"));
}

TEST(Xlsform, TranslationsGoIntoItextAndWhatALanguageLacksIsADash) {
  const std::string xml = xml_of(R"(
| survey  |
|         | type | name | label::English (en) | label::Русский (ru) |
|         | text | a    | Hello               | Привет              |
|         | text | b    | Bye                 |                     |
)");
  EXPECT_THAT(xml, HasSubstr("<translation lang=\"English (en)\">"));
  EXPECT_THAT(xml, HasSubstr("<value>Привет</value>"));
  EXPECT_THAT(xml, HasSubstr("<text id=\"/data/b:label\">\n            <value>-</value>"));
  EXPECT_THAT(xml, HasSubstr("<label ref=\"jr:itext('/data/a:label')\"/>"));
}

TEST(Xlsform, ChoiceFiltersReachTheQuestionThroughCurrentInsideARepeat) {
  const std::string xml = xml_of(R"(
| survey  |
|         | type            | name | label | choice_filter |
|         | begin_repeat    | r    | R     |               |
|         | select_one land | l    | Land  |               |
|         | select_one city | c    | City  | land = ${l}   |
|         | end_repeat      |      |       |               |
| choices |
|         | list_name | name | label | land |
|         | land      | x    | X     |      |
|         | city      | y    | Y     | x    |
)");
  EXPECT_THAT(xml, HasSubstr("instance('city')/root/item[land =  current()/../l ]"));
  EXPECT_THAT(xml, HasSubstr("<land>x</land>"));
}

TEST(Xlsform, ADefaultWithACallIsComputedOnceAndInEachNewRepeat) {
  const std::string xml = xml_of(R"(
| survey |
|        | type         | name | label | default    |
|        | date         | d    | D     | 2026-01-05 |
|        | begin_repeat | r    | R     |            |
|        | text         | t    | T     | now()      |
|        | end_repeat   |      |       |            |
)");
  EXPECT_THAT(xml, HasSubstr("<d>2026-01-05</d>"));
  EXPECT_THAT(xml,
              HasSubstr("event=\"odk-instance-first-load\" ref=\"/data/r/t\" value=\"now()\""));
  EXPECT_THAT(xml, HasSubstr("event=\"odk-new-repeat\" ref=\"/data/r/t\" value=\"now()\""));
}

TEST(Xlsform, AllErrorsOfAWorkbookAreToldInOneGo) {
  const Conversion conversion = converted(R"(
| survey  |
|         | type          | name | label      | relevant |
|         | integr        | a    | A          |          |
|         | select_one yn | b    | B          | ${aa}    |
|         | text          | b    | ${missing} |          |
|         | end_group     |      |            |          |
| choices |
|         | list_name | name | label |
|         | ny        | y    | Yes   |
)");
  EXPECT_FALSE(conversion.accepted);
  std::vector<int> rows;
  for (const FormProblem& problem : conversion.errors) {
    EXPECT_EQ(problem.sheet, "survey");
    EXPECT_FALSE(problem.column.empty());
    rows.push_back(problem.row);
  }
  EXPECT_THAT(rows, testing::ElementsAre(2, 3, 3, 4, 4, 5));
}

TEST(Xlsform, AMistypedNameIsAnsweredWithTheNearestOne) {
  EXPECT_EQ(only_error(R"(
| survey |
|        | type | name    | label |
|        | text | village | V     |
|        | note | n       | ${vilage} |
)"),
            "survey:3:label There is no question called \"vilage\", was village meant?");
  EXPECT_EQ(only_error(R"(
| survey |
|        | type   | name | label |
|        | integr | a    | A     |
)"),
            "survey:2:type \"integr\" is not a type of question, was integer meant?");
  EXPECT_THAT(only_error(R"(
| survey |
|        | type            | name | label |
|        | select_one yesno | a   | A     |
| choices |
|        | list_name | name | label |
|        | yes_no    | y    | Yes   |
)"),
              HasSubstr("was yes_no meant?"));
}

struct Refused {
  std::string_view why;
  std::string_view markdown;
  std::string_view place;
  std::string_view message;
};

class RefusedForm : public testing::TestWithParam<Refused> {};

TEST_P(RefusedForm, NamesTheCellAndTheMistake) {
  const std::string error = only_error(GetParam().markdown);
  EXPECT_THAT(error, testing::StartsWith(std::string(GetParam().place)));
  EXPECT_THAT(error, HasSubstr(std::string(GetParam().message)));
}

INSTANTIATE_TEST_SUITE_P(
    Vectors, RefusedForm,
    testing::Values(
        Refused{"NoSurvey", "| surve |\n| | type | name | label |\n| | text | a | A |\n",
                "survey:0:", "it has \"surve\""},
        Refused{"NoName", "| survey |\n| | type | name | label |\n| | text | | A |\n",
                "survey:2:name", "no name"},
        Refused{"BadName", "| survey |\n| | type | name | label |\n| | text | 1a | A |\n",
                "survey:2:name", "cannot be a name"},
        Refused{"NoLabel", "| survey |\n| | type | name | label |\n| | text | a | |\n",
                "survey:2:label", "no label"},
        Refused{"SameName",
                "| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | a | B |\n",
                "survey:3:name", "twice in the same form"},
        Refused{
            "OpenGroup",
            "| survey |\n| | type | name | label |\n| | begin_group | g | G |\n| | text | a | A "
            "|\n",
            "survey:2:type", "never ended"},
        Refused{
            "WrongEnd",
            "| survey |\n| | type | name | label |\n| | begin_group | g | G |\n| | end_repeat | "
            "| |\n| | end_group | | |\n",
            "survey:3:type", "is still open"},
        Refused{"OpenReference", "| survey |\n| | type | name | label |\n| | note | a | ${b |\n",
                "survey:2:label", "must be ${"},
        Refused{"SameHeaders",
                "| survey |\n| | type | name | label | caption |\n| | text | a | A | B |\n",
                "survey:1:caption", "mean the same"},
        Refused{"NoCalculation", "| survey |\n| | type | name | label |\n| | calculate | a | |\n",
                "survey:2:calculation", "is missing"},
        Refused{
            "DuplicateChoice",
            "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n| choices |\n| | "
            "list_name | name | label |\n| | l | x | X |\n| | l | x | Y |\n",
            "choices:3:name", "twice"},
        Refused{
            "UnseenTrigger",
            "| survey |\n| | type | name | label | calculation | trigger |\n| | calculate | a | "
            "| 1 | |\n| | calculate | b | | 2 | ${a} |\n",
            "survey:3:trigger", "never shown"},
        Refused{
            "BadParameter",
            "| survey |\n| | type | name | label | parameters |\n| | range | a | A | stop=3 |\n",
            "survey:2:parameters", "no parameter stop"},
        Refused{"EntityWithoutLabel",
                "| survey |\n| | type | name | label |\n| | text | a | A |\n| entities |\n| | "
                "list_name |\n| | people |\n",
                "entities:2:label", "needs a label"}),
    [](const auto& one) { return std::string(one.param.why); });

TEST(Xlsform, ABadExpressionIsNamedButLeftToTheChecker) {
  const Conversion conversion = converted(R"(
| survey |
|        | type    | name | label | constraint |
|        | integer | a    | A     | . > (1     |
)");
  EXPECT_TRUE(conversion.accepted);
  ASSERT_EQ(conversion.expression_errors.size(), 1U);
  EXPECT_EQ(conversion.expression_errors.front().row, 2);
  EXPECT_EQ(conversion.expression_errors.front().column, "constraint");
}

TEST(Xlsform, QuestionsThatDependOnThemselvesAreNamedAsACircle) {
  const Conversion conversion = converted(R"(
| survey |
|        | type      | name | label | calculation | relevant |
|        | calculate | a    |       | ${b} + 1    |          |
|        | calculate | b    |       | ${c}        |          |
|        | calculate | c    |       | 3           | ${a} > 2 |
)");
  ASSERT_EQ(conversion.expression_errors.size(), 1U);
  EXPECT_THAT(conversion.expression_errors.front().message, HasSubstr("a -> b -> c -> a"));
}

TEST(Xlsform, GroupsNestedWithoutEndAreRefusedWithinTheBound) {
  std::string markdown = "| survey |\n| | type | name | label |\n";
  for (int i = 0; i < 10'000; ++i)
    markdown += "| | begin_group | g" + std::to_string(i) + " | G |\n";
  for (int i = 0; i < 10'000; ++i) markdown += "| | end_group | | |\n";
  const Conversion conversion = converted(markdown);
  EXPECT_FALSE(conversion.accepted);
  EXPECT_THAT(conversion.errors.front().message, HasSubstr("nest deeper"));
}

TEST(Xlsform, ACalculationChainAsLongAsTheFormIsWalkedWithoutRecursion) {
  std::string markdown =
      "| survey |\n| | type | name | label | calculation |\n| | calculate | q0 | | 1 |\n";
  for (int i = 1; i < 20'000; ++i) {
    markdown +=
        "| | calculate | q" + std::to_string(i) + " | | ${q" + std::to_string(i - 1) + "} + 1 |\n";
  }
  EXPECT_TRUE(converted(markdown).accepted);
}

TEST(Xlsform, OneCsvHoldsAllSheetsOrTheSurveyAlone) {
  constexpr std::string_view kStacked =
      "survey,,,\n,type,name,label\n,select_one yn,a,\"Really, \"\"yes\"\"?\"\n"
      "choices,,,\n,list_name,name,label\n,yn,y,Yes\n";
  const auto stacked = convert_xlsform(as_bytes(kStacked), "form.csv");
  ASSERT_TRUE(stacked.has_value() && stacked->accepted);
  EXPECT_THAT(stacked->xform_xml, HasSubstr("<label>Really, \"yes\"?</label>"));
  const auto alone = convert_xlsform(as_bytes("type,name,label\r\ntext,a,A\r\n"), "form.csv");
  ASSERT_TRUE(alone.has_value() && alone->accepted);
  EXPECT_THAT(alone->xform_xml, HasSubstr("id=\"form\""));
}

}  // namespace
}  // namespace vigil::forms
