// SPDX-License-Identifier: Apache-2.0
#include "core/vault/journal_rows.h"
#include "core/vault/record_rows.h"
#include "core/vault/visit_rows.h"
#include "core/vault/visits.h"

namespace vigil::vault {
namespace {

// Columns: record, visit, id, version, created_ms, answered, asked, position, language.
Record record_of(const sql::Statement& row) {
  Record record;
  record.id = {row.integer(0)};
  record.visit = {row.integer(1)};
  record.form_id = row.text(2);
  record.form_version = row.text(3);
  record.created = {row.integer(4)};
  record.answered = static_cast<int>(row.integer(5));
  record.asked = static_cast<int>(row.integer(6));
  record.position = row.text(7);
  record.language = row.text(8);
  return record;
}

Result<std::int64_t> form_number(Store& store, std::string_view id, std::string_view version) {
  sql::Statement statement(store.database, "SELECT form FROM forms WHERE id = ? AND version = ?");
  statement.bind(id).bind(version);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (row) return statement.integer(0);
  return fail(ErrorKind::kNotFound, "form.absent",
              "The checklist " + std::string(id) +
                  " is not installed in this version. Take in the office's newest kit.");
}

constexpr std::size_t kPlaceLimitBytes = 2048;

Status set_text(Vault& vault, RecordId id, sql::Sql sql, std::string_view text) {
  if (text.size() > kPlaceLimitBytes) {
    return fail(ErrorKind::kInvalid, "record.place",
                "What is to be remembered of this checklist is too long.");
  }
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, id));
  sql::Statement update(store->database, sql);
  VIGIL_TRY(update.bind(text).bind(id.value).run());
  return transaction.commit();
}

}  // namespace

Result<RecordId> add_record(Vault& vault, VisitId visit, std::string_view form_id,
                            std::string_view form_version) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_open(*store, visit));
  VIGIL_ASSIGN(const std::int64_t form, form_number(*store, form_id, form_version));
  RecordId id;
  {
    sql::Statement insert(store->database,
                          "INSERT INTO records (visit, form, created_ms) VALUES (?, ?, ?)");
    VIGIL_TRY(insert.bind(visit.value).bind(form).bind(store->host.clock.now().ms).run());
    id = {store->database.last_row_id()};
  }
  const std::string ref = std::string(form_id) + "/" + std::string(form_version);
  VIGIL_TRY(append_event(*store, id, {.kind = EventKind::kBegin, .ref = ref}));
  VIGIL_TRY(transaction.commit());
  return id;
}

Result<std::vector<Record>> read_records(Store& store, VisitId visit) {
  sql::Statement statement(
      store.database,
      "SELECT record, visit, id, version, created_ms, answered, asked, position, "
      "language FROM records "
      "JOIN forms USING (form) WHERE visit = ? ORDER BY record");
  statement.bind(visit.value);
  std::vector<Record> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back(record_of(statement));
  }
}

Result<std::vector<Record>> records(Vault& vault, VisitId visit) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return read_records(*store, visit);
}

Result<Record> record(Vault& vault, RecordId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_record(*store, id));
  sql::Statement statement(
      store->database,
      "SELECT record, visit, id, version, created_ms, answered, asked, position, "
      "language FROM records "
      "JOIN forms USING (form) WHERE record = ?");
  statement.bind(id.value);
  VIGIL_TRY(statement.step());
  return record_of(statement);
}

Status set_progress(Vault& vault, RecordId id, int answered, int asked) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, id));
  sql::Statement update(store->database,
                        "UPDATE records SET answered = ?, asked = ? WHERE record = ? "
                        "AND (answered, asked) IS NOT (?, ?)");
  VIGIL_TRY(update.bind(std::int64_t{answered})
                .bind(std::int64_t{asked})
                .bind(id.value)
                .bind(std::int64_t{answered})
                .bind(std::int64_t{asked})
                .run());
  return transaction.commit();
}

Status set_position(Vault& vault, RecordId id, std::string_view position) {
  return set_text(vault, id, "UPDATE records SET position = ? WHERE record = ?", position);
}

Status set_language(Vault& vault, RecordId id, std::string_view language) {
  return set_text(vault, id, "UPDATE records SET language = ? WHERE record = ?", language);
}

Status discard_record(Vault& vault, RecordId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  {
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
    VIGIL_TRY(require_record(*store, id));
    VIGIL_TRY(erase_record(*store, id));
    VIGIL_TRY(rebuild_tables(store->database));
    VIGIL_TRY(transaction.commit());
  }
  // Done from here on. Where emptying the log fails, locking and the next opening do it again.
  (void)settle(*store);
  return {};
}

}  // namespace vigil::vault
