// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/xlsform/convert.h"

namespace vigil::forms {
namespace {

using testing::HasSubstr;
using testing::Not;

Conversion converted(std::string_view markdown) {
  auto result = convert_xlsform(as_bytes(markdown), "form.md");
  return result.has_value() ? *std::move(result) : Conversion{};
}

constexpr std::string_view kAskedOfThree = R"(
| survey  |
|         | type          | name  | label::English (en) | label::Русский (ru) | hint::English (en) | relevant | required | constraint | vigil::sources |
|         | integer       | age   | Age                 | Возраст             |                    |          |          |            |                |
|         | select_one yn | water | Was there water?    | Была ли вода?       | Ask each           | ${age}>1 | yes      |            | seen staff detainee |
|         | text          | why   | Why?                | Почему?             |                    | ${water/seen} != ${water/staff} |  |  |  |
| choices |
|         | list_name | name | label::English (en) | label::Русский (ru) |
|         | yn        | y    | Yes                 | Да                  |
)";

TEST(VigilColumns, AQuestionAskedPerSourceIsAGroupWithOneControlEach) {
  const Conversion conversion = converted(kAskedOfThree);
  ASSERT_TRUE(conversion.accepted);
  const std::string& xml = conversion.xform_xml;
  EXPECT_THAT(xml, HasSubstr("<group appearance=\"field-list\" ref=\"/data/water\" "
                             "vigil:sources=\"seen staff detainee\">"));
  EXPECT_THAT(xml, HasSubstr("<select1 ref=\"/data/water/detainee\">"));
  EXPECT_THAT(xml, HasSubstr("<value>Задержанный</value>"));
  EXPECT_THAT(xml, HasSubstr("<value>Detainee</value>"));
  EXPECT_THAT(xml, HasSubstr("<hint ref=\"jr:itext('/data/water:hint')\"/>"));
  EXPECT_THAT(xml, HasSubstr("xmlns:vigil=\"urn:x-vigil:xforms\""));
}

TEST(VigilColumns, RelevanceIsTheGroupsAndRequiredIsMetByAnySource) {
  const std::string xml = converted(kAskedOfThree).xform_xml;
  EXPECT_THAT(xml, HasSubstr("<bind nodeset=\"/data/water\" relevant=\" /data/age &gt;1\"/>"));
  EXPECT_THAT(xml, HasSubstr("<bind nodeset=\"/data/water/seen\" required=\"(true()) and "
                             "string(../seen) = '' and string(../staff) = '' and "
                             "string(../detainee) = ''\" type=\"string\"/>"));
  EXPECT_THAT(xml, HasSubstr("relevant=\" /data/water/seen  !=  /data/water/staff \""));
}

TEST(VigilColumns, ATitleInOtherLanguagesIsATextThatNothingRefersTo) {
  const Conversion conversion = converted(R"(
| survey |
|        | type | name | label::English (en) | label::Русский (ru) | label::Кыргызча (ky) |
|        | text | a    | A                   | А                   | А                    |
| settings |
|        | form_title | form_id | default_language | vigil::title::Русский (ru) | vigil::titel |
|        | Police & co | p      | English (en)     | Полиция <1>                | x            |
)");
  ASSERT_TRUE(conversion.accepted);
  const std::string& xml = conversion.xform_xml;
  EXPECT_THAT(xml, HasSubstr("<h:title>Police &amp; co</h:title>"));
  EXPECT_THAT(xml, HasSubstr("<text id=\"vigil:title\">"));
  EXPECT_THAT(xml, HasSubstr("<value>Полиция &lt;1&gt;</value>"));
  EXPECT_THAT(xml, Not(HasSubstr("jr:itext('vigil:title')")));
  ASSERT_FALSE(conversion.warnings.empty());
  EXPECT_THAT(conversion.warnings.front().message, HasSubstr("vigil::titel"));
}

TEST(VigilColumns, SensitivityIsInheritedFromTheGroupAndMayBeChanged) {
  const std::string xml = converted(R"(
| survey |
|        | type        | name | label | vigil::sensitivity | vigil::standard     | vigil::limit |
|        | begin_group | g    | G     | 2                  |                     |              |
|        | text        | a    | A     |                    | CPT/Inf(92)3, § 36  | judge-hours  |
|        | text        | b    | B     | 3                  |                     |              |
|        | end_group   |      |       |                    |                     |              |
)")
                              .xform_xml;
  EXPECT_THAT(xml,
              HasSubstr("<bind nodeset=\"/data/g/a\" type=\"string\" vigil:limit=\"judge-hours\" "
                        "vigil:sensitivity=\"2\" vigil:standard=\"CPT/Inf(92)3, § 36\"/>"));
  EXPECT_THAT(xml, HasSubstr("nodeset=\"/data/g/b\" type=\"string\" vigil:sensitivity=\"3\""));
}

TEST(VigilColumns, TheNamespaceIsDeclaredOnlyWhereItIsUsed) {
  EXPECT_THAT(converted("| survey |\n| | type | name | label |\n| | text | a | A |\n").xform_xml,
              Not(HasSubstr("x-vigil")));
}

TEST(VigilColumns, AListOfTheWorkbookNamesTheSourcesInItsOwnWords) {
  const Conversion conversion = converted(R"(
| survey  |
|         | type | name | label | vigil::sources |
|         | text | a    | A     | seen doctor    |
| choices |
|         | list_name     | name   | label      |
|         | vigil_sources | doctor | The doctor |
)");
  ASSERT_TRUE(conversion.accepted);
  EXPECT_THAT(conversion.xform_xml, HasSubstr("<label>The doctor</label>"));
  EXPECT_THAT(conversion.xform_xml, HasSubstr("<label>Seen</label>"));
}

TEST(VigilColumns, WrongValuesAreErrorsOfTheirCells) {
  const Conversion conversion = converted(R"(
| survey |
|        | type        | name | label | vigil::sources | vigil::sensitivity | vigil::limit |
|        | text        | a    | A     | seen saff      |                    |              |
|        | text        | b    | B     |                | 4                  |              |
|        | text        | c    | C     |                |                    | two words    |
|        | note        | d    | D     | seen           |                    |              |
)");
  ASSERT_EQ(conversion.errors.size(), 4U);
  EXPECT_EQ(conversion.errors[0].column, "vigil::sources");
  EXPECT_THAT(conversion.errors[0].message, HasSubstr("was staff meant?"));
  EXPECT_EQ(conversion.errors[1].column, "vigil::sensitivity");
  EXPECT_EQ(conversion.errors[2].column, "vigil::limit");
  EXPECT_EQ(conversion.errors[3].row, 5);
}

}  // namespace
}  // namespace vigil::forms
