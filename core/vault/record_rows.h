// SPDX-License-Identifier: Apache-2.0
//
// Taking rows away so that nothing of them is left. SQLite's secure_delete zeroes what is deleted,
// but when it balances a tree it moves cells between pages and leaves their old bytes in the unused
// middle of a page; deleting the moved cell later does not reach that copy. So after a purge the
// tables that hold people's words are cleared whole (every page zeroed) and filled again with what
// stays; long content is encrypted under a key of its own that goes with its row. core/vault's own.
#pragma once

#include "core/base/error.h"
#include "core/vault/ids.h"
#include "core/vault/store.h"

namespace vigil::vault {

// These require a transaction. Deleting long content costs no time: its key goes.
[[nodiscard]] Status erase_attachment(Store& store, AttachmentId id);
[[nodiscard]] Status erase_record(Store& store, RecordId id);
// Records and place, tables rebuilt. The visit's own row stays.
[[nodiscard]] Status erase_visit_content(Store& store, VisitId id);

// Rewrites the tables of drafts: fast, as long content is not in them. In the caller's transaction,
// or in one of its own.
[[nodiscard]] Status rebuild_tables(sql::Database& database);

// After such a commit: empties the write-ahead log, gives free pages back.
[[nodiscard]] Status settle(Store& store);

}  // namespace vigil::vault
