// SPDX-License-Identifier: Apache-2.0
//
// What XLSForm allows and what it does not, a small workbook for each rule. A rule of refusal says
// which cell is named and a piece of the sentence; one of acceptance a piece of the XForm.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/xlsform/convert.h"

namespace vigil::forms {
namespace {

struct Rule {
  std::string_view name;
  // Sheets with rows of cells: "survey: type|name|label; text|a|A", a sheet a line.
  std::string_view sheets;
  // "" or "sheet:row:column piece of the message".
  std::string_view refused;
  std::string_view xml;      // must stand in the XForm
  std::string_view not_xml;  // must not
  std::string_view warning;  // a piece of some warning
};

std::string markdown_of(std::string_view sheets) {
  std::string out;
  while (!sheets.empty()) {
    const std::size_t end = std::min(sheets.find('\n'), sheets.size());
    std::string_view line = sheets.substr(0, end);
    sheets.remove_prefix(std::min(end + 1, sheets.size()));
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    out += "| " + std::string(line.substr(0, colon)) + " |\n";
    line.remove_prefix(colon + 2);
    while (!line.empty()) {
      const std::size_t row = std::min(line.find("; "), line.size());
      out += "| | " + std::string(line.substr(0, row)) + " |\n";
      line.remove_prefix(std::min(row + 2, line.size()));
    }
  }
  return out;
}

class XlsformRule : public testing::TestWithParam<Rule> {};

TEST_P(XlsformRule, Holds) {
  const Rule& rule = GetParam();
  const std::string markdown = markdown_of(rule.sheets);
  const auto result = convert_xlsform(as_bytes(markdown), "form.md");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  std::string errors;
  bool found = rule.refused.empty();
  for (const FormProblem& problem : result->errors) {
    const std::string place =
        problem.sheet + ":" + std::to_string(problem.row) + ":" + problem.column;
    errors += place + " " + problem.message + "\n";
    const std::size_t space = rule.refused.find(' ');
    found = found || (place == rule.refused.substr(0, space) && space != std::string::npos &&
                      problem.message.find(rule.refused.substr(space + 1)) != std::string::npos);
  }
  EXPECT_EQ(result->accepted, rule.refused.empty()) << markdown << errors;
  EXPECT_TRUE(found) << "no error " << rule.refused << " among\n" << errors;
  EXPECT_THAT(result->xform_xml, testing::HasSubstr(rule.xml));
  if (!rule.not_xml.empty()) {
    EXPECT_THAT(result->xform_xml, testing::Not(testing::HasSubstr(rule.not_xml)));
  }
  const bool warned = std::ranges::any_of(result->warnings, [&](const FormProblem& problem) {
    return problem.message.find(rule.warning) != std::string::npos;
  });
  EXPECT_TRUE(rule.warning.empty() || warned) << rule.warning;
}

// clang-format off
const std::vector<Rule> kRules{
    {"TitleAndIdAsRows", "survey: type|name|label; set form title|My title|; set form id|my_id|; text|a|A", "", "<h:title>My title</h:title>", "", ""},
    {"IdAsRow", "survey: type|name|label; form_id|my_id|; text|a|A", "", "id=\"my_id\"", "", ""},
    {"FormIdBeforeIdString", "survey: type|name|label; text|a|A\nsettings: id_string|form_id; y|x", "", "id=\"x\"", "", "only form_id counts"},
    {"TwoTitles", "survey: type|name|label; text|a|A\nsettings: form_title|title; y|x", "settings:1:title mean the same", "", "", ""},
    {"InstanceIdPreload", "survey: type|name|label; text|a|A\nsettings: instance_id; custom", "", "jr:preload=\"custom\"", "", ""},
    {"NoInstanceId", "survey: type|name|label; text|a|A\nsettings: omit_instanceID; yes", "", "", "instanceID", ""},
    {"NoInstanceIdWhereEncrypted", "survey: type|name|label; text|a|A\nsettings: omit_instanceID|public_key; yes|k", "settings:2:omit_instanceID encryption", "", "", ""},
    {"SpacesInSurveyBecomeOne", "survey: type|name|label; text|a|A  b", "", "<label>A b</label>", "", ""},
    {"SpacesInSurveyKept", "survey: type|name|label; text|a|A  b\nsettings: clean_text_values; no", "", "<label>A  b</label>", "", ""},
    {"SpacesInChoicesKept", "survey: type|name|label; select_one c|a|A\nchoices: list_name|name|label; c|x|A  b", "", "<label>A  b</label>", "", ""},
    {"NoBreakSpace", "survey: type|name|label|relevant; text|a|A|; text|b|B|${a}\xC2\xA0= '1'", "", "relevant=\" /data/a  = '1'\"", "", ""},
    {"ChoiceNameWithSpaceForMany", "survey: type|name|label; select_multiple c|a|A\nchoices: list_name|name|label; c|x y|X", "choices:2:name space in its name", "", "", ""},
    {"ChoiceNameWithSpaceForOne", "survey: type|name|label; select_one c|a|A\nchoices: list_name|name|label; c|x y|X", "", "<name>x y</name>", "", ""},
    {"OtherOfAFile", "survey: type|name|label; select_one_from_file c.csv or_other|a|A", "survey:2:type or_other", "", "", ""},
    {"OtherWithFilter", "survey: type|name|label|choice_filter; select_one c or_other|a|A|true()\nchoices: list_name|name|label; c|x|X", "survey:2:choice_filter or_other", "", "", ""},
    {"OtherWithTranslations", "survey: type|name|label::English (en); select_one c or_other|a|A\nchoices: list_name|name|label::English (en); c|x|X", "", "Specify other.", "", "or_other adds"},
    {"ExternalListUnknown", "survey: type|name|label|choice_filter; text|b|B|; select_one_external towns|a|A|state=${b}\nexternal_choices: list_name|name|state; town|x|s", "survey:3:type was town meant", "", "", ""},
    {"ExternalWithoutFilter", "survey: type|name|label; select_one_external town|a|A\nexternal_choices: list_name|name|state; town|x|s", "", "query=\"instance('town')/root/item\"", "", "choice_filter"},
    {"TableListWithFilter", "survey: type|name|label|appearance|choice_filter; begin_group|g|G|table-list|; select_one c|a|A||true(); end_group||||\nchoices: list_name|name|label; c|x|X", "survey:3:choice_filter table-list", "", "", ""},
    {"ParametersWithSpacesRound", "survey: type|name|label|parameters; image|a|A|max-pixels = 640", "", "orx:max-pixels=\"640\"", "", ""},
    {"ParametersWithMixedMarks", "survey: type|name|label|parameters; select_one c|a|A|randomize=TRUE, seed=3;\nchoices: list_name|name|label; c|x|X", "", "randomize(instance('c')/root/item, 3)", "", ""},
    {"ManyComparedWithAWord", "survey: type|name|label|relevant; select_multiple c|a|A|; text|b|B|${a} = 'x'\nchoices: list_name|name|label; c|x|X", "", "relevant=\" /data/a  = 'x'\"", "", "selected(${a}, 'x')"},
    {"ManyComparedWithAWordTheOtherWayRound", "survey: type|name|label|relevant; select_multiple c|a|A|; text|b|B|'x' != ${a}\nchoices: list_name|name|label; c|x|X", "", "", "", "selected(${a}, 'x')"},
    {"ManyComparedInACalculation", "survey: type|name|label|calculation; select_multiple c|a|A|; calculate|b||if(${a}=\"x\", 1, 0)\nchoices: list_name|name|label; c|x|X", "", "", "", "selected(${a}, 'x')"},
    {"OneComparedWithNoChoiceOfItsList", "survey: type|name|label|relevant; select_one c|a|A|; text|b|B|${a} = 'yess'\nchoices: list_name|name|label; c|yes|X", "", "", "", "\"yess\" is no choice of the list \"c\""},
    {"ParametersWithoutValue", "survey: type|name|label|parameters; integer|a|A|foo", "survey:2:parameters key=value", "", "", ""},
    {"ParametersTwiceEqual", "survey: type|name|label|parameters; text|a|A|rows=2=3", "survey:2:parameters key=value", "", "", ""},
    {"ParameterWordsInCapitals", "survey: type|name|label|parameters; audio|a|A|Quality=Normal", "", "odk:quality=\"normal\"", "", ""},
    {"ParameterUnknown", "survey: type|name|label|parameters; text|a|A|rowss=2", "survey:2:parameters was rows meant", "", "", ""},
    {"RepeatWithoutLabel", "survey: type|name|label; begin_repeat|r|; text|a|A; end_repeat||", "", "<repeat nodeset=\"/data/r\">", "", "has no label"},
    {"RepeatNamedAsTheRoot", "survey: type|name|label; begin_repeat|data|R; text|a|A; end_repeat||", "survey:2:name the form's root", "", "", ""},
    {"RepeatNamedTwice", "survey: type|name|label; begin_repeat|r|R; text|a|A; end_repeat||; begin_group|g|G; begin_repeat|r|R; text|a|A; end_repeat||; end_group||", "survey:6:name another repeat", "", "", ""},
    {"MetaAsName", "survey: type|name|label; begin_group|g|G; text|meta|A; end_group||", "survey:3:name meta", "", "", ""},
    {"CalculationMissing", "survey: type|name|label|calculation; calculate|a||", "survey:2:calculation missing", "", "", ""},
    {"CalculationAsDynamicDefault", "survey: type|name|label|default; calculate|a||now()", "", "<setvalue", "", ""},
    {"TriggerOfNoQuestion", "survey: type|name|label|trigger|calculation; text|q|Q||; calculate|a||${p}|now()", "survey:3:trigger no question called", "", "", ""},
    {"TriggerNotShown", "survey: type|name|label|trigger|calculation; calculate|q|||1; calculate|a||${q}|now()", "survey:3:trigger never shown", "", "", ""},
    {"BackgroundPointWithoutTrigger", "survey: type|name|label|trigger; text|q|Q|; background-geopoint|p||", "survey:3:trigger needs a trigger", "", "", ""},
    {"RemarkRow", "survey: type|name|label|hint; text|a|A|; |||a remark", "", "<a/>", "", "taken for a remark"},
    {"DisabledRow", "survey: type|name|label|disabled; text|a|A|yes; text|b|B|no", "", "<b/>", "<a/>", "no longer part"},
    {"LanguageWithoutColumn", "survey: type|name|label::English (en)|label::French (fr)|hint::English (en); text|a|A|B|h", "", "lang=\"French (fr)\"", "", "\"French (fr)\" has no column for: hint"},
    {"LanguageWithoutCode", "survey: type|name|label::English; text|a|A", "", "lang=\"English\"", "", "have no code: English"},
    {"PictureOfAnySize", "survey: type|name|label; image|a|A", "", "mediatype=\"image/*\"", "", "max-pixels"},
    {"SheetMisspelt", "survey: type|name|label; text|a|A\nsetting: form_id; x", "", "id=\"form\"", "", "is it misspelt"},
    {"SelectWithoutList", "survey: type|name|label; select_one|a|A", "survey:2:type needs the name of a list", "", "", ""},
    {"SourcesSavedToAnEntity", "survey: type|name|label|save_to|vigil::sources; text|a|A|p|seen staff\nentities: dataset|label; things|'x'", "survey:2:save_to asked per source cannot be saved", "", "", ""},
    {"DeviceDoesNotTell", "survey: type|name|label; simserial|s|; text|a|A", "", "jr:preloadParams=\"simserial\"", "", "Hardly any device"},
};
// clang-format on

// What the rules above do not say: where nothing is wrong nothing is said.
TEST(XlsformComparisons, RightOnesAreNotWarnedOf) {
  for (const char* relevant :
       {"${one} = 'yes'", "'yes' = ${one}", "${one} = ''", "${many} != ''",
        "selected(${many}, 'yes')", "${text} = 'anything'", "${one} = ${text}",
        "string-length(${one}) >= 'x'", "concat('${one} = ', 'no')", "${one} = 'other'",
        "${unknown-list} = 'x'"}) {
    const std::string sheets =
        std::string(
            "survey: type|name|label|relevant; select_one c or_other|one|A|; "
            "select_multiple c|many|B|; text|text|C|; select_one_from_file f.csv|"
            "unknown-list|D|; text|last|E|") +
        relevant + "\nchoices: list_name|name|label; c|yes|X";
    const auto result = convert_xlsform(as_bytes(markdown_of(sheets)), "form.md");
    ASSERT_TRUE(result.has_value()) << relevant;
    for (const FormProblem& problem : result->warnings) {
      EXPECT_EQ(problem.message.find("is chosen"), std::string::npos) << relevant;
      EXPECT_EQ(problem.message.find("is no choice"), std::string::npos) << relevant;
    }
  }
}

TEST(XlsformSemicolons, AreSaidWhateverTheSheetIs) {
  const auto one =
      convert_xlsform(as_bytes(std::string_view("type;name;label\ntext;a;A\n")), "form.csv");
  ASSERT_TRUE(one.has_value());
  EXPECT_FALSE(one->accepted);
  ASSERT_FALSE(one->errors.empty());
  const bool said = std::ranges::any_of(one->errors, [](const FormProblem& problem) {
    return problem.sheet == "survey" && problem.message.find("semicolons") != std::string::npos;
  });
  EXPECT_TRUE(said) << one->errors.front().message;
  const auto text =
      convert_xlsform(as_bytes(std::string_view("type,name,label\ntext,a,A;B\n")), "form.csv");
  ASSERT_TRUE(text.has_value());
  EXPECT_TRUE(text->accepted) << "a semicolon in a text is a semicolon";
}

INSTANTIATE_TEST_SUITE_P(All, XlsformRule, testing::ValuesIn(kRules),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace vigil::forms
