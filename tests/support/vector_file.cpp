// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vector_file.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace vigil::test {
namespace {

VectorFile read_vector(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  VectorFile vector;
  vector.name = path.filename().string();
  std::size_t at = 0;
  for (std::size_t end = text.find('\n'); end != at && end != std::string::npos;
       at = end + 1, end = text.find('\n', at)) {
    const std::string line = text.substr(at, end - at);
    const std::size_t colon = line.find(": ");
    vector.header.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  vector.body = text.substr(at + 1);
  return vector;
}

}  // namespace

std::string VectorFile::value(const std::string& key) const {
  const auto found = header.find(key);
  return found == header.end() ? "" : found->second;
}

std::vector<std::string> VectorFile::values(const std::string& key) const {
  std::vector<std::string> found;
  const auto [begin, end] = header.equal_range(key);
  for (auto at = begin; at != end; ++at) found.push_back(at->second);
  return found;
}

std::vector<VectorFile> read_vectors(const std::string& source_folder, const std::string& folder) {
  std::vector<VectorFile> vectors;
  for (const auto& file :
       std::filesystem::directory_iterator(source_folder + "/tests/vectors/" + folder))
    vectors.push_back(read_vector(file.path()));
  std::ranges::sort(vectors, {}, &VectorFile::name);
  if (vectors.empty()) {
    std::fprintf(stderr, "there are no vectors in %s\n", folder.c_str());
    std::abort();
  }
  return vectors;
}

}  // namespace vigil::test
