// SPDX-License-Identifier: Apache-2.0
//
// The source tree as the lint tests read it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace vigil::lint {

struct SourceFile {
  std::string path;  // from the root, with '/'
  std::vector<std::string> lines;
};

// Every file of ours with one of these endings, sorted by path; build folders and dot-folders left
// out.
[[nodiscard]] std::vector<SourceFile> read_tree(const std::vector<std::string>& endings);

// Targets of #include "..." in one file, with their line numbers from 1.
struct Include {
  std::string target;
  std::size_t line;
};
[[nodiscard]] std::vector<Include> includes_of(const SourceFile& file);

}  // namespace vigil::lint
