// SPDX-License-Identifier: Apache-2.0
//
// What a catalogue of the tablet must be before a monitor sees it.
#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/lint/catalogue.h"

namespace vigil::lint {
namespace {

// The interface's and the samples'.
const std::vector<std::vector<Catalogue>>& kinds() {
  static const std::vector<std::vector<Catalogue>> kKinds = {read_catalogues(kInterfaceCatalogues),
                                                             read_catalogues(kSampleCatalogues)};
  return kKinds;
}

const std::vector<Catalogue>& catalogues() {
  static const std::vector<Catalogue> kAll = [] {
    std::vector<Catalogue> all;
    for (const auto& kind : kinds()) all.insert(all.end(), kind.begin(), kind.end());
    return all;
  }();
  return kAll;
}

std::multiset<std::string> places(const std::string& text) {
  static const std::regex kPlace(R"(\{[0-9]\})");
  std::multiset<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), kPlace), end; at != end; ++at) {
    found.insert(at->str());
  }
  return found;
}

enum class Script { kNone, kLatin, kCyrillic };

Script script_of(char32_t sign) {
  if ((sign >= U'a' && sign <= U'z') || (sign >= U'A' && sign <= U'Z')) return Script::kLatin;
  if (sign >= 0xC0 && sign <= 0x24F && sign != 0xD7 && sign != 0xF7) return Script::kLatin;
  if (sign == 0x2BB || sign == 0x2BC) return Script::kLatin;
  return sign >= 0x400 && sign <= 0x52F ? Script::kCyrillic : Script::kNone;
}

std::u32string code_points(const std::string& text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t next = 1; next < length && at + next < text.size(); ++next) {
      point = point << 6U | (static_cast<unsigned char>(text[at + next]) & 0x3FU);
    }
    points += point;
    at += length;
  }
  return points;
}

// Letters beyond A-Z (Latin) or А-я (Cyrillic) that the language writes.
const std::map<std::string, std::pair<Script, std::u32string>>& alphabets() {
  static const std::map<std::string, std::pair<Script, std::u32string>> kAlphabets = {
      {"ru", {Script::kCyrillic, U"Ёё"}},
      {"ky", {Script::kCyrillic, U"ЁёҢңӨөҮү"}},
      {"kk", {Script::kCyrillic, U"ЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"}},
      {"tg", {Script::kCyrillic, U"ЁёҒғӢӣҚқӮӯҲҳҶҷ"}},
      {"uz", {Script::kLatin, U"ʻʼ"}},
      {"tk", {Script::kLatin, U"ÄäÇçŇňÖöŞşÜüÝýŽž"}},
  };
  return kAlphabets;
}

TEST(CatalogueRule, EveryLanguageOfTheRegionIsThere) {
  for (const auto& kind : kinds()) {
    std::set<std::string> languages;
    for (const Catalogue& catalogue : kind) languages.insert(catalogue.language);
    for (const auto& [language, alphabet] : alphabets()) EXPECT_TRUE(languages.contains(language));
  }
}

TEST(CatalogueRule, EachSaysItsLanguageAndHasAnEntryOnce) {
  for (const Catalogue& catalogue : catalogues()) {
    EXPECT_NE(catalogue.header.find("Language: " + catalogue.language + "\n"), std::string::npos)
        << catalogue.path;
    EXPECT_NE(catalogue.header.find("charset=UTF-8"), std::string::npos) << catalogue.path;
    EXPECT_GT(catalogue.plural_forms, 0) << catalogue.path;
    EXPECT_TRUE(catalogue.twice.empty()) << catalogue.path << ": " << catalogue.twice.front();
  }
}

TEST(CatalogueRule, NothingIsLeftUntranslated) {
  // What is the same in every language.
  const std::set<std::string> same = {"{0} of {1}", "{0} “{1}”",    "{0} mm", "{0} kB",
                                      "{0} MB",     "{0} × {1} mm", "{0} m",  "{0} m²",
                                      "{0} °C",     "m²",           "240 kB"};
  for (const Catalogue& catalogue : catalogues()) {
    for (const auto& [english, entry] : catalogue.entries) {
      const std::size_t forms =
          entry.plural.empty() ? 1 : static_cast<std::size_t>(catalogue.plural_forms);
      EXPECT_EQ(entry.translations.size(), forms) << catalogue.path << ": " << english;
      EXPECT_FALSE(entry.obsolete) << catalogue.path << ": " << english;
      for (const std::string& translation : entry.translations) {
        EXPECT_FALSE(translation.empty()) << catalogue.path << ": " << english;
        EXPECT_TRUE(same.contains(english) || translation != english)
            << catalogue.path << ": " << english;
      }
    }
  }
}

TEST(CatalogueRule, EveryLanguageHasTheSameEntries) {
  for (const auto& kind : kinds()) {
    ASSERT_FALSE(kind.empty());
    for (const Catalogue& one : kind) {
      for (const Catalogue& other : kind) {
        for (const auto& [english, entry] : one.entries) {
          const auto found = other.entries.find(english);
          ASSERT_NE(found, other.entries.end()) << other.path << " lacks: " << english;
          EXPECT_EQ(found->second.plural, entry.plural) << other.path;
        }
      }
    }
  }
}

TEST(CatalogueRule, PlaceholdersAreThoseOfTheEnglish) {
  for (const Catalogue& catalogue : catalogues()) {
    for (const auto& [english, entry] : catalogue.entries) {
      for (const std::string& translation : entry.translations) {
        EXPECT_EQ(places(translation), places(english)) << catalogue.path << ": " << translation;
      }
    }
  }
}

TEST(CatalogueRule, EachIsWrittenInItsOwnLetters) {
  for (const Catalogue& catalogue : catalogues()) {
    const auto known = alphabets().find(catalogue.language);
    ASSERT_NE(known, alphabets().end()) << catalogue.path;
    const auto& [script, letters] = known->second;
    for (const auto& [english, entry] : catalogue.entries) {
      for (const std::string& translation : entry.translations) {
        EXPECT_EQ(translation.find('\''), std::string::npos) << translation;
        for (const char32_t sign : code_points(translation)) {
          if (sign > 0x7F && script_of(sign) == script) {
            const bool plain = sign >= 0x410 && sign <= 0x44F;
            EXPECT_TRUE(plain || letters.find(sign) != std::u32string::npos)
                << catalogue.path << ": U+" << std::hex << static_cast<std::uint32_t>(sign)
                << " in: " << translation;
          } else if (sign > 0x7F) {
            EXPECT_EQ(script_of(sign), Script::kNone) << catalogue.path << ": " << translation;
          }
        }
      }
    }
  }
}

TEST(CatalogueRule, NoWordMixesLatinAndCyrillic) {
  for (const Catalogue& catalogue : catalogues()) {
    for (const auto& [english, entry] : catalogue.entries) {
      for (const std::string& translation : entry.translations) {
        Script word = Script::kNone;
        for (const char32_t sign : code_points(translation)) {
          const Script script = script_of(sign);
          EXPECT_TRUE(script == Script::kNone || word == Script::kNone || script == word)
              << catalogue.path << ": " << translation;
          word = script;
        }
      }
    }
  }
}

TEST(CatalogueRule, SentencesEndAsTheEnglishDo) {
  for (const Catalogue& catalogue : catalogues()) {
    for (const auto& [english, entry] : catalogue.entries) {
      for (const std::string_view end : {".", ":", "…", "?"}) {
        EXPECT_EQ(entry.translations.front().ends_with(end), english.ends_with(end))
            << catalogue.path << ": " << entry.translations.front();
      }
      EXPECT_NE(entry.translations.front().front(), ' ') << catalogue.path;
      EXPECT_EQ(entry.translations.front().find("  "), std::string::npos) << catalogue.path;
    }
  }
}

}  // namespace
}  // namespace vigil::lint
