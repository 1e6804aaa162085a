// SPDX-License-Identifier: Apache-2.0
//
// Rows of a ref and its value, as three tables have them. Internal to core/vault. Thread: the
// vault's.
#pragma once

#include <string_view>
#include <vector>

#include "core/vault/answers.h"
#include "core/vault/ids.h"
#include "core/vault/store.h"

namespace vigil::vault {

// What a bound "SELECT ref, value ..." finds, by ref_less() (refs.h).
[[nodiscard]] Result<std::vector<Answer>> read_answer_rows(sql::Statement& select);

// Inside a transaction.
[[nodiscard]] Status forget_unfinished(Store& store, RecordId record, std::string_view ref);

}  // namespace vigil::vault
