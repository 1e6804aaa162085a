// SPDX-License-Identifier: Apache-2.0
#include "core/vault/outbox.h"

#include <array>

#include "core/vault/outbox_files.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

constexpr std::array<std::string_view, 4> kStateNames = {"queued", "uploading", "acknowledged",
                                                         "refused"};

UploadState state_of(std::string_view name) {
  for (std::size_t i = 0; i < kStateNames.size(); ++i) {
    if (kStateNames[i] == name) return static_cast<UploadState>(i);
  }
  return UploadState::kQueued;  // the table's CHECK admits no other word
}

// Columns: bundle, sequence, visit, size_bytes, sealed_ms, state, upload_url, sent_bytes, refusal,
// receipt, erased.
Result<OutboxEntry> entry_of(const Store& store, const sql::Statement& row) {
  OutboxEntry entry;
  VIGIL_ASSIGN(entry.id, bundle_id_of(row.blob(0)));
  entry.sequence = static_cast<std::uint64_t>(row.integer(1));
  entry.visit = {row.integer(2)};
  entry.size_bytes = static_cast<std::uint64_t>(row.integer(3));
  entry.sealed = {row.integer(4)};
  entry.state = state_of(row.text(5));
  entry.upload_url = row.text(6);
  entry.sent_bytes = static_cast<std::uint64_t>(row.integer(7));
  entry.refusal = row.text(8);
  entry.receipt = row.text(9);
  if (row.integer(10) == 0) entry.path = outbox_path(store, entry.id);
  return entry;
}

Result<OutboxEntry> read_entry(Store& store, const bundle::BundleId& id) {
  sql::Statement statement(
      store.database,
      "SELECT bundle, sequence, visit, size_bytes, sealed_ms, state, upload_url, sent_bytes, "
      "refusal, receipt, erased FROM outbox WHERE bundle = ?");
  statement.bind(ByteView(id.value));
  VIGIL_ASSIGN(const bool row, statement.step());
  if (row) return entry_of(store, statement);
  return fail(ErrorKind::kNotFound, "outbox.absent", "This device did not seal such a bundle.");
}

Status set_visit_state(Store& store, VisitId visit, VisitState state) {
  sql::Statement update(store.database, "UPDATE visits SET state = ? WHERE visit = ?");
  return update.bind(to_string(state)).bind(visit.value).run();
}

}  // namespace

std::string_view to_string(UploadState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

Result<std::vector<OutboxEntry>> outbox(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT bundle, sequence, visit, size_bytes, sealed_ms, state, upload_url, sent_bytes, "
      "refusal, receipt, erased FROM outbox ORDER BY sequence");
  std::vector<OutboxEntry> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    VIGIL_ASSIGN(OutboxEntry entry, entry_of(*store, statement));
    list.push_back(std::move(entry));
  }
}

Result<OutboxEntry> outbox_entry(Vault& vault, const bundle::BundleId& id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return read_entry(*store, id);
}

Status set_upload_progress(Vault& vault, const bundle::BundleId& id,
                           const UploadProgress& progress) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  if (progress.state == UploadState::kAcknowledged) {
    return fail(ErrorKind::kUsage, "outbox.state",
                "A bundle is acknowledged only together with its receipt.");
  }
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_ASSIGN(const OutboxEntry entry, read_entry(*store, id));
  if (entry.state == UploadState::kAcknowledged) {
    return fail(ErrorKind::kConflict, "outbox.acknowledged", "This bundle was delivered already.");
  }
  sql::Statement update(store->database,
                        "UPDATE outbox SET state = ?, upload_url = ?, sent_bytes = ?, refusal = ? "
                        "WHERE bundle = ?");
  VIGIL_TRY(update.bind(to_string(progress.state))
                .bind(progress.upload_url)
                .bind(static_cast<std::int64_t>(progress.sent_bytes))
                .bind(progress.refusal)
                .bind(ByteView(id.value))
                .run());
  return transaction.commit();
}

Status acknowledge(Vault& vault, const bundle::BundleId& id, std::string_view receipt) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_ASSIGN(const OutboxEntry entry, read_entry(*store, id));
  if (entry.state == UploadState::kAcknowledged) return {};
  sql::Statement update(store->database,
                        "UPDATE outbox SET state = 'acknowledged', receipt = ?, upload_url = '', "
                        "refusal = '', sent_bytes = size_bytes WHERE bundle = ?");
  VIGIL_TRY(update.bind(receipt).bind(ByteView(id.value)).run());
  VIGIL_TRY(set_visit_state(*store, entry.visit, VisitState::kAcknowledged));
  return transaction.commit();
}

Status erase_sent(Vault& vault, const bundle::BundleId& id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  {
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
    VIGIL_ASSIGN(const OutboxEntry entry, read_entry(*store, id));
    if (entry.state != UploadState::kAcknowledged) {
      return fail(ErrorKind::kConflict, "outbox.unacknowledged",
                  "This bundle has no verified receipt yet, so its copy here stays.");
    }
    sql::Statement update(store->database, "UPDATE outbox SET erased = 1 WHERE bundle = ?");
    VIGIL_TRY(update.bind(ByteView(id.value)).run());
    VIGIL_TRY(set_visit_state(*store, entry.visit, VisitState::kErased));
    VIGIL_TRY(transaction.commit());
  }
  // The row first: a crash in between leaves a file that the next opening removes.
  VIGIL_TRY(store->host.files.remove(outbox_path(*store, id)));
  return store->database.checkpoint();
}

Result<int> apply_retention(Vault& vault, int days) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(const auto entries, outbox(vault));
  const std::int64_t keep_ms = std::int64_t{days} * 86'400'000;
  int erased = 0;
  for (const OutboxEntry& entry : entries) {
    if (entry.state != UploadState::kAcknowledged || entry.path.empty()) continue;
    if (store->host.clock.now().ms - entry.sealed.ms < keep_ms) continue;
    VIGIL_TRY(erase_sent(vault, entry.id));
    ++erased;
  }
  return erased;
}

}  // namespace vigil::vault
