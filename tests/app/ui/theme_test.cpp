// SPDX-License-Identifier: Apache-2.0
#include "app/ui/theme.h"

#include <gtest/gtest.h>

namespace vigil::ui {
namespace {

// WCAG 2.1 AA: text 4.5, edges of controls 3.
void expect_readable(const Theme& theme) {
  for (const Colour ground : {theme.background, theme.surface, theme.sunken}) {
    EXPECT_GE(contrast(theme.ink, ground), 4.5);
    EXPECT_GE(contrast(theme.muted, ground), 4.5);
    EXPECT_GE(contrast(theme.primary, ground), 4.5);
    EXPECT_GE(contrast(theme.ok, ground), 4.5);
    EXPECT_GE(contrast(theme.warning, ground), 4.5);
    EXPECT_GE(contrast(theme.error, ground), 4.5);
    EXPECT_GE(contrast(theme.mismatch, ground), 4.5);
  }
  EXPECT_GE(contrast(theme.on_primary, theme.primary), 4.5);
  EXPECT_GE(contrast(theme.primary, theme.tint), 4.5);
  EXPECT_GE(contrast(theme.ink, theme.tint), 4.5);
  EXPECT_GE(contrast(theme.warning, theme.warning_ground), 4.5);
  EXPECT_GE(contrast(theme.error, theme.error_ground), 4.5);
  EXPECT_GE(contrast(theme.mismatch, theme.mismatch_ground), 4.5);
  EXPECT_GE(contrast(theme.edge, theme.surface), 3.0);
  // Keys of the keyboard, the numbers of marks, disabled buttons.
  EXPECT_GE(contrast(theme.ink, theme.hairline), 4.5);
  EXPECT_GE(contrast(theme.surface, theme.error), 4.5);
  EXPECT_GE(contrast(theme.surface, theme.ink), 4.5);
  // What says where the focus is, and the line of a slider up to its knob.
  for (const Colour ground : {theme.background, theme.surface, theme.sunken, theme.tint}) {
    EXPECT_GE(contrast(theme.primary, ground), 3.0);
  }
  EXPECT_GE(contrast(theme.muted, theme.surface), 3.0);  // the figures of the body map
}

TEST(Theme, LightIsReadable) {
  expect_readable(light_theme());
}
TEST(Theme, DarkIsReadable) {
  expect_readable(dark_theme());
}

TEST(Theme, ContrastIsThatOfTheStandard) {
  EXPECT_NEAR(contrast(rgb(0x000000), rgb(0xFFFFFF)), 21.0, 0.01);
  EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xFFFFFF)), 4.48, 0.01);
}

}  // namespace
}  // namespace vigil::ui
