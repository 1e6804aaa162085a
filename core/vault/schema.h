// SPDX-License-Identifier: Apache-2.0
//
// The vault's tables: numbered steps, forward only, the same for tablet and office.
#pragma once

#include <cstdint>

#include "core/base/error.h"
#include "core/vault/sql.h"

namespace vigil::vault {

inline constexpr std::int64_t kApplicationId = 0x5647564c;  // "VGVL", in the database's own header
inline constexpr int kOldestSchema = 1;                     // the oldest that can be migrated
[[nodiscard]] int newest_schema();

// Makes the tables of a new database up to `version`.
[[nodiscard]] Status make_schema(sql::Database& database, int version);
// Brings an existing one to the newest, all steps in one transaction. kInvalid "vault.newer",
// "vault.older", "vault.foreign" (encrypted with our key, yet not a vault).
[[nodiscard]] Status migrate_schema(sql::Database& database);

}  // namespace vigil::vault
