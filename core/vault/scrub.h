// SPDX-License-Identifier: Apache-2.0
//
// SQLite's secure_delete zeroes what is deleted, but when it balances a tree it moves cells between
// pages and leaves their old bytes in the unused middle of a page; deleting the moved cell later
// does not reach that copy. This zeroes those gaps. core/vault's own.
#pragma once

#include "core/base/error.h"
#include "core/vault/sql.h"

namespace vigil::vault {

// Walks every tree of the database (overflow pages hold no gaps and are not read). Inside the
// caller's transaction, or in one of its own.
[[nodiscard]] Status scrub_gaps(sql::Database& database);

}  // namespace vigil::vault
