// SPDX-License-Identifier: Apache-2.0
//
// The words of the source and those of the catalogues are the same ones. A failure here is mended
// by app/words/locale/update.sh and by translating what it left empty.
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/lint/catalogue.h"

namespace vigil::lint {
namespace {

constexpr std::string_view kSamples = "app/tablet/screens/sample";

std::vector<AskedWord> asked_of_the_tablet() {
  std::vector<AskedWord> asked;
  for (const SourceFile& file : read_tree({".cpp"})) {
    if (!file.path.starts_with("app/tablet/") && !file.path.starts_with("app/ui/") &&
        !file.path.starts_with("app/words/") && !file.path.starts_with("app/ctl/"))
      continue;
    if (file.path.starts_with(kSamples)) continue;
    for (AskedWord& word : asked_words(file, kInterfaceCalls)) asked.push_back(std::move(word));
  }
  return asked;
}

std::vector<AskedWord> asked_of_the_samples(std::span<const std::string_view> calls) {
  std::vector<AskedWord> asked;
  for (const SourceFile& file : read_tree({".cpp"})) {
    if (!file.path.starts_with(kSamples)) continue;
    for (AskedWord& word : asked_words(file, calls)) {
      if (!word.text.empty()) asked.push_back(std::move(word));
    }
  }
  return asked;
}

const Catalogue& of_language(const std::vector<Catalogue>& catalogues,
                             const std::string& language) {
  static const Catalogue kNone;
  for (const Catalogue& catalogue : catalogues) {
    if (catalogue.language == language) return catalogue;
  }
  return kNone;
}

TEST(CatalogueWords, WhatTheSourceAsksForIsInEveryCatalogue) {
  const auto asked = asked_of_the_tablet();
  ASSERT_GT(asked.size(), 100U);
  for (const Catalogue& catalogue : read_catalogues(kInterfaceCatalogues)) {
    for (const AskedWord& word : asked) {
      if (word.text.empty()) continue;
      const auto found = catalogue.entries.find(word.text);
      ASSERT_NE(found, catalogue.entries.end())
          << catalogue.path << " lacks, of " << word.path << ":" << word.line << ": " << word.text;
      EXPECT_EQ(found->second.plural, word.plural) << catalogue.path << ": " << word.text;
    }
  }
}

TEST(CatalogueWords, WhatACatalogueHasIsAskedFor) {
  std::set<std::string> asked;
  for (const AskedWord& word : asked_of_the_tablet()) asked.insert(word.text);
  for (const Catalogue& catalogue : read_catalogues(kInterfaceCatalogues)) {
    for (const auto& [english, entry] : catalogue.entries) {
      EXPECT_TRUE(asked.contains(english)) << catalogue.path << ": nobody asks for: " << english;
    }
  }
}

TEST(CatalogueWords, WhatFillsATextIsNoTextOfACatalogue) {
  const SourceFile file{"sample.cpp",
                        {R"x(say("{0} MB", {"2"}); say_("Limit: {0}", {say("{0} h", {"24"})});)x"}};
  std::set<std::string> texts;
  for (const AskedWord& word : asked_words(file, kSampleCalls)) texts.insert(word.text);
  EXPECT_EQ(texts, (std::set<std::string>{"{0} MB", "Limit: {0}", "{0} h"}));
}

TEST(CatalogueWords, WhatASampleSaysIsInItsCatalogueOrTheInterfaces) {
  const auto interface = read_catalogues(kInterfaceCatalogues);
  const auto said = asked_of_the_samples(kSampleCalls);
  const auto own = asked_of_the_samples(kSampleOwnCalls);
  ASSERT_GT(said.size(), 100U);
  ASSERT_FALSE(own.empty());
  for (const Catalogue& catalogue : read_catalogues(kSampleCatalogues)) {
    const auto& words = of_language(interface, catalogue.language).entries;
    for (const AskedWord& word : said) {
      EXPECT_TRUE(catalogue.entries.contains(word.text) || words.contains(word.text))
          << catalogue.path << " lacks, of " << word.path << ":" << word.line << ": " << word.text;
    }
    for (const AskedWord& word : own) {
      EXPECT_TRUE(catalogue.entries.contains(word.text))
          << catalogue.path << " lacks, of " << word.path << ":" << word.line << ": " << word.text;
      // Nothing to tell apart: say(...) does.
      EXPECT_TRUE(words.contains(word.text)) << word.path << ":" << word.line << ": " << word.text;
    }
    for (const AskedWord& word : asked_of_the_samples(kSamplePlurals)) {
      const auto found = words.find(word.text);
      ASSERT_NE(found, words.end()) << word.path << ":" << word.line << ": " << word.text;
      EXPECT_EQ(found->second.plural, word.plural) << word.path << ":" << word.line;
    }
  }
}

TEST(CatalogueWords, ASampleTranslatesNothingThatTheInterfaceHasAndNobodyAsksOfItAlone) {
  std::set<std::string> said;
  std::set<std::string> own;
  for (const AskedWord& word : asked_of_the_samples(kSampleCalls)) said.insert(word.text);
  for (const AskedWord& word : asked_of_the_samples(kSampleOwnCalls)) own.insert(word.text);
  const auto interface = read_catalogues(kInterfaceCatalogues);
  for (const Catalogue& catalogue : read_catalogues(kSampleCatalogues)) {
    const auto& words = of_language(interface, catalogue.language).entries;
    for (const auto& [english, entry] : catalogue.entries) {
      if (own.contains(english)) continue;
      EXPECT_TRUE(said.contains(english)) << catalogue.path << ": nobody asks for: " << english;
      EXPECT_FALSE(words.contains(english)) << catalogue.path << ": twice: " << english;
    }
  }
}

TEST(CatalogueWords, TheReaderSeesCallsAsTheCompilerDoes) {
  const SourceFile file{
      "x.cpp",
      {R"(pen.words("One");)", R"(words_(a ? "Two" : "Three");)", R"(words("Fo")",
       R"(      "ur \"x\"");)", R"(words.plural("{0} day", "{0} days", f("no", n));)",
       R"(state_words("Not this"); Words words(other);)", R"(  // words("Nor this"))",
       R"(words(error.message);)"}};
  std::set<std::string> texts;
  std::string plural;
  for (const AskedWord& word : asked_words(file, kInterfaceCalls)) {
    texts.insert(word.text);
    if (word.text == "{0} day") plural = word.plural;
  }
  EXPECT_EQ(texts, (std::set<std::string>{"One", "Two", "Three", "Four \"x\"", "{0} day", ""}));
  EXPECT_EQ(plural, "{0} days");
}

}  // namespace
}  // namespace vigil::lint
