// SPDX-License-Identifier: Apache-2.0
//
// Frozen test vectors: `key: value` lines, an empty line, then the thing itself byte for byte.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace vigil::test {

struct VectorFile {
  std::string name;  // of the file, for messages
  std::multimap<std::string, std::string> header;
  std::string body;

  // The first value of a key, empty where there is none.
  [[nodiscard]] std::string value(const std::string& key) const;
  [[nodiscard]] std::vector<std::string> values(const std::string& key) const;
};
// Every vector of tests/vectors/<folder>, by name. Fails the test where there is none.
[[nodiscard]] std::vector<VectorFile> read_vectors(const std::string& source_folder,
                                                   const std::string& folder);

}  // namespace vigil::test
