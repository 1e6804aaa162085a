// SPDX-License-Identifier: Apache-2.0
//
// How large a finger's control is on real tablets, by what their displays say of themselves.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "app/ui/theme.h"
#include "platform/window/window.h"

namespace vigil::ui {
namespace {

struct Tablet {
  const char* name;
  int width;
  int height;
  float inches;
};

float finger_mm(float dpi) {
  // As Kit::px() has it: whole pixels.
  return std::round(kFinger * platform::density_of(dpi)) / dpi * 25.4F;
}

TEST(Finger, FindsNineMillimetresOnEveryTablet) {
  for (const Tablet& tablet :
       {Tablet{"10 inch, 1920x1200", 1920, 1200, 10},
        Tablet{"10.1 inch, 1920x1200", 1920, 1200, 10.1F},
        Tablet{"10.1 inch, 1280x800", 1280, 800, 10.1F}, Tablet{"8 inch, 1280x800", 1280, 800, 8},
        Tablet{"8 inch, 1920x1200", 1920, 1200, 8},
        Tablet{"12.3 inch, 2736x1824", 2736, 1824, 12.3F},
        Tablet{"13.3 inch, 1920x1080", 1920, 1080, 13.3F}}) {
    const float dpi =
        std::hypot(static_cast<float>(tablet.width), static_cast<float>(tablet.height)) /
        tablet.inches;
    EXPECT_GE(finger_mm(dpi), 9) << tablet.name;
    EXPECT_LE(finger_mm(dpi), 10) << tablet.name;
  }
  for (float dpi = 150; dpi <= 450; dpi += 0.5F) EXPECT_GE(finger_mm(dpi), 9) << dpi;
}

TEST(Finger, ADisplayThatSaysNothingOrNonsenseIsTakenAsMeant) {
  EXPECT_EQ(platform::density_of(0), 1);
  EXPECT_EQ(platform::density_of(-96), 1);
  EXPECT_EQ(platform::density_of(std::numeric_limits<float>::quiet_NaN()), 1);
  EXPECT_EQ(platform::density_of(std::numeric_limits<float>::infinity()), 1);
  EXPECT_EQ(platform::density_of(96), 1);
  EXPECT_EQ(platform::density_of(100'000), 3);
}

}  // namespace
}  // namespace vigil::ui
