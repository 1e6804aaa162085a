// SPDX-License-Identifier: Apache-2.0
#include "core/vault/visits.h"

#include <algorithm>

#include "core/vault/record_rows.h"
#include "core/vault/visit_code.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

constexpr std::string_view kStateNames[] = {"open", "sealed", "acknowledged", "erased"};

VisitState state_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kStateNames); ++i) {
    if (kStateNames[i] == name) return static_cast<VisitState>(i);
  }
  return VisitState::kErased;  // the table's CHECK admits no other word
}

std::unexpected<Error> visit_absent() {
  return fail(ErrorKind::kNotFound, "visit.absent", "There is no such visit in this vault.");
}

Status check_team(const Team& team) {
  if (is_team(team)) return {};
  return fail(ErrorKind::kInvalid, "visit.team",
              "A team has up to 99 persons and up to 16 different tasks; a task is one word of "
              "a-z, digits and hyphens, such as interviews.");
}

Status check_place(std::string_view place, std::string_view kind) {
  if (place.size() <= kPlaceLimitBytes && kind.size() <= kPlaceLimitBytes) return {};
  return fail(
      ErrorKind::kInvalid, "visit.place",
      "Place and kind have at most 1,000 bytes each, some 500 letters of Cyrillic: name the "
      "place, and keep the rest for a note.");
}

// Columns: visit, code, state, place, kind, created_ms, bundle, amends, team, tasks.
Result<Visit> visit_of(const sql::Statement& row) {
  Visit visit;
  visit.id = {row.integer(0)};
  visit.code = row.text(1);
  visit.state = state_of(row.text(2));
  visit.place = row.text(3);
  visit.kind = row.text(4);
  visit.created = {row.integer(5)};
  if (!row.is_null(6)) {
    VIGIL_ASSIGN(visit.bundle, bundle_id_of(row.blob(6)));
  }
  if (!row.is_null(7)) {
    VIGIL_ASSIGN(visit.amends, bundle_id_of(row.blob(7)));
  }
  visit.team = {static_cast<int>(row.integer(8)), split_task_line(row.text(9))};
  return visit;
}

// A code that this vault does not use yet. 12,800 are possible; a vault with thousands of visits
// tries a few times.
Result<std::string> unused_code(sql::Database& database) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    std::string code = random_visit_code();
    sql::Statement statement(database, "SELECT 1 FROM visits WHERE code = ?");
    statement.bind(code);
    VIGIL_ASSIGN(const bool used, statement.step());
    if (!used) return code;
  }
  return fail(ErrorKind::kConflict, "visit.codes",
              "All visit codes of this vault are used. Start a new vault.");
}

}  // namespace

std::string_view to_string(VisitState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

Result<bundle::BundleId> bundle_id_of(ByteView blob) {
  bundle::BundleId id;
  if (blob.size() != id.value.size()) return std::unexpected(sql::error_of(11));
  std::ranges::copy(blob, id.value.begin());
  return id;
}

WallTime day_of(WallTime time) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const std::int64_t within_ms = ((time.ms % kDayMs) + kDayMs) % kDayMs;
  return {time.ms - within_ms};
}

Result<Visit> read_visit(Store& store, VisitId id) {
  sql::Statement statement(
      store.database,
      "SELECT visit, code, state, ifnull(place, ''), ifnull(kind, ''), created_ms, bundle, amends, "
      "ifnull(team, 0), ifnull(tasks, '') FROM visits LEFT JOIN places USING (visit) WHERE visit = "
      "?");
  statement.bind(id.value);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) return visit_absent();
  return visit_of(statement);
}

Status require_open(Store& store, VisitId id) {
  VIGIL_ASSIGN(const Visit visit, read_visit(store, id));
  if (visit.state == VisitState::kOpen) return {};
  return fail(
      ErrorKind::kConflict, "visit.sealed",
      "The visit " + visit.code +
          " is sealed and cannot be changed. Make an amendment: a new visit that points to it.");
}

Status require_record(Store& store, RecordId id) {
  sql::Statement statement(store.database, "SELECT 1 FROM records WHERE record = ?");
  statement.bind(id.value);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (row) return {};
  return fail(ErrorKind::kNotFound, "record.absent",
              "There is no such checklist in this vault; a sealed visit has none any more.");
}

Result<Visit> new_visit(Vault& vault, const NewVisit& fields) {
  VIGIL_TRY(check_team(fields.team));
  VIGIL_TRY(check_place(fields.place, fields.kind));
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_ASSIGN(const std::string code, unused_code(store->database));
  sql::Statement insert(store->database,
                        "INSERT INTO visits (code, state, created_ms) VALUES (?, 'open', ?)");
  VIGIL_TRY(insert.bind(code).bind(store->host.clock.now().ms).run());
  const VisitId id{store->database.last_row_id()};
  const std::string tasks = task_line(fields.team);
  sql::Statement place(store->database,
                       "INSERT INTO places (visit, place, kind, team, tasks, amends) VALUES (?, ?, "
                       "?, ?, ?, ?)");
  place.bind(id.value).bind(fields.place).bind(fields.kind);
  place.bind(std::int64_t{fields.team.persons}).bind(tasks);
  if (fields.amends.has_value()) {
    place.bind(ByteView(fields.amends->value));
  } else {
    place.bind_null();
  }
  VIGIL_TRY(place.run());
  VIGIL_TRY(transaction.commit());
  return read_visit(*store, id);
}

Result<std::vector<Visit>> visits(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT visit, code, state, ifnull(place, ''), ifnull(kind, ''), created_ms, bundle, amends, "
      "ifnull(team, 0), ifnull(tasks, '') FROM visits LEFT JOIN places USING (visit) ORDER BY "
      "visit DESC");
  std::vector<Visit> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    VIGIL_ASSIGN(Visit next, visit_of(statement));
    list.push_back(std::move(next));
  }
}

Result<Visit> visit(Vault& vault, VisitId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return read_visit(*store, id);
}

Result<Visit> visit_by_code(Vault& vault, std::string_view code) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(store->database, "SELECT visit FROM visits WHERE code = ?");
  statement.bind(code);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) return visit_absent();
  return read_visit(*store, {statement.integer(0)});
}

Status set_place(Vault& vault, VisitId id, const std::string& place, const std::string& kind) {
  VIGIL_TRY(check_place(place, kind));
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_open(*store, id));
  sql::Statement update(store->database, "UPDATE places SET place = ?, kind = ? WHERE visit = ?");
  VIGIL_TRY(update.bind(place).bind(kind).bind(id.value).run());
  return transaction.commit();
}

Status set_team(Vault& vault, VisitId id, const Team& team) {
  VIGIL_TRY(check_team(team));
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_open(*store, id));
  const std::string tasks = task_line(team);
  sql::Statement update(store->database, "UPDATE places SET team = ?, tasks = ? WHERE visit = ?");
  VIGIL_TRY(update.bind(std::int64_t{team.persons}).bind(tasks).bind(id.value).run());
  return transaction.commit();
}

Status discard_visit(Vault& vault, VisitId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  {
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
    VIGIL_TRY(require_open(*store, id));
    VIGIL_TRY(erase_visit_content(*store, id));
    sql::Statement remove(store->database, "DELETE FROM visits WHERE visit = ?");
    VIGIL_TRY(remove.bind(id.value).run());
    VIGIL_TRY(transaction.commit());
  }
  // Done from here on. Where emptying the log fails, locking and the next opening do it again.
  (void)settle(*store);
  return {};
}

}  // namespace vigil::vault
