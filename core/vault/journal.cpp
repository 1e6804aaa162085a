// SPDX-License-Identifier: Apache-2.0
#include "core/vault/journal.h"

#include <algorithm>

#include "core/vault/journal_rows.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

Result<ValueSalt> salt_of(ByteView blob) {
  ValueSalt salt{};
  if (blob.size() != salt.size()) return std::unexpected(sql::error_of(11));
  std::ranges::copy(blob, salt.begin());
  return salt;
}

Result<std::vector<std::string>> read_instances(Store& store, RecordId record) {
  sql::Statement statement(
      store.database, "SELECT ref FROM answers WHERE record = ? AND salt IS NULL ORDER BY ref");
  statement.bind(record.value);
  std::vector<std::string> refs;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return refs;
    refs.push_back(statement.text(0));
  }
}

}  // namespace

ValueSalt random_salt() {
  ValueSalt salt{};
  crypto::random_fill(salt);
  return salt;
}

Result<std::int64_t> append_event(Store& store, RecordId record, const NewEvent& fields) {
  Event event;
  event.kind = fields.kind;
  event.ref = fields.ref;
  event.time = store.host.clock.now();
  event.who = store.slot;
  event.undo = fields.undo;
  event.value_hash = fields.value_hash;
  {
    sql::Statement last(store.database,
                        "SELECT sequence, line FROM events WHERE record = ? "
                        "ORDER BY sequence DESC LIMIT 1");
    last.bind(record.value);
    VIGIL_ASSIGN(const bool row, last.step());
    event.sequence = row ? static_cast<std::uint64_t>(last.integer(0)) + 1 : 1;
    if (row) event.previous = crypto::blake2b_256(last.blob(1));
  }
  const auto sequence = static_cast<std::int64_t>(event.sequence);
  const std::string line = emit_event(event);
  sql::Statement insert(store.database,
                        "INSERT INTO events (record, sequence, line) VALUES (?, ?, ?)");
  VIGIL_TRY(insert.bind(record.value).bind(sequence).bind(line).run());
  return sequence;
}

Result<Bytes> read_journal(Store& store, RecordId record) {
  sql::Statement statement(store.database,
                           "SELECT line FROM events WHERE record = ? ORDER BY sequence");
  statement.bind(record.value);
  Bytes lines;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return lines;
    const ByteView line = statement.blob(0);
    lines.insert(lines.end(), line.begin(), line.end());
    lines.push_back('\n');
  }
}

Result<std::vector<CurrentValue>> read_current(Store& store, RecordId record) {
  sql::Statement statement(
      store.database,
      "SELECT event, ref, value, salt FROM answers WHERE record = ?1 AND salt IS NOT NULL "
      "UNION ALL SELECT event, kind || ' ' || ref, text, salt FROM flags WHERE record = ?1");
  statement.bind(record.value);
  std::vector<CurrentValue> values;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return values;
    VIGIL_ASSIGN(const ValueSalt salt, salt_of(statement.blob(3)));
    values.push_back({static_cast<std::uint64_t>(statement.integer(0)), statement.text(1),
                      statement.text(2), salt});
  }
}

Result<std::vector<Event>> events(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(const Bytes journal, export_journal(vault, record));
  return parse_journal(journal);
}

Status verify_journal(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(const auto all, events(vault, record));
  VIGIL_ASSIGN(const auto current, read_current(*store, record));
  VIGIL_TRY(verify_fold(all, current, true));
  VIGIL_ASSIGN(const FoldedJournal folded, fold_journal(all));
  VIGIL_ASSIGN(const auto instances, read_instances(*store, record));
  if (folded.instances != instances) {
    return fail(ErrorKind::kInvalid, "journal.fold",
                "The journal tells of other repeat instances than are stored.");
  }
  return {};
}

Result<Bytes> export_journal(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_record(*store, record));
  return read_journal(*store, record);
}

}  // namespace vigil::vault
