// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>

#include "core/vault/answers.h"
#include "core/vault/flag_names.h"
#include "core/vault/instances.h"
#include "core/vault/journal_rows.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

constexpr std::array<std::string_view, 3> kFlagNames = {"note", "later", "finding"};

std::string event_ref(FlagKind kind, std::string_view ref) {
  return std::string(to_string(kind)) + " " + std::string(ref);
}

Result<bool> has_flag(Store& store, RecordId record, std::string_view ref, FlagKind kind) {
  sql::Statement statement(store.database,
                           "SELECT 1 FROM flags WHERE record = ? AND ref = ? AND kind = ?");
  return statement.bind(record.value).bind(ref).bind(to_string(kind)).step();
}

}  // namespace

std::string_view to_string(FlagKind kind) {
  return kFlagNames[static_cast<std::size_t>(kind)];
}

std::optional<FlagKind> flag_kind(std::string_view name) {
  for (std::size_t i = 0; i < kFlagNames.size(); ++i) {
    if (kFlagNames[i] == name) return static_cast<FlagKind>(i);
  }
  return std::nullopt;
}

Status set_flag(Vault& vault, RecordId record, const Flag& flag) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  VIGIL_TRY(require_place(*store, record, flag.ref));
  const ValueSalt salt = random_salt();
  VIGIL_ASSIGN(const std::int64_t sequence,
               append_event(*store, record,
                            {.kind = EventKind::kFlag,
                             .ref = event_ref(flag.kind, flag.ref),
                             .value_hash = value_hash(salt, flag.text)}));
  sql::Statement upsert(store->database,
                        "INSERT INTO flags (record, ref, kind, text, salt, event) "
                        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (record, ref, kind) DO UPDATE SET "
                        "text = excluded.text, salt = excluded.salt, event = excluded.event");
  VIGIL_TRY(upsert.bind(record.value)
                .bind(flag.ref)
                .bind(to_string(flag.kind))
                .bind(flag.text)
                .bind(ByteView(salt))
                .bind(sequence)
                .run());
  return transaction.commit();
}

Status clear_flag(Vault& vault, RecordId record, std::string_view ref, FlagKind kind) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  VIGIL_ASSIGN(const bool there, has_flag(*store, record, ref, kind));
  if (!there) return {};
  VIGIL_TRY(
      append_event(*store, record, {.kind = EventKind::kUnflag, .ref = event_ref(kind, ref)}));
  sql::Statement remove(store->database,
                        "DELETE FROM flags WHERE record = ? AND ref = ? AND kind = ?");
  VIGIL_TRY(remove.bind(record.value).bind(ref).bind(to_string(kind)).run());
  return transaction.commit();
}

Result<std::vector<Flag>> read_flags(Store& store, RecordId record) {
  sql::Statement statement(store.database,
                           "SELECT ref, kind, text FROM flags WHERE record = ? ORDER BY ref, kind");
  statement.bind(record.value);
  std::vector<Flag> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back({statement.text(0), flag_kind(statement.text(1)).value_or(FlagKind::kNote),
                    statement.text(2)});
  }
}

Result<std::vector<Flag>> flags(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_record(*store, record));
  return read_flags(*store, record);
}

}  // namespace vigil::vault
