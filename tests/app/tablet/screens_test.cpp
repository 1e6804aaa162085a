// SPDX-License-Identifier: Apache-2.0
//
// Every screen, drawn from a sample: what is on it as text, and that no text is cut off at any
// size.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <tuple>

#include <SDL2/SDL_keycode.h>
#include <gtest/gtest.h>

#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/sample.h"
#include "app/words/catalogues.h"
#include "platform/posix_files.h"
#include "tests/app/tablet/robot.h"

namespace vigil::tablet {
namespace {

// What a screen and what its sample says.
struct Catalogues {
  explicit Catalogues(const std::string& language) {
    ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
    words = words::load_words(*platform::posix_files(), language);
    sample = words::load_sample_words(*platform::posix_files(), language);
  }
  [[nodiscard]] SampleWords say() const { return {words, sample}; }
  words::Words words;
  words::Words sample;
};

using Visitor = std::function<void(const std::string& name, const ui::Tree& tree)>;

// Draws all samples at one size and scale.
void draw_all(const std::string& language, int width, int height, float scale,
              const Visitor& visit) {
  const Catalogues catalogues(language);
  SampleTexts texts;
  test::HandClock clock;
  const Model* shown = nullptr;
  test::Robot robot(
      clock,
      [&](ui::Kit& kit) {
        Commands ignored;
        if (shown != nullptr) draw({kit, catalogues.words, ignored}, *shown);
        return false;
      },
      width, height, scale);
  for (const auto& [name, model] : sample_screens(catalogues.say(), texts)) {
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

// What a finger opens: the standard behind an "i", a folded list, the keypad of a number, the
// on-screen keyboard of a text with what can be done to it.
class OpenedFit : public testing::TestWithParam<View> {};

TEST_P(OpenedFit, NoTextIsCutOffEither) {
  const View view = GetParam();
  const Catalogues catalogues(view.language);
  SampleTexts texts;
  test::HandClock clock;
  Model shown{{}, HiddenModel{"09:41"}};
  test::Robot robot(
      clock,
      [&](ui::Kit& kit) {
        Commands ignored;
        draw({kit, catalogues.words, ignored}, shown);
        return false;
      },
      view.width, view.height, view.scale);
  int opened = 0;
  for (const auto& [name, model] : sample_screens(catalogues.say(), texts)) {
    shown = model;
    shown.chrome.keyboard = ui::KeyboardMode::kAlways;
    robot.host().kit().forget();
    robot.rest();
    robot.rest();
    // Below a menu nothing can be touched.
    if (std::ranges::any_of(robot.tree().items,
                            [](const ui::Item& item) { return item.role == ui::Role::kScrim; })) {
      continue;
    }
    std::vector<std::string> openers;
    for (const ui::Item& item : robot.tree().items) {
      const bool unfolds = item.role == ui::Role::kField || item.key.ends_with(".hint") ||
                           item.key == "q./data/shift";
      if (item.takes_taps && unfolds) openers.push_back(item.key);
    }
    for (const std::string& key : openers) {
      robot.tap(key);
      robot.rest(100);
      robot.rest(1000);
      EXPECT_EQ(robot.tree().clipped(), "") << name << " " << key;
      robot.host().kit().leave_field();
      robot.rest();
      ++opened;
    }
  }
  EXPECT_GT(opened, 40);
}
INSTANTIATE_TEST_SUITE_P(Languages, OpenedFit, testing::ValuesIn(every_language()));

// 9 mm at 150 dpi, which a density of 1 stands for.
constexpr float kFinger_px = 9 / 25.4F * 150;

TEST(Screens, WhatIsTouchedIsAsLargeAsAGlovedFinger) {
  for (const auto& [width, height, scale] :
       {std::tuple{1280, 800, 1.0F}, std::tuple{800, 1280, 1.0F}, std::tuple{1920, 1200, 1.25F}}) {
    draw_all("ru", width, height, scale, [&](const std::string& name, const ui::Tree& tree) {
      for (const ui::Item& item : tree.items) {
        if (!item.takes_taps || item.role == ui::Role::kScrim) continue;
        // What scrolling has cut off grows when it is brought in.
        const bool cut = item.visible.height + 0.5F < item.rect.height ||
                         item.visible.bottom() >= static_cast<float>(height);
        if (cut) continue;
        EXPECT_GE(item.visible.height, kFinger_px) << name << " " << item.key << " " << scale;
        EXPECT_GE(item.visible.width, kFinger_px) << name << " " << item.key << " " << scale;
      }
    });
  }
}

TEST(Screens, EverythingTouchedIsReachedByTheTabKey) {
  const Catalogues catalogues("en");
  SampleTexts texts;
  test::HandClock clock;
  const Model* shown = nullptr;
  test::Robot robot(clock, [&](ui::Kit& kit) {
    Commands ignored;
    if (shown != nullptr) draw({kit, catalogues.words, ignored}, *shown);
    return false;
  });
  for (const auto& [name, model] : sample_screens(catalogues.say(), texts)) {
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

// By screen and key.
std::map<std::string, std::string> all_texts(const std::string& language) {
  std::map<std::string, std::string> texts;
  draw_all(language, 1280, 800, 1, [&](const std::string& name, const ui::Tree& tree) {
    for (const ui::Item& item : tree.items) texts[name + " " + item.key] = item.text;
  });
  return texts;
}

// What stays as it is in every language: names of things, of languages and of standards, and what
// a person typed.
std::string without_names(const std::string& text) {
  static const std::regex kName(
      "Vigil|Apache|Dear ImGui|SDL|SQLCipher|libsodium|libcurl|libpng|pugixml|PCRE2|Noto Sans|"
      "English|Oʻzbekcha|Türkmençe|[A-Z]{2,}(-[0-9]+)?|https?://[^ ]*|/usr/[a-z/*-]*|"
      "sha256//[a-z]*|tablet-1|office(\\.kit)?|a-z|(window|yard)\\.(jpg|png)|CPT 12th GR|"
      "Mandela Rule 84|F12|Wi-Fi");
  return std::regex_replace(text, kName, "");
}

// What a screen or its sample says in English though another language is chosen came out of the
// source and not out of a catalogue.
class ScreenLanguage : public testing::TestWithParam<const char*> {};

TEST_P(ScreenLanguage, SaysNothingThatIsInNoCatalogue) {
  const Catalogues catalogues(GetParam());
  ASSERT_EQ(catalogues.words.language(), GetParam());
  ASSERT_EQ(catalogues.sample.language(), GetParam());
  const auto english = all_texts("en");
  const auto shown = all_texts(GetParam());
  ASSERT_GT(shown.size(), 500U);
  // Where no word is written in Latin letters, not even a part of a text may be; elsewhere whole
  // texts are compared.
  const std::set<std::string> kLatinScript = {"uz", "tk"};
  const bool cyrillic = !kLatinScript.contains(GetParam());
  static const std::regex kLatin("[A-Za-z]{2}");
  static const std::regex kUnit("\\b(mm|kB)\\b");
  for (const auto& [place, text] : shown) {
    const auto other = english.find(place);
    const bool same = other != english.end() && other->second == text;
    if (!same && !cyrillic) continue;
    std::string rest = without_names(text);
    if (!cyrillic) rest = std::regex_replace(rest, kUnit, "");
    EXPECT_FALSE(std::regex_search(rest, kLatin)) << place << ": " << text;
  }
}
INSTANTIATE_TEST_SUITE_P(Languages, ScreenLanguage,
                         testing::Values("ru", "ky", "kk", "tg", "uz", "tk"));

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
