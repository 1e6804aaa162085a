// SPDX-License-Identifier: Apache-2.0
#include "core/vault/record_rows.h"

#include <optional>
#include <vector>

#include "core/vault/attachment_rows.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

// The DELETE without a WHERE is SQLite's truncation: every page of the tree is freed, which zeroes
// it, and the root is zeroed too. It needs tables without foreign keys and DELETE triggers.
constexpr const char* kRebuild[] = {
    "CREATE TEMP TABLE kept AS SELECT * FROM places; DELETE FROM places;"
    "INSERT INTO places SELECT * FROM kept; DROP TABLE kept;",
    "CREATE TEMP TABLE kept AS SELECT * FROM answers; DELETE FROM answers;"
    "INSERT INTO answers SELECT * FROM kept; DROP TABLE kept;",
    "CREATE TEMP TABLE kept AS SELECT * FROM unfinished; DELETE FROM unfinished;"
    "INSERT INTO unfinished SELECT * FROM kept; DROP TABLE kept;",
    "CREATE TEMP TABLE kept AS SELECT * FROM flags; DELETE FROM flags;"
    "INSERT INTO flags SELECT * FROM kept; DROP TABLE kept;",
    "CREATE TEMP TABLE kept AS SELECT * FROM events; DELETE FROM events;"
    "INSERT INTO events SELECT * FROM kept; DROP TABLE kept;",
    "CREATE TEMP TABLE kept AS SELECT * FROM attachments; DELETE FROM attachments;"
    "INSERT INTO attachments SELECT * FROM kept; DROP TABLE kept;",
};

// Zeroing the pages of a video would write it all once more; its key is what matters, and that
// is in a rebuilt table.
Status delete_chunks(sql::Database& database, AttachmentId id) {
  VIGIL_TRY(database.execute("PRAGMA secure_delete=FAST"));
  Status done;
  {
    sql::Statement remove(database, "DELETE FROM chunks WHERE attachment = ?");
    done = remove.bind(id.value).run();
  }
  VIGIL_TRY(database.execute("PRAGMA secure_delete=ON"));
  return done;
}

Status delete_where_record(sql::Database& database, sql::Sql sql, RecordId id) {
  sql::Statement remove(database, sql);
  return remove.bind(id.value).run();
}

}  // namespace

Status erase_attachment(Store& store, AttachmentId id) {
  VIGIL_TRY(delete_chunks(store.database, id));
  sql::Statement remove(store.database, "DELETE FROM attachments WHERE attachment = ?");
  return remove.bind(id.value).run();
}

Status erase_record(Store& store, RecordId id) {
  VIGIL_ASSIGN(const auto attached, read_attachments(store, id));
  for (const Attachment& attachment : attached) VIGIL_TRY(erase_attachment(store, attachment.id));
  for (const sql::Sql sql : std::initializer_list<sql::Sql>{
           "DELETE FROM answers WHERE record = ?", "DELETE FROM unfinished WHERE record = ?",
           "DELETE FROM flags WHERE record = ?", "DELETE FROM events WHERE record = ?",
           "DELETE FROM records WHERE record = ?"}) {
    VIGIL_TRY(delete_where_record(store.database, sql, id));
  }
  return {};
}

Status erase_visit_content(Store& store, VisitId id) {
  VIGIL_ASSIGN(const auto records, read_records(store, id));
  for (const Record& record : records) VIGIL_TRY(erase_record(store, record.id));
  sql::Statement place(store.database, "DELETE FROM places WHERE visit = ?");
  VIGIL_TRY(place.bind(id.value).run());
  return rebuild_tables(store.database);
}

Status rebuild_tables(sql::Database& database) {
  std::optional<sql::Transaction> own;
  if (!database.in_transaction()) {
    VIGIL_ASSIGN(own, sql::Transaction::begin(database));
  }
  for (const char* table : kRebuild) VIGIL_TRY(database.execute(table));
  return own.has_value() ? own->commit() : Status{};
}

Status settle(Store& store) {
  VIGIL_TRY(store.database.shrink());
  return store.database.checkpoint();
}

}  // namespace vigil::vault
