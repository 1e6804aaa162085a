// SPDX-License-Identifier: Apache-2.0
//
// Which SQL library this process has. Stock SQLite ignores keys and writes plaintext, so nothing is
// opened before this has said yes.
#pragma once

#include <string>

#include "core/base/error.h"

namespace vigil::vault::sql {

struct LibraryFacts {
  bool alone = true;  // one SQLite in this process
  std::string cipher_version;
  bool temporary_on_disk = false;
};
// kStorage "vault.library": two libraries, or no SQLCipher; "vault.library-old": before 4.5;
// "vault.temporary": sorters and statement journals would go to a disk. Pure.
[[nodiscard]] Status judge_library(const LibraryFacts& facts);

// Starts the library with memory that is wiped when freed, and judges it. Cheap after the first
// time; must run before anything else in the process uses SQLite.
[[nodiscard]] Status check_library();

// SQLCipher's version text, "" where the library is another.
[[nodiscard]] const char* cipher_version();

}  // namespace vigil::vault::sql
