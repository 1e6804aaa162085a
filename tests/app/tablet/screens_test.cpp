// SPDX-License-Identifier: Apache-2.0
//
// Every screen, drawn from a sample: what is on it as text, and that no text is cut off at any
// size.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <tuple>

#include <SDL2/SDL_keycode.h>
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
                         testing::Values(View{"en", 1280, 800, 1.0F}, View{"ru", 1280, 800, 1.0F},
                                         View{"ru", 1920, 1200, 1.5F}, View{"ru", 800, 1280, 1.25F},
                                         View{"ru", 800, 600, 2.0F}));
// Every language, at the sizes that people with tired eyes choose.
std::vector<View> every_language() {
  std::vector<View> views;
  for (const char* language : {"en", "ru", "ky", "kk", "tg", "uz", "tk"}) {
    views.push_back({language, 1280, 800, 1.25F});
    views.push_back({language, 1280, 800, 2.0F});
  }
  return views;
}
INSTANTIATE_TEST_SUITE_P(Languages, ScreenFit, testing::ValuesIn(every_language()));

// 9 mm at 150 dpi, which a density of 1 stands for.
constexpr float kFinger_px = 9 / 25.4F * 150;

TEST(Screens, WhatIsTouchedIsAsLargeAsAGlovedFinger) {
  for (const auto& [width, height, scale] :
       {std::tuple{1280, 800, 1.0F}, std::tuple{800, 1280, 1.0F}, std::tuple{1920, 1200, 1.25F}}) {
    draw_all("ru", width, height, scale, [&](const std::string& name, const ui::Tree& tree) {
      for (const ui::Item& item : tree.items) {
        if (!item.takes_taps || item.role == ui::Role::kScrim) continue;
        // What scrolling has cut off grows when it is brought in.
        const bool cut = item.visible.height + 1 < item.rect.height;
        if (cut) continue;
        EXPECT_GE(item.visible.height, kFinger_px) << name << " " << item.key << " " << scale;
        EXPECT_GE(item.visible.width, kFinger_px) << name << " " << item.key << " " << scale;
      }
    });
  }
}

TEST(Screens, EverythingTouchedIsReachedByTheTabKey) {
  const ui::Words words = words_of("en");
  SampleTexts texts;
  test::HandClock clock;
  const Model* shown = nullptr;
  test::Robot robot(clock, [&](ui::Kit& kit) {
    Commands ignored;
    if (shown != nullptr) draw({kit, words, ignored}, *shown);
    return false;
  });
  for (const auto& [name, model] : sample_screens("en", texts)) {
    shown = &model;
    robot.host().kit().forget();
    robot.rest();
    robot.rest();
    std::set<std::string> wanted;
    for (const ui::Item& item : robot.tree().items) {
      if (item.role == ui::Role::kScrim) wanted.clear();
      if (item.takes_taps && item.role != ui::Role::kScrim) wanted.insert(item.key);
    }
    // Keys of a keypad that opens under a field are not waited for.
    const std::size_t turns = 2 * wanted.size() + 4;
    for (std::size_t turn = 0; turn < turns; ++turn) {
      robot.press_key(SDLK_TAB);
      wanted.erase(robot.host().kit().focused());
    }
    EXPECT_TRUE(wanted.empty()) << name << " " << (wanted.empty() ? "" : *wanted.begin());
  }
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
