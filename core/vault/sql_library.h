// SPDX-License-Identifier: Apache-2.0
//
// Which SQL library this process has. Stock SQLite ignores keys and writes plaintext, so nothing is
// opened before this has said yes.
#pragma once

#include "core/base/error.h"

namespace vigil::vault::sql {

// Starts the library with memory that is wiped when freed, and checks that it is SQLCipher >= 4.5
// and the only SQLite in the process. kStorage "vault.library". Cheap after the first time; must
// run before anything else in the process uses SQLite.
[[nodiscard]] Status check_library();

// SQLCipher's version text, "" where the library is another.
[[nodiscard]] const char* cipher_version();

}  // namespace vigil::vault::sql
