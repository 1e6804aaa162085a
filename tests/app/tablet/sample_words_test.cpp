// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample_words.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "app/words/catalogues.h"
#include "platform/posix_files.h"

namespace vigil::tablet {
namespace {

class SampleWordsTest : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
    interface_ = words::load_words(*platform::posix_files(), "ky");
    sample_ = words::load_sample_words(*platform::posix_files(), "ky");
    ASSERT_EQ(sample_.language(), "ky");
  }
  words::Words interface_;
  words::Words sample_;
};

TEST_F(SampleWordsTest, AreTheInterfacesWhereItSaysTheSame) {
  const SampleWords say(interface_, sample_);
  EXPECT_EQ(sample_("Comprehensive"), "Comprehensive");
  EXPECT_EQ(say("Comprehensive"), interface_("Comprehensive"));
  EXPECT_EQ(interface_("Detained person"), "Detained person");
  EXPECT_EQ(say("Detained person"), sample_("Detained person"));
  EXPECT_NE(say("Detained person"), "Detained person");
  EXPECT_EQ(say.language(), "ky");
}

TEST_F(SampleWordsTest, AreTheSamplesOwnWhereTheSameEnglishMeansAnotherThing) {
  const SampleWords say(interface_, sample_);
  // A task of a visit, and the name of a checklist.
  EXPECT_EQ(say("Talks with the head"), interface_("Talks with the head"));
  EXPECT_EQ(say.own("Talks with the head"), sample_("Talks with the head"));
  EXPECT_NE(say.own("Talks with the head"), say("Talks with the head"));
}

TEST_F(SampleWordsTest, HaveTheirPlacesFilled) {
  const SampleWords say(interface_, sample_);
  EXPECT_EQ(say("Region {0}", {"3"}), words::fill(sample_("Region {0}"), {"3"}));
  EXPECT_EQ(say("{0} MB", {"2"}), "2 МБ");
  EXPECT_NE(say.at_most("24").find("24"), std::string::npos);
  EXPECT_EQ(say.plural("{0} minute", "{0} minutes", 5),
            interface_.plural("{0} minute", "{0} minutes", 5));
}

TEST_F(SampleWordsTest, StayEnglishWithoutACatalogue) {
  const words::Words absent = words::load_sample_words(*platform::posix_files(), "xx");
  const SampleWords say(interface_, absent);
  EXPECT_EQ(say("Detained person"), "Detained person");
  EXPECT_EQ(say.own("Light"), "Light");
  EXPECT_EQ(say("Region {0}", {"3"}), "Region 3");
  const SampleWords english{absent, absent};
  EXPECT_EQ(english.at_most("24"), "Limit: at most 24 h");
}

}  // namespace
}  // namespace vigil::tablet
