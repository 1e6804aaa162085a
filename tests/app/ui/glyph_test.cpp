// SPDX-License-Identifier: Apache-2.0
//
// Every letter that a catalogue or a checklist uses has a picture in the fonts as we load them.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/ui/fonts.h"

namespace vigil::ui {
namespace {

namespace fs = std::filesystem;

// The letters of each language, capital and small, and its marks.
constexpr const char* kAlphabets[] = {
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя«»",
    "ҢӨҮңөү",
    "ӘҒҚҢӨҰҮҺІәғқңөұүһі",
    "ҒӢҚӮҲҶғӣқӯҳҷ",
    "ЎҚҒҲўқғҳ",
    "OʻGʻoʻgʻʼ“”",
    "ÄÇŇÖŞÜÝŽäçňöşüýž“”",
};

std::map<char32_t, std::string> code_points(const std::string& text, const std::string& where) {
  std::map<char32_t, std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t next = 1; next < length && at + next < text.size(); ++next) {
      point = point << 6U | (static_cast<unsigned char>(text[at + next]) & 0x3FU);
    }
    if (point >= U' ') found.emplace(point, where);
    at += length;
  }
  return found;
}

std::string contents(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class Glyphs : public testing::Test {
 protected:
  void SetUp() override {
    const auto files = find_fonts();
    ASSERT_TRUE(files) << files.error().message;
    const auto built = build_fonts(atlas_, *files, 1);
    ASSERT_TRUE(built) << built.error().message;
    fonts_ = *built;
  }
  void expect_all(const std::map<char32_t, std::string>& points) {
    for (const auto& [point, where] : points) {
      for (int style = 0; style < kStyleCount; ++style) {
        EXPECT_NE(fonts_[static_cast<std::size_t>(style)]->FindGlyphNoFallback(
                      static_cast<ImWchar>(point)),
                  nullptr)
            << "U+" << std::hex << static_cast<std::uint32_t>(point) << " in " << where
            << " has no picture in style " << std::dec << style;
      }
    }
  }

  ImFontAtlas atlas_;
  Fonts fonts_ = {};
};

TEST_F(Glyphs, EveryLetterOfEveryLanguageIsThere) {
  for (const char* alphabet : kAlphabets) expect_all(code_points(alphabet, alphabet));
}

TEST_F(Glyphs, EveryCharacterOfTheCataloguesIsThere) {
  int catalogues = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(VIGIL_SOURCE_DIR) / "app/words/locale")) {
    if (entry.path().extension() != ".po") continue;
    ++catalogues;
    expect_all(code_points(contents(entry.path()), entry.path().filename().string()));
  }
  EXPECT_GE(catalogues, 12);
}

TEST_F(Glyphs, EveryCharacterOfTheChecklistsIsThere) {
  int sheets = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(VIGIL_SOURCE_DIR) / "forms/packs")) {
    if (entry.path().extension() != ".csv") continue;
    ++sheets;
    expect_all(code_points(contents(entry.path()), entry.path().string()));
  }
  EXPECT_GE(sheets, 4);
}

TEST_F(Glyphs, ACharacterOfAnotherScriptIsMissed) {
  // Georgian: no language of ours, so that the tests above can fail.
  EXPECT_EQ(fonts_[0]->FindGlyphNoFallback(0x10D0), nullptr);
}

}  // namespace
}  // namespace vigil::ui
