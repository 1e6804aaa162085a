// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/visit/finalise.h"

namespace vigil::visit {
namespace {

VisitFile example() {
  return {"RIVER-08",
          "ИВС \"Северный\"",
          "interim",
          {},
          1795329417000,
          1795339417000,
          {{"police-custody", "3", "r1-", "uuid:1"}, {"core", "1", "r2-", "uuid:2"}},
          std::nullopt};
}

TEST(VisitFile, ComesBackAsItWas) {
  const std::string text = emit_visit_file(example());
  const auto read = parse_visit_file(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(emit_visit_file(*read), text);
  EXPECT_EQ(read->place, "ИВС \"Северный\"");
  ASSERT_EQ(read->records.size(), 2U);
  EXPECT_EQ(read->records[1].prefix, "r2-");
}

TEST(VisitFile, AnAmendmentNamesWhatItCorrects) {
  VisitFile amendment = example();
  amendment.amends = bundle::BundleId{};
  amendment.amends->value.fill(0xa7);
  const std::string text = emit_visit_file(amendment);
  const auto read = parse_visit_file(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->amends, amendment.amends);
  std::string spoiled = text;
  spoiled.replace(spoiled.find("a7a7"), 4, "zzzz");
  EXPECT_FALSE(parse_visit_file(spoiled).has_value());
  EXPECT_FALSE(parse_visit_file(emit_visit_file(example()))->amends.has_value());
}

TEST(VisitFile, EveryCutAndEveryExtraByteIsRefused) {
  const std::string text = emit_visit_file(example());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(parse_visit_file(text.substr(0, size)).has_value()) << size;
  EXPECT_FALSE(parse_visit_file(text + "\n").has_value());
  EXPECT_FALSE(parse_visit_file(" " + text).has_value());
}

TEST(VisitFile, ANewerFormatSaysSo) {
  std::string text = emit_visit_file(example());
  text.replace(text.find("vigil-visit-1"), 13, "vigil-visit-3");
  text.insert(text.find(",\"place\""), ",\"what\":\"nobody knows yet\"");
  const auto read = parse_visit_file(text);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "visit.file");
  EXPECT_NE(read.error().message.find("newer Vigil"), std::string::npos) << read.error().message;
}

TEST(VisitFile, TeamAndTasksComeBackAndWithoutThemItStaysOfTheFirstFormat) {
  VisitFile visit = example();
  EXPECT_TRUE(emit_visit_file(visit).starts_with("{\"format\":\"vigil-visit-1\",\"code\""));
  for (const vault::Team& team : {vault::Team{4, {"interviews", "registers"}}, vault::Team{2, {}},
                                  vault::Team{0, {"health"}}}) {
    visit.team = team;
    const std::string text = emit_visit_file(visit);
    EXPECT_TRUE(text.starts_with("{\"format\":\"vigil-visit-2\",\"code\"")) << text;
    const auto read = parse_visit_file(text);
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(read->team, team);
    EXPECT_EQ(emit_visit_file(*read), text);
    for (std::size_t size = 0; size < text.size(); ++size)
      EXPECT_FALSE(parse_visit_file(text.substr(0, size)).has_value()) << size;
  }
}

TEST(VisitFile, ATeamThatNoVigilWritesIsRefused) {
  VisitFile visit = example();
  visit.team = {4, {"interviews"}};
  const std::string good = emit_visit_file(visit);
  const std::string team = "{\"persons\":4,\"tasks\":[\"interviews\"]}";
  ASSERT_NE(good.find(team), std::string::npos) << good;
  for (const char* bad :
       {"{\"persons\":0,\"tasks\":[]}", "{\"persons\":100,\"tasks\":[]}",
        "{\"persons\":-1,\"tasks\":[\"a\"]}", "{\"persons\":4}", "{\"tasks\":[\"a\"]}",
        "{\"persons\":4,\"tasks\":[\"\"]}", "{\"persons\":4,\"tasks\":[\"a b\"]}",
        "{\"persons\":4,\"tasks\":[\"Anna\"]}", "{\"persons\":4,\"tasks\":[\"a\",\"a\"]}",
        "{\"persons\":4,\"tasks\":[7]}", "{\"persons\":4,\"tasks\":[],\"names\":[]}", "4"}) {
    std::string text = good;
    text.replace(text.find(team), team.size(), bad);
    const auto read = parse_visit_file(text);
    ASSERT_FALSE(read.has_value()) << bad;
    EXPECT_EQ(read.error().code, "visit.file") << bad;
  }
}

}  // namespace
}  // namespace vigil::visit
