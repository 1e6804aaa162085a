// SPDX-License-Identifier: Apache-2.0
//
// docs/threat-model.md says which test shows a promise; those tests are there.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/lint/tree.h"

namespace vigil::lint {
namespace {

// "Subject.Rule" of every test in the tree.
std::set<std::string> all_tests() {
  static const std::regex kTest(R"(TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\))");
  std::set<std::string> names;
  for (const SourceFile& file : read_tree({".cpp"})) {
    if (!file.path.starts_with("tests/")) continue;
    std::string text;
    for (const std::string& line : file.lines) text += line + "\n";
    for (std::sregex_iterator it(text.begin(), text.end(), kTest), end; it != end; ++it) {
      names.insert((*it)[1].str() + "." + (*it)[2].str());
    }
  }
  return names;
}

bool fits(const std::string& name, const std::string& pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos) return name == pattern;
  return name.starts_with(pattern.substr(0, star));
}

TEST(ThreatModel, NamesTestsThatExist) {
  std::ifstream in(VIGIL_SOURCE_DIR "/docs/threat-model.md");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const std::set<std::string> tests = all_tests();
  static const std::regex kNamed(R"(`([A-Z]\w*(?:\*|\.(?:\w+|\*)))`)");
  int seen = 0;
  for (std::sregex_iterator it(text.begin(), text.end(), kNamed), end; it != end; ++it) {
    const std::string pattern = (*it)[1].str();
    ++seen;
    EXPECT_TRUE(std::ranges::any_of(tests, [&](const auto& name) { return fits(name, pattern); }))
        << "no test is called " << pattern;
  }
  EXPECT_GT(seen, 20);
}

}  // namespace
}  // namespace vigil::lint
