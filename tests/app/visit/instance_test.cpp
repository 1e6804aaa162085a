// SPDX-License-Identifier: Apache-2.0
#include "app/visit/instance.h"

#include <gtest/gtest.h>

namespace vigil::visit {
namespace {

using vault::Answer;

std::string value_at(const std::vector<Answer>& answers, std::string_view ref) {
  for (const Answer& answer : answers)
    if (answer.ref == ref) return answer.value;
  return "(absent)";
}

TEST(Instance, AnswersComeBackFromTheirXml) {
  const std::vector<Answer> answers = {
      {"/data/a", "1 < 2 & \"three\""}, {"/data/g/b", "две строки\nвторая"},
      {"/data/person[1]", ""},          {"/data/person[1]/age", "17"},
      {"/data/person[2]", ""},          {"/data/person[2]/age", "44"}};
  const std::string xml = instance_from_answers("form", "7", answers);
  const auto read = answers_from_instance(xml);
  ASSERT_TRUE(read.has_value());
  for (const Answer& answer : answers)
    if (!answer.value.empty()) {
      EXPECT_EQ(value_at(*read, answer.ref), answer.value) << answer.ref;
    }
  EXPECT_NE(xml.find("id=\"form\""), std::string::npos);
  EXPECT_NE(xml.find("version=\"7\""), std::string::npos);
}

TEST(Instance, AnInstanceWithoutAnswersKeepsItsPlace) {
  const std::string xml =
      instance_from_answers("f", "1", {{"/data/person[1]", ""}, {"/data/person[2]/age", "9"}});
  const auto read = answers_from_instance(xml);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(value_at(*read, "/data/person[2]/age"), "9");
}

TEST(Instance, WhiteSpaceIsPartOfAnAnswer) {
  const auto read = answers_from_instance(instance_from_answers("f", "1", {{"/data/a", "  x "}}));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(value_at(*read, "/data/a"), "  x ");
}

TEST(Instance, ABrokenDocumentIsRefused) {
  for (const char* xml : {"", "<data>", "no xml", "<data><a></b></data>"}) {
    const auto read = answers_from_instance(xml);
    ASSERT_FALSE(read.has_value()) << xml;
    EXPECT_EQ(read.error().code, "instance.xml");
  }
}

TEST(Instance, DeclaredEntitiesAreNotExpanded) {
  const auto read =
      answers_from_instance("<!DOCTYPE d [<!ENTITY e \"boom\">]><data><a>&e;</a></data>");
  if (read) {
    EXPECT_EQ(value_at(*read, "/data/a").find("boom"), std::string::npos);
  }
}

TEST(Instance, NoAnswersMakeNoDocument) {
  EXPECT_EQ(instance_from_answers("f", "1", {}), "");
}

TEST(MergeAnswers, TheSecondFillsWhatTheFirstLeftOut) {
  const auto merged =
      merge_answers({{"/d/a", "1"}, {"/d/b", ""}}, {{"/d/a", "9"}, {"/d/b", "2"}, {"/d/c", "3"}});
  EXPECT_EQ(value_at(merged, "/d/a"), "1");
  EXPECT_EQ(value_at(merged, "/d/b"), "2");
  EXPECT_EQ(value_at(merged, "/d/c"), "3");
}

}  // namespace
}  // namespace vigil::visit
