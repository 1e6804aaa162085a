// SPDX-License-Identifier: Apache-2.0
//
// Frozen vectors: a folder of small files, one fault each, and expected.tsv, which says what each
// must give: name, tab, code ("ok" where it is good). Tests only.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace vigil::test {

struct Vector {
  std::string name;
  std::string code;
  Bytes content;
};

// Those that expected.tsv lists, with the files' content. A file of the folder that it does not
// list, and that does not end in ".key", fails the test.
[[nodiscard]] std::vector<Vector> read_vectors(const std::string& folder);

// Writes them and expected.tsv. For the DISABLED_ tests that made the folder.
void write_vectors(const std::string& folder, const std::vector<Vector>& vectors);

}  // namespace vigil::test
