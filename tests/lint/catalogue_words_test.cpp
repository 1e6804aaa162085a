// SPDX-License-Identifier: Apache-2.0
//
// The words of the source and those of the catalogues are the same ones. A failure here is mended
// by app/words/locale/update.sh and by translating what it left empty.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/lint/catalogue.h"

namespace vigil::lint {
namespace {

std::vector<AskedWord> asked_of_the_tablet() {
  std::vector<AskedWord> asked;
  for (const SourceFile& file : read_tree({".cpp"})) {
    if (!file.path.starts_with("app/tablet/") && !file.path.starts_with("app/ui/") &&
        !file.path.starts_with("app/words/") && !file.path.starts_with("app/ctl/"))
      continue;
    for (AskedWord& word : asked_words(file)) asked.push_back(std::move(word));
  }
  return asked;
}

TEST(CatalogueWords, WhatTheSourceAsksForIsInEveryCatalogue) {
  const auto asked = asked_of_the_tablet();
  ASSERT_GT(asked.size(), 100U);
  for (const Catalogue& catalogue : read_catalogues()) {
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
  for (const Catalogue& catalogue : read_catalogues()) {
    for (const auto& [english, entry] : catalogue.entries) {
      EXPECT_TRUE(asked.contains(english)) << catalogue.path << ": nobody asks for: " << english;
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
  for (const AskedWord& word : asked_words(file)) {
    texts.insert(word.text);
    if (word.text == "{0} day") plural = word.plural;
  }
  EXPECT_EQ(texts, (std::set<std::string>{"One", "Two", "Three", "Four \"x\"", "{0} day", ""}));
  EXPECT_EQ(plural, "{0} days");
}

}  // namespace
}  // namespace vigil::lint
