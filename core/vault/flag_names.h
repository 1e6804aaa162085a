// SPDX-License-Identifier: Apache-2.0
//
// Flags by their stored names. core/vault's own.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/vault/answers.h"
#include "core/vault/store.h"

namespace vigil::vault {

[[nodiscard]] std::optional<FlagKind> flag_kind(std::string_view name);
[[nodiscard]] Result<std::vector<Flag>> read_flags(Store& store, RecordId record);

}  // namespace vigil::vault
