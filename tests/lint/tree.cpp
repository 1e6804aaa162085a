// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/tree.h"

#include <algorithm>
#include <fstream>

namespace vigil::lint {

namespace fs = std::filesystem;

std::vector<SourceFile> read_tree(const std::vector<std::string>& endings) {
  const fs::path root = VIGIL_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const char* top : {"app", "core", "forms", "sync", "platform", "tests", "cmake", "docs"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (!entry.is_regular_file()) continue;
      const std::string path = fs::relative(entry.path(), root).generic_string();
      const bool wanted = std::any_of(endings.begin(), endings.end(),
                                      [&](const std::string& e) { return path.ends_with(e); });
      if (!wanted) continue;
      SourceFile file{path, {}};
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
      files.push_back(std::move(file));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    constexpr std::string_view kStart = "#include \"";
    if (!line.starts_with(kStart)) continue;
    const std::size_t end = line.find('"', kStart.size());
    if (end == std::string::npos) continue;
    includes.push_back({line.substr(kStart.size(), end - kStart.size()), i + 1});
  }
  return includes;
}

}  // namespace vigil::lint
