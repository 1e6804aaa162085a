// SPDX-License-Identifier: Apache-2.0
//
// Every screen, drawn from a sample: what is on it as text, and that no text is cut off at any
// size.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/sample.h"
#include "app/ui/catalogues.h"
#include "platform/posix_files.h"
#include "tests/app/tablet/robot.h"

namespace vigil::tablet {
namespace {

ui::Words words_of(const std::string& language) {
  ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
  return ui::load_words(*platform::posix_files(), language);
}

using Visitor = std::function<void(const std::string& name, const ui::Tree& tree)>;

// Draws all samples at one size and scale.
void draw_all(const std::string& language, int width, int height, float scale,
              const Visitor& visit) {
  const ui::Words words = words_of(language);
  SampleTexts texts;
  test::HandClock clock;
  const Model* shown = nullptr;
  test::Robot robot(
      clock,
      [&](ui::Kit& kit) {
        Commands ignored;
        if (shown != nullptr) draw({kit, words, ignored}, *shown);
        return false;
      },
      width, height, scale);
  for (const auto& [name, model] : sample_screens(language, texts)) {
    shown = &model;
    robot.host().kit().forget();
    robot.rest();
    robot.rest();
    visit(name, robot.tree());
  }
}

std::string vector_path(const std::string& language, const std::string& name) {
  return std::string(VIGIL_SOURCE_DIR) + "/tests/screens/" + language + "/" + name + ".txt";
}

// VIGIL_WRITE_SCREENS=1 writes the texts anew: read the difference before keeping it.
class ScreenText : public testing::TestWithParam<const char*> {};

TEST_P(ScreenText, IsAsItWas) {
  draw_all(GetParam(), 1280, 800, 1, [&](const std::string& name, const ui::Tree& tree) {
    const std::string path = vector_path(GetParam(), name);
    if (std::getenv("VIGIL_WRITE_SCREENS") != nullptr) std::ofstream(path) << tree.print();
    std::stringstream kept;
    kept << std::ifstream(path).rdbuf();
    EXPECT_EQ(tree.print(), kept.str()) << path;
  });
}
INSTANTIATE_TEST_SUITE_P(Languages, ScreenText, testing::Values("en", "ru"));

struct View {
  const char* language;
  int width;
  int height;
  float scale;
};
class ScreenFit : public testing::TestWithParam<View> {};

TEST_P(ScreenFit, NoTextIsCutOff) {
  const View view = GetParam();
  draw_all(view.language, view.width, view.height, view.scale,
           [&](const std::string& name, const ui::Tree& tree) {
             EXPECT_FALSE(tree.items.empty()) << name;
             EXPECT_EQ(tree.clipped(), "") << name;
           });
}
INSTANTIATE_TEST_SUITE_P(Sizes, ScreenFit,
                         testing::Values(View{"en", 1280, 800, 1.0F}, View{"en", 1280, 800, 1.25F},
                                         View{"en", 1280, 800, 2.0F}, View{"ru", 1280, 800, 1.0F},
                                         View{"ru", 1280, 800, 1.25F}, View{"ru", 1280, 800, 2.0F},
                                         View{"ru", 1920, 1200, 1.5F}, View{"ru", 800, 1280, 1.25F},
                                         View{"ru", 800, 600, 2.0F}));

TEST(Screens, ControlsAreLargeEnoughForAGlove) {
  draw_all("ru", 1280, 800, 1, [](const std::string& name, const ui::Tree& tree) {
    for (const ui::Item& item : tree.items) {
      if (!item.takes_taps || item.role == ui::Role::kScrim) continue;
      EXPECT_GE(item.rect.height + (item.key == "top.language" ? 28 : 0), 43)
          << name << " " << item.key;
    }
  });
}

TEST(Screens, KeysAreUnique) {
  draw_all("en", 1280, 800, 1, [](const std::string& name, const ui::Tree& tree) {
    std::set<std::string> keys;
    for (const ui::Item& item : tree.items) {
      EXPECT_TRUE(keys.insert(item.key).second) << name << " " << item.key;
    }
  });
}

}  // namespace
}  // namespace vigil::tablet
