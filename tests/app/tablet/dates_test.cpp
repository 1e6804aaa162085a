// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/dates.h"

#include <gtest/gtest.h>

namespace vigil::tablet {
namespace {

TEST(Dates, StoredAndTypedAreTheSameMoment) {
  EXPECT_EQ(digits_of("2026-11-22T09:40:00.000+06:00", true, true),
            (MomentDigits{"22112026", "0940"}));
  EXPECT_EQ(digits_of("2026-11-22", true, false), (MomentDigits{"22112026", ""}));
  EXPECT_EQ(digits_of("09:40:00.000+06:00", false, true), (MomentDigits{"", "0940"}));
  EXPECT_EQ(value_of({"22112026", "0940"}, true, true), "2026-11-22T09:40:00.000");
  EXPECT_EQ(value_of({"22112026", ""}, true, false), "2026-11-22");
  EXPECT_EQ(value_of({"", "0940"}, false, true), "09:40:00.000");
  EXPECT_EQ(value_of({"", ""}, true, true), "");
}

TEST(Dates, WhatIsNoDateYetComesBackAsTyped) {
  for (const MomentDigits& typed : {MomentDigits{"2211", ""}, MomentDigits{"31022026", "0940"},
                                    MomentDigits{"22112026", "2460"}, MomentDigits{"", "0940"},
                                    MomentDigits{"00012026", "0000"}}) {
    const std::string value = value_of(typed, true, true);
    EXPECT_TRUE(is_unfinished(value)) << value;
    EXPECT_EQ(digits_of(value, true, true), typed);
  }
  EXPECT_FALSE(is_unfinished(value_of({"29022028", "0000"}, true, true)));
}

TEST(Dates, ImpossibleOnesAreNotMerelyUnfinished) {
  EXPECT_TRUE(is_impossible(value_of({"31112026", "0940"}, true, true)));
  EXPECT_TRUE(is_impossible(value_of({"22112026", "2575"}, true, true)));
  EXPECT_TRUE(is_impossible(value_of({"31112026", ""}, true, true)));
  EXPECT_FALSE(is_impossible(value_of({"2211", "0940"}, true, true)));
  EXPECT_FALSE(is_impossible("2026-11-22"));
}

TEST(Dates, SayWhatIsWrongWithThemAndWhere) {
  const auto fault = [](const MomentDigits& digits) {
    return fault_of(value_of(digits, true, true));
  };
  EXPECT_EQ(fault({"20111826", "0940"}), MomentFault::kYearOutside);
  EXPECT_EQ(fault({"20112101", "0940"}), MomentFault::kYearOutside);
  EXPECT_EQ(fault({"31022026", "0940"}), MomentFault::kNoSuchDate);
  EXPECT_EQ(fault({"22112026", "2460"}), MomentFault::kNoSuchTime);
  EXPECT_EQ(fault({"22112026", ""}), MomentFault::kUnfinished);
  EXPECT_EQ(fault({"22112100", "0940"}), MomentFault::kNone);
  EXPECT_EQ(wrong_parts({"20111826", "09"}, true, true), (MomentParts{true, false}));
  EXPECT_EQ(wrong_parts({"22112026", "09"}, true, true), (MomentParts{false, true}));
}

TEST(Dates, AreShownDayFirst) {
  EXPECT_EQ(shown_moment("2026-11-22T09:40:00.000+06:00"), "22.11.2026, 09:40");
  EXPECT_EQ(shown_moment("2026-11-22"), "22.11.2026");
  EXPECT_EQ(shown_moment("no date"), "no date");
}

}  // namespace
}  // namespace vigil::tablet
