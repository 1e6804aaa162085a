// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/body_map.h"

#include <gtest/gtest.h>

#include "app/tablet/screens/points.h"

namespace vigil::tablet {
namespace {

TEST(BodyMap, MarksComeBackAsTheyWere) {
  const std::vector<BodyMark> marks = {{BodyView::kFront, 0.412F, 0.231F, "contusion", 30, 20},
                                       {BodyView::kRight, 1.0F, 0.0F, "other", 0, 0}};
  EXPECT_EQ(text_of(marks), "front 0.412 0.231 contusion 30x20; right 1.000 0.000 other");
  EXPECT_EQ(marks_of(text_of(marks)), marks);
  EXPECT_EQ(text_of({}), "");
  EXPECT_EQ(marks_of(""), std::vector<BodyMark>());
}

TEST(BodyMap, OnlyWhatWasMeasuredAndSaidIsStored) {
  BodyMark mark;
  mark.x = 0.5F;
  mark.y = 0.3F;
  EXPECT_EQ(text_of(std::vector{mark}), "front 0.500 0.300 unspecified");
  mark.length_mm = 10;
  EXPECT_EQ(text_of(std::vector{mark}), "front 0.500 0.300 unspecified 10x?");
  EXPECT_EQ(marks_of(text_of(std::vector{mark})), std::vector{mark});
  mark.type = "burn";
  EXPECT_EQ(marks_of("front 0.500 0.300 burn 10x0"), std::vector{mark}) << "from before";
}

TEST(BodyMap, WhatIsNoneOfOursIsRefused) {
  for (const char* text : {"a bruise on the arm", "front 0.4 0.2 burn", "front 1.001 0.200 burn",
                           "top 0.400 0.200 burn", "front 0.400 0.200 bite",
                           "front 0.400 0.200 burn 3", "front 0.400 0.200 burn 3x4000",
                           "front 0.400 0.200 burn 3x4 x", "front -.400 0.200 burn"}) {
    EXPECT_EQ(marks_of(text), std::nullopt) << text;
  }
  std::string many;
  for (std::size_t count = 0; count <= kMostMarks; ++count) many += "front 0.400 0.200 burn;";
  EXPECT_EQ(marks_of(many), std::nullopt);
}

TEST(BodyMap, FiguresFillTheirBoxAndKnowInsideFromOutside) {
  for (const BodyView view : kBodyViews) {
    const auto lines = body_lines(view);
    ASSERT_FALSE(lines.empty());
    float top = 1;
    float bottom = 0;
    for (const auto& line : lines) {
      for (const ui::Point at : line) {
        EXPECT_GE(at.x, 0);
        EXPECT_LE(at.x, 1);
        top = std::min(top, at.y);
        bottom = std::max(bottom, at.y);
      }
    }
    EXPECT_LT(top, 0.02F);
    EXPECT_GT(bottom, 0.97F);
    EXPECT_TRUE(is_on_body(view, {0.5F, 0.3F})) << to_string(view);
    EXPECT_FALSE(is_on_body(view, {0.02F, 0.05F}));
  }
}

TEST(Points, AValueIsWholeOnlyWithAllItsParts) {
  EXPECT_EQ(value_of({{"42.5", "74"}}, 1, false), "42.5 74 0 0");
  EXPECT_EQ(value_of({{"42.5", ""}}, 1, false), "?42.5|");
  EXPECT_EQ(value_of({{"95", "74"}}, 1, false), "?95|74");
  EXPECT_EQ(value_of({{"", ""}}, 1, false), "");
  EXPECT_EQ(value_of({{"1", "2"}, {"3", "4"}}, 2, false), "1 2 0 0;3 4 0 0");
  EXPECT_EQ(value_of({{"1", "2"}, {"3", "4"}, {"5", "6"}}, 3, true),
            "1 2 0 0;3 4 0 0;5 6 0 0;1 2 0 0");
  EXPECT_EQ(typed_points("?42.5|;|7"), (std::vector<TypedPoint>{{"42.5", ""}, {"", "7"}}));
  EXPECT_EQ(typed_points("42.5 74 1.5 3; 43 75"),
            (std::vector<TypedPoint>{{"42.5", "74", "1.5", "3"}, {"43", "75"}}));
}

}  // namespace
}  // namespace vigil::tablet
