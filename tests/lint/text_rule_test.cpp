// SPDX-License-Identifier: Apache-2.0
//
// What every file of the tree must and must not say.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/lint/tree.h"

namespace vigil::lint {
namespace {

bool has(const std::string& line, const std::string& word) {
  return line.find(word) != std::string::npos;
}

TEST(TextRule, EveryFileNamesItsLicence) {
  for (const SourceFile& file :
       read_tree({".h", ".cpp", ".cmake", "CMakeLists.txt", ".sh", ".py", ".md"})) {
    const std::size_t head = std::min<std::size_t>(file.lines.size(), 4);
    const bool found = std::any_of(
        file.lines.begin(), file.lines.begin() + static_cast<std::ptrdiff_t>(head),
        [](const std::string& line) { return has(line, "SPDX-License-Identifier: Apache-2.0"); });
    EXPECT_TRUE(found) << file.path;
  }
}

TEST(TextRule, HeadersAreIncludedOnce) {
  for (const SourceFile& file : read_tree({".h"})) {
    EXPECT_TRUE(std::any_of(file.lines.begin(), file.lines.end(), [](const std::string& line) {
      return line == "#pragma once";
    })) << file.path;
  }
}

TEST(TextRule, NothingUnfinishedIsLeftBehind) {
  // Spelled in halves so that this file does not find itself.
  const std::vector<std::string> marks = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                          std::string("X") + "XX ", std::string("HA") + "CK"};
  for (const SourceFile& file : read_tree({".h", ".cpp", ".sh", ".py", ".cmake"})) {
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string& mark : marks)
        EXPECT_FALSE(has(file.lines[i], mark)) << file.path << ":" << i + 1;
  }
}

TEST(TextRule, NoCallThatGoesRoundOurRules) {
  // Call, and what to use instead.
  const std::map<std::string, std::string> banned = {
      {std::string(" ra") + "nd()", "crypto::random_u64"},
      {std::string("sra") + "nd(", "crypto::random_u64"},
      {std::string("std::random_") + "device", "crypto::random_u64"},
      {std::string("std::mt1") + "9937", "crypto::random_u64 (tests may seed their own)"},
      {std::string("str") + "cpy(", "std::string"},
      {std::string("spr") + "intf(", "fmt"},
      {std::string("std::get") + "env(", "an option"},
      {std::string("std::sys") + "tem(", "nothing: programs start none"},
  };
  for (const SourceFile& file : read_tree({".h", ".cpp"})) {
    // platform/ is where the environment and the operating system are met.
    if (file.path.starts_with("tests/") || file.path.starts_with("platform/")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const auto& [call, instead] : banned)
        EXPECT_FALSE(has(file.lines[i], call)) << file.path << ":" << i + 1 << ": use " << instead;
  }
}

TEST(TextRule, NoMachinePathAndNoMirrorIsNamed) {
  const std::vector<std::string> marks = {std::string("/wo") + "rk/",
                                          std::string("deb.deb") + "ian.org",
                                          std::string("registry.npm") + "js"};
  for (const SourceFile& file :
       read_tree({".h", ".cpp", ".sh", ".py", ".cmake", "CMakeLists.txt", ".md", ".csv"})) {
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string& mark : marks)
        EXPECT_FALSE(has(file.lines[i], mark)) << file.path << ":" << i + 1;
  }
}

TEST(TextRule, FilesStaySmallEnoughToRead) {
  // Sizes that good code bases keep: past 500 lines a .cpp wants a second look, past 250 a header.
  // A file that was looked at and stays long is named here with its bound.
  for (const SourceFile& file : read_tree({".h", ".cpp"})) {
    if (file.path.starts_with("tests/")) continue;
    const std::size_t bound = file.path.ends_with(".h") ? 300 : 600;
    EXPECT_LE(file.lines.size(), bound) << file.path;
  }
}

}  // namespace
}  // namespace vigil::lint
