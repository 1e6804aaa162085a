// SPDX-License-Identifier: Apache-2.0
#include "core/vault/instances.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/vault/answers.h"
#include "core/vault/attachment_rows.h"
#include "core/vault/journal_rows.h"
#include "core/vault/record_rows.h"
#include "core/vault/refs.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

std::unexpected<Error> bad_ref() {
  return fail(ErrorKind::kInvalid, "answers.ref",
              "A question's place in the form is not well formed.");
}

Result<bool> has_instance(Store& store, RecordId record, std::string_view ref) {
  sql::Statement statement(store.database,
                           "SELECT 1 FROM answers WHERE record = ? AND ref = ? AND salt IS NULL");
  return statement.bind(record.value).bind(ref).step();
}

Status require_enclosing(Store& store, RecordId record, std::string_view ref) {
  for (const std::string_view instance : enclosing_instances(ref)) {
    VIGIL_ASSIGN(const bool there, has_instance(store, record, instance));
    if (!there) {
      return fail(ErrorKind::kConflict, "answers.instance",
                  "The repeat instance " + std::string(instance) + " was not added.");
    }
  }
  return {};
}

// The key columns of one table that holds refs.
struct RefRow {
  std::string ref;
  std::string extra;  // a flag's kind, an attachment's name
};

Result<std::vector<RefRow>> read_refs(Store& store, RecordId record, sql::Sql sql) {
  sql::Statement statement(store.database, sql);
  statement.bind(record.value);
  std::vector<RefRow> rows;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) break;
    rows.push_back({statement.text(0), statement.text(1)});
  }
  // In this order a row moves to a number that the row before it has left.
  std::ranges::sort(rows, ref_less, &RefRow::ref);
  return rows;
}

struct RefTable {
  sql::Sql select;
  sql::Sql remove;
  sql::Sql move;
};
constexpr RefTable kRefTables[] = {
    {"SELECT ref, '' FROM answers WHERE record = ?",
     "DELETE FROM answers WHERE record = ? AND ref = ? AND '' = ?",
     "UPDATE answers SET ref = ? WHERE record = ? AND ref = ? AND '' = ?"},
    {"SELECT ref, '' FROM unfinished WHERE record = ?",
     "DELETE FROM unfinished WHERE record = ? AND ref = ? AND '' = ?",
     "UPDATE unfinished SET ref = ? WHERE record = ? AND ref = ? AND '' = ?"},
    {"SELECT ref, kind FROM flags WHERE record = ?",
     "DELETE FROM flags WHERE record = ? AND ref = ? AND kind = ?",
     "UPDATE flags SET ref = ? WHERE record = ? AND ref = ? AND kind = ?"},
    {"SELECT ref, name FROM attachments WHERE record = ?",
     "DELETE FROM attachments WHERE record = ? AND ref = ? AND name = ?",
     "UPDATE attachments SET ref = ? WHERE record = ? AND ref = ? AND name = ?"},
};

Status remove_from(Store& store, RecordId record, const RefTable& table,
                   std::string_view instance) {
  VIGIL_ASSIGN(const auto removed, [&]() -> Result<InstanceRef> {
    const auto split = split_instance(instance);
    if (!split) return bad_ref();
    return *split;
  }());
  VIGIL_ASSIGN(const auto rows, read_refs(store, record, table.select));
  for (const RefRow& row : rows) {
    if (is_within(row.ref, instance)) {
      sql::Statement remove(store.database, table.remove);
      VIGIL_TRY(remove.bind(record.value).bind(row.ref).bind(row.extra).run());
      continue;
    }
    const std::string moved = ref_after_removal(row.ref, removed);
    if (moved == row.ref) continue;
    sql::Statement move(store.database, table.move);
    VIGIL_TRY(move.bind(moved).bind(record.value).bind(row.ref).bind(row.extra).run());
  }
  return {};
}

}  // namespace

Status require_place(Store& store, RecordId record, std::string_view ref) {
  if (!is_ref(ref) || split_instance(ref)) return bad_ref();
  return require_enclosing(store, record, ref);
}

Status add_repeat(Vault& vault, RecordId record, std::string_view ref, ChangeKind kind) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  const auto instance = split_instance(ref);
  if (!is_ref(ref) || !instance) return bad_ref();
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  VIGIL_TRY(require_enclosing(*store, record, ref));
  VIGIL_ASSIGN(const bool there, has_instance(*store, record, ref));
  bool follows = instance->number == 1;
  if (!follows) {
    VIGIL_ASSIGN(follows, has_instance(*store, record,
                                       join_instance(instance->range, instance->number - 1)));
  }
  if (there || !follows) {
    return fail(ErrorKind::kConflict, "answers.instance",
                "The repeat instance " + std::string(ref) + " is not the next of its repeat.");
  }
  VIGIL_ASSIGN(
      const std::int64_t sequence,
      append_event(*store, record,
                   {.kind = EventKind::kAddRepeat, .ref = ref, .undo = kind == ChangeKind::kUndo}));
  sql::Statement insert(store->database,
                        "INSERT INTO answers (record, ref, value, event) VALUES (?, ?, '', ?)");
  VIGIL_TRY(insert.bind(record.value).bind(ref).bind(sequence).run());
  return transaction.commit();
}

Status remove_repeat(Vault& vault, RecordId record, std::string_view ref, ChangeKind kind) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  if (!is_ref(ref) || !split_instance(ref)) return bad_ref();
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  VIGIL_ASSIGN(const bool there, has_instance(*store, record, ref));
  if (!there) {
    return fail(ErrorKind::kConflict, "answers.instance",
                "The repeat instance " + std::string(ref) + " was not added.");
  }
  VIGIL_TRY(append_event(
      *store, record,
      {.kind = EventKind::kRemoveRepeat, .ref = ref, .undo = kind == ChangeKind::kUndo}));
  for (const RefTable& table : kRefTables) VIGIL_TRY(remove_from(*store, record, table, ref));
  VIGIL_TRY(rebuild_tables(store->database));
  return transaction.commit();
}

}  // namespace vigil::vault
