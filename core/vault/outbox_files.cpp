// SPDX-License-Identifier: Apache-2.0
#include "core/vault/outbox_files.h"

#include <algorithm>
#include <set>
#include <vector>

#include "core/bundle/check.h"
#include "core/vault/finalise.h"
#include "core/vault/outbox.h"
#include "core/vault/settings.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

// The ids of sealings under way, one after the other: more than one where a commit failed.
constexpr std::string_view kSealingSetting = "sealing";

Result<std::vector<bundle::BundleId>> noted_sealings(Store& store) {
  sql::Statement statement(store.database, "SELECT value FROM settings WHERE name = ?");
  statement.bind(kSealingSetting);
  VIGIL_ASSIGN(const bool row, statement.step());
  std::vector<bundle::BundleId> ids;
  if (!row) return ids;
  constexpr std::size_t kIdBytes = sizeof(bundle::BundleId::value);
  const ByteView value = statement.blob(0);
  for (std::size_t at = 0; at + kIdBytes <= value.size(); at += kIdBytes) {
    VIGIL_ASSIGN(ids.emplace_back(), bundle_id_of(value.subspan(at, kIdBytes)));
  }
  return ids;
}

Result<bool> has_row(Store& store, const bundle::BundleId& id) {
  sql::Statement statement(store.database, "SELECT 1 FROM outbox WHERE bundle = ?");
  return statement.bind(ByteView(id.value)).step();
}

Status remove_unfinished(Store& store, const std::vector<bundle::BundleId>& ids) {
  for (const bundle::BundleId& id : ids) {
    VIGIL_ASSIGN(const bool sealed, has_row(store, id));
    if (!sealed) VIGIL_TRY(store.host.files.remove(outbox_path(store, id)));
  }
  return {};
}

Result<std::set<std::string>> names_of_rows(Store& store, bool only_erased) {
  sql::Statement statement(store.database, "SELECT bundle FROM outbox WHERE erased >= ?");
  statement.bind(std::int64_t{only_erased});
  std::set<std::string> names;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return names;
    VIGIL_ASSIGN(const auto id, bundle_id_of(statement.blob(0)));
    names.insert(bundle::to_string(id) + std::string(kBundleTail));
  }
}

// The place in the chain that the bundle claims, and proves.
struct Place {
  std::uint64_t sequence = 0;
  bundle::BundleId id;
  bundle::BundleId previous;
  std::string path;
};

// A row, and a visit under a code of its own: which visit it was, only the office can read.
Status adopt(Store& store, const Place& place, std::uint64_t size_bytes) {
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store.database));
  const WallTime today = day_of(store.host.clock.now());
  const std::string code = "BUNDLE-" + std::to_string(place.sequence);
  sql::Statement visit(
      store.database,
      "INSERT INTO visits (code, state, created_ms, bundle) VALUES (?, 'sealed', ?, ?)");
  VIGIL_TRY(visit.bind(code).bind(today.ms).bind(ByteView(place.id.value)).run());
  const std::int64_t visit_id = store.database.last_row_id();
  VIGIL_TRY(queue_bundle(store, {place.sequence, place.id, {visit_id}, size_bytes}));
  return transaction.commit();
}

}  // namespace

std::string outbox_path(const Store& store, const bundle::BundleId& id) {
  return path_in(store.folder, kOutboxFolder) + "/" + bundle::to_string(id) +
         std::string(kBundleTail);
}

std::string sealing_path(const Store& store) {
  return path_in(store.folder, kOutboxFolder) + "/sealing.partial";
}

Status queue_bundle(Store& store, const QueuedBundle& bundle) {
  sql::Statement insert(
      store.database,
      "INSERT INTO outbox (sequence, bundle, visit, size_bytes, sealed_ms, state) "
      "VALUES (?, ?, ?, ?, ?, 'queued')");
  return insert.bind(static_cast<std::int64_t>(bundle.sequence))
      .bind(ByteView(bundle.id.value))
      .bind(bundle.visit.value)
      .bind(static_cast<std::int64_t>(bundle.size_bytes))
      .bind(day_of(store.host.clock.now()).ms)
      .run();
}

Status begin_sealing(Store& store, const bundle::BundleId& id) {
  std::vector<bundle::BundleId> earlier;
  {
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store.database));
    VIGIL_ASSIGN(earlier, noted_sealings(store));
    Bytes value;
    for (const bundle::BundleId& noted : earlier)
      value.insert(value.end(), noted.value.begin(), noted.value.end());
    value.insert(value.end(), id.value.begin(), id.value.end());
    sql::Statement note(store.database,
                        "INSERT INTO settings (name, secret, value) VALUES (?, 0, ?) "
                        "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    VIGIL_TRY(note.bind(kSealingSetting).bind(ByteView(value)).run());
    VIGIL_TRY(transaction.commit());
  }
  // Something was committed since: what an earlier, failed commit wrote can no longer be found
  // complete after a power cut, so that its file is nobody's now.
  return remove_unfinished(store, earlier);
}

Status end_sealing(Store& store) {
  sql::Statement remove(store.database, "DELETE FROM settings WHERE name = ?");
  return remove.bind(kSealingSetting).run();
}

Status remove_leftovers(Store& store) {
  VIGIL_TRY(store.host.files.remove(sealing_path(store)));
  VIGIL_ASSIGN(const auto sealings, noted_sealings(store));
  VIGIL_TRY(remove_unfinished(store, sealings));
  // The note of a file that is gone does no harm: a full disk must not keep the vault shut.
  if (!sealings.empty()) (void)end_sealing(store);
  VIGIL_ASSIGN(const auto erased, names_of_rows(store, true));
  const std::string folder = path_in(store.folder, kOutboxFolder);
  VIGIL_ASSIGN(const auto names, store.host.files.list(folder));
  for (const std::string& name : names) {
    if (erased.contains(name)) VIGIL_TRY(store.host.files.remove(folder + "/" + name));
  }
  return {};
}

Status adopt_bundles(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(const auto unknown, unknown_bundles(vault));
  VIGIL_ASSIGN(const bool has_key, has_secret(vault, kDeviceKeySecret));
  if (unknown.empty() || !has_key) return {};
  VIGIL_ASSIGN(const auto raw, get_secret(vault, kDeviceKeySecret));
  VIGIL_ASSIGN(const auto key, crypto::minisign::SecretKey::from_raw(raw.view()));
  std::vector<Place> places;
  for (const UnknownBundle& found : unknown) {
    const auto file = store->host.files.open(found.path);
    if (!file) continue;
    const auto outline = bundle::check_outline(**file, {key.public_key()});
    if (!outline) continue;
    // Under another name nothing here would find it again.
    if (found.path != outbox_path(*store, outline->id)) continue;
    places.push_back(
        {outline->manifest.sequence, outline->id, outline->manifest.previous, found.path});
  }
  std::ranges::sort(places, {}, &Place::sequence);
  VIGIL_ASSIGN(ChainHead head, chain_head(vault));
  for (const Place& place : places) {
    if (place.sequence != head.sequence + 1 || place.previous != head.last) continue;
    VIGIL_ASSIGN(const auto file, store->host.files.open(place.path));
    if (!bundle::check_bundle(*file, {key.public_key()})) continue;
    VIGIL_TRY(adopt(*store, place, file->size_bytes()));
    head = {place.sequence, place.id};
  }
  return {};
}

Result<std::vector<UnknownBundle>> unknown_bundles(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(const auto known, names_of_rows(*store, false));
  const std::string folder = path_in(store->folder, kOutboxFolder);
  VIGIL_ASSIGN(const auto names, store->host.files.list(folder));
  std::vector<UnknownBundle> list;
  for (const std::string& name : names) {
    if (!name.ends_with(kBundleTail) || known.contains(name)) continue;
    UnknownBundle found{name, folder + "/" + name, 0};
    if (const auto file = store->host.files.open(found.path))
      found.size_bytes = (*file)->size_bytes();
    list.push_back(std::move(found));
  }
  return list;
}

}  // namespace vigil::vault
