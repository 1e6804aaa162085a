// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/limits.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "app/words/catalogues.h"
#include "platform/posix_files.h"

namespace vigil::tablet {
namespace {

constexpr char kCsv[] =
    "id,country,what_en,what_ru,comparison,value,unit,since,source,status\n"
    "judge.hours,,Detention to judge,x,<=,48,h,,\"HRC, para. 33\",draft\r\n"
    "judge.hours,KZ,\"a \"\"quoted\"\" word\",x,<=,72,h,2026-01-27,Code,verified\n"
    "space,,x,x,>=,4,m2,,CPT,verified\n"
    "bad,,x,x,==,4,m2,,CPT,verified\n"
    "bad,,x,x,<=,four,m2,,CPT,verified\n";

TEST(Limits, RowsThatCannotBeReadAreLeftOut) {
  const auto limits = parse_limits(kCsv);
  ASSERT_EQ(limits.size(), 3U);
  EXPECT_EQ(limits[0].source, "HRC, para. 33");
  EXPECT_EQ(limits[1].country, "KZ");
  EXPECT_TRUE(parse_limits("").empty());
  EXPECT_TRUE(parse_limits("\"").empty());
}

TEST(Limits, SayWhereTheyHoldAndWhetherTheyAreChecked) {
  const auto limits = parse_limits(kCsv);
  const LimitWords within = limit_words({}, limits, "judge.hours", 40);
  EXPECT_EQ(within.text,
            "Limit: at most 48 h · international · draft, not yet checked\n"
            "Limit: at most 72 h · Kazakhstan");
  EXPECT_EQ(within.about,
            "Detention to judge · 48 h · international · HRC, para. 33\n"
            "a \"quoted\" word · 72 h · Kazakhstan · Code · since 2026-01-27");
  EXPECT_FALSE(within.exceeded);
  EXPECT_TRUE(limit_words({}, limits, "judge.hours", 50).exceeded);
  EXPECT_TRUE(limit_words({}, limits, "space", 3.9).exceeded);
  EXPECT_FALSE(limit_words({}, limits, "space", 4).exceeded);
  EXPECT_FALSE(limit_words({}, limits, "space", std::nullopt).exceeded);
  EXPECT_EQ(limit_words({}, limits, "unknown", 1).text, "");
}

TEST(Limits, AreNamedInTheLanguageOfTheScreenElseInEnglish) {
  ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
  const words::Words kyrgyz = words::load_words(*platform::posix_files(), "ky");
  const auto limits = parse_limits(
      "id,country,what_en,what_ky,comparison,value,unit,source,status\n"
      "space,,Space,Аянт,>=,4,m2,,verified\nheight,,Height,,>=,2,m,,verified\n");
  EXPECT_TRUE(limit_words(kyrgyz, limits, "space", 3).about.starts_with("Аянт · "));
  EXPECT_TRUE(limit_words(kyrgyz, limits, "height", 3).about.starts_with("Height · "));
}

TEST(Limits, LessThanLeavesTheBoundItselfOutside) {
  const auto limits = parse_limits(
      "id,country,comparison,value,unit,source,status\nsolitary.def,,<,22,h,,verified\n");
  EXPECT_FALSE(limit_words({}, limits, "solitary.def", 21.9).exceeded);
  EXPECT_TRUE(limit_words({}, limits, "solitary.def", 22).exceeded);
  EXPECT_NE(limit_words({}, limits, "solitary.def", 21).text.find("less than 22 h"),
            std::string::npos);
}

TEST(Limits, NumbersHaveTheDecimalMarkOfTheLanguage) {
  ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
  const words::Words russian = words::load_words(*platform::posix_files(), "ru");
  const auto limits = parse_limits(
      "id,country,what_en,what_ru,comparison,value,unit,source,status\n"
      "space,KZ,Space,Площадь,>=,2.5,m2,,verified\n");
  EXPECT_EQ(limit_words({}, limits, "space", 3).text, "Limit: at least 2.5 m² · Kazakhstan");
  EXPECT_EQ(limit_words(russian, limits, "space", 3).text, "Предел: не менее 2,5 м² · Казахстан");
  EXPECT_EQ(limit_words(russian, limits, "space", 3).about, "Площадь · 2,5 м² · Казахстан");
}

}  // namespace
}  // namespace vigil::tablet
