// SPDX-License-Identifier: Apache-2.0
#include "core/vault/answers.h"

#include "core/vault/answer_rows.h"
#include "core/vault/instances.h"
#include "core/vault/journal_rows.h"
#include "core/vault/refs.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

Result<bool> is_stored(Store& store, RecordId record, const Answer& answer) {
  if (answer.value.empty()) {
    sql::Statement any(store.database, "SELECT 1 FROM answers WHERE record = ? AND ref = ?");
    VIGIL_ASSIGN(const bool there, any.bind(record.value).bind(answer.ref).step());
    return !there;
  }
  sql::Statement same(store.database,
                      "SELECT 1 FROM answers WHERE record = ? AND ref = ? AND value = ?");
  return same.bind(record.value).bind(answer.ref).bind(answer.value).step();
}

Status set(Store& store, RecordId record, const Answer& answer, bool undo) {
  const ValueSalt salt = random_salt();
  VIGIL_ASSIGN(const std::int64_t sequence,
               append_event(store, record,
                            {.kind = EventKind::kSet,
                             .ref = answer.ref,
                             .value_hash = value_hash(salt, answer.value),
                             .undo = undo}));
  sql::Statement upsert(store.database,
                        "INSERT INTO answers (record, ref, value, salt, event) "
                        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (record, ref) DO UPDATE SET "
                        "value = excluded.value, salt = excluded.salt, event = excluded.event");
  return upsert.bind(record.value)
      .bind(answer.ref)
      .bind(answer.value)
      .bind(ByteView(salt))
      .bind(sequence)
      .run();
}

Status clear(Store& store, RecordId record, const Answer& answer, bool undo) {
  VIGIL_TRY(
      append_event(store, record, {.kind = EventKind::kClear, .ref = answer.ref, .undo = undo}));
  sql::Statement remove(store.database, "DELETE FROM answers WHERE record = ? AND ref = ?");
  return remove.bind(record.value).bind(answer.ref).run();
}

}  // namespace

bool is_instance_ref(std::string_view ref) {
  return split_instance(ref).has_value();
}

Status apply(Vault& vault, RecordId record, const std::vector<Answer>& changes, ChangeKind kind) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  const bool undo = kind == ChangeKind::kUndo;
  for (const Answer& change : changes) {
    VIGIL_TRY(require_place(*store, record, change.ref));
    VIGIL_ASSIGN(const bool unchanged, is_stored(*store, record, change));
    if (unchanged) continue;
    VIGIL_TRY(change.value.empty() ? clear(*store, record, change, undo)
                                   : set(*store, record, change, undo));
    VIGIL_TRY(forget_unfinished(*store, record, change.ref));
  }
  return transaction.commit();
}

Result<std::vector<Answer>> answers(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_record(*store, record));
  sql::Statement statement(store->database, "SELECT ref, value FROM answers WHERE record = ?");
  statement.bind(record.value);
  return read_answer_rows(statement);
}

}  // namespace vigil::vault
