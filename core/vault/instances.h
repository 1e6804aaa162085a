// SPDX-License-Identifier: Apache-2.0
//
// Repeat instances as rows of their own. core/vault's own.
#pragma once

#include <string_view>

#include "core/base/error.h"
#include "core/vault/ids.h"
#include "core/vault/store.h"

namespace vigil::vault {

// A ref for an answer or flag: well-formed, not an instance's own row, inside instances that were
// added. kInvalid "answers.ref"; kConflict "answers.instance".
[[nodiscard]] Status require_place(Store& store, RecordId record, std::string_view ref);

}  // namespace vigil::vault
