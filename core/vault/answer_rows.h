// SPDX-License-Identifier: Apache-2.0
//
// Rows of a ref and its value, as three tables have them. Internal to core/vault. Thread: the
// vault's.
#pragma once

#include <vector>

#include "core/vault/answers.h"
#include "core/vault/sql.h"

namespace vigil::vault {

// What a bound "SELECT ref, value ..." finds, by ref_less() (refs.h).
[[nodiscard]] Result<std::vector<Answer>> read_answer_rows(sql::Statement& select);

}  // namespace vigil::vault
