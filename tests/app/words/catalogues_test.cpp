// SPDX-License-Identifier: Apache-2.0
#include "app/words/catalogues.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "app/words/visit_words.h"

namespace vigil::words {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Catalogues, PluralRulesAreReadAndStayWithinTheForms) {
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(VIGIL_SOURCE_DIR) / "app/words/locale")) {
    if (entry.path().extension() != ".po") continue;
    const std::string text = contents(entry.path());
    const std::size_t count = text.find("nplurals=") + 9;
    const std::size_t begin = text.find(" plural=") + 8;
    const int forms = text.at(count) - '0';
    const auto rule = PluralRule::parse(text.substr(begin, text.find(';', begin) - begin), forms);
    ASSERT_TRUE(rule) << entry.path();
    std::set<std::size_t> used;
    for (unsigned long n = 0; n < 200; ++n) used.insert(rule->form(n));
    EXPECT_EQ(used.size(), static_cast<std::size_t>(forms)) << entry.path();
  }
}

TEST(VisitWords, AreThoseOfTheLanguageAndLeaveOtherNamesAsTheyAre) {
  const Words english;
  for (const std::string_view kind : kVisitKinds) EXPECT_NE(kind_word(english, kind), kind);
  for (const std::string_view task : kVisitTasks) EXPECT_NE(task_word(english, task), task);
  EXPECT_EQ(kind_word(english, "by night"), "by night");
  EXPECT_EQ(team_words(english, 0, {}), "");
  EXPECT_EQ(team_words(english, 0, {"health"}), "Health");
  EXPECT_EQ(team_words(english, 4, {"interviews", "by night"}), "team of 4, Interviews, by night");
}

}  // namespace
}  // namespace vigil::words
