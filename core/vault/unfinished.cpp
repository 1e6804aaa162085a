// SPDX-License-Identifier: Apache-2.0
#include "core/vault/unfinished.h"

#include "core/vault/answer_rows.h"
#include "core/vault/instances.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

Status require_room(Store& store, RecordId record, std::string_view typed) {
  sql::Statement count(store.database, "SELECT count(*) FROM unfinished WHERE record = ?");
  VIGIL_TRY(count.bind(record.value).step());
  const bool room = count.integer(0) < static_cast<std::int64_t>(kUnfinishedLimit);
  if (room && typed.size() <= kUnfinishedLimitBytes) return {};
  return fail(ErrorKind::kInvalid, "unfinished.limit",
              "Too much of this checklist is typed and no answer yet. Finish or clear some of it.");
}

Result<bool> is_kept(Store& store, RecordId record, std::string_view ref, std::string_view typed) {
  sql::Statement statement(store.database,
                           "SELECT value FROM unfinished WHERE record = ? AND ref = ?");
  VIGIL_ASSIGN(const bool row, statement.bind(record.value).bind(ref).step());
  return row ? statement.text(0) == typed : typed.empty();
}

}  // namespace

Status keep_unfinished(Vault& vault, RecordId record, std::string_view ref,
                       std::string_view typed) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  VIGIL_TRY(require_place(*store, record, ref));
  VIGIL_ASSIGN(const bool kept, is_kept(*store, record, ref, typed));
  if (kept) return {};
  if (typed.empty()) {
    VIGIL_TRY(forget_unfinished(*store, record, ref));
  } else {
    VIGIL_TRY(require_room(*store, record, typed));
    sql::Statement upsert(store->database,
                          "INSERT INTO unfinished (record, ref, value) VALUES (?, ?, ?) "
                          "ON CONFLICT (record, ref) DO UPDATE SET value = excluded.value");
    VIGIL_TRY(upsert.bind(record.value).bind(ref).bind(typed).run());
  }
  return transaction.commit();
}

Result<std::vector<Answer>> unfinished(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_record(*store, record));
  sql::Statement statement(store->database, "SELECT ref, value FROM unfinished WHERE record = ?");
  statement.bind(record.value);
  return read_answer_rows(statement);
}

}  // namespace vigil::vault
