// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/crypto/hash.h"
#include "core/vault/inbox.h"
#include "core/vault/inbox_rows.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

constexpr std::size_t kCopyBytes = 256 * 1024;
constexpr std::uint64_t kMissingLimit = 1000;

// Columns: bundle, device, sequence, previous, roster_version, verdict, imported_ms, path.
Result<ImportedBundle> bundle_of(const sql::Statement& row) {
  ImportedBundle bundle;
  VIGIL_ASSIGN(bundle.id, bundle_id_of(row.blob(0)));
  VIGIL_ASSIGN(bundle.device, device_of(row.blob(1)));
  bundle.sequence = static_cast<std::uint64_t>(row.integer(2));
  VIGIL_ASSIGN(bundle.previous, bundle_id_of(row.blob(3)));
  bundle.roster_version = static_cast<std::uint64_t>(row.integer(4));
  bundle.verdict = row.text(5);
  bundle.imported = {row.integer(6)};
  bundle.path = row.text(7);
  return bundle;
}

// The same copy is left alone: a second one would only be written over it.
Status copy_file(Files& files, ReadableFile& from, const std::string& path) {
  const std::string partial = path + ".partial";
  VIGIL_TRY(files.remove(partial));
  {
    VIGIL_ASSIGN(const auto to, files.create(partial));
    Bytes buffer(kCopyBytes);
    std::uint64_t offset = 0;
    while (offset < from.size_bytes()) {
      VIGIL_ASSIGN(const std::size_t got, from.read_at(offset, buffer));
      if (got == 0) {
        return fail(ErrorKind::kStorage, "import.read",
                    "The file became shorter while it was read.");
      }
      VIGIL_TRY(to->append(ByteView(buffer).first(got)));
      offset += got;
    }
    VIGIL_TRY(to->sync());
  }
  return files.rename(partial, path);
}

Result<std::string> digest_of(ReadableFile& file) {
  crypto::Blake2b256Stream digest;
  Bytes buffer(kCopyBytes);
  for (std::uint64_t offset = 0;;) {
    VIGIL_ASSIGN(const std::size_t got, file.read_at(offset, buffer));
    if (got == 0) return hex_encode(digest.finish());
    digest.update(ByteView(buffer).first(got));
    offset += got;
  }
}

Result<std::string> copy_to_inbox(Store& store, ReadableFile& file, const std::string& name) {
  const std::string folder = path_in(store.folder, kInboxFolder);
  VIGIL_TRY(store.host.files.make_directories(folder));
  std::string path = folder + "/" + name;
  VIGIL_TRY(copy_file(store.host.files, file, path));
  return path;
}

}  // namespace

Bytes device_blob(const crypto::minisign::PublicKey& device) {
  Bytes blob(device.key_number.begin(), device.key_number.end());
  blob.insert(blob.end(), device.point.begin(), device.point.end());
  return blob;
}

Result<crypto::minisign::PublicKey> device_of(ByteView blob) {
  crypto::minisign::PublicKey device;
  if (blob.size() != device.key_number.size() + device.point.size()) {
    return std::unexpected(sql::error_of(11));  // SQLITE_CORRUPT
  }
  std::ranges::copy(blob.first(device.key_number.size()), device.key_number.begin());
  std::ranges::copy(blob.subspan(device.key_number.size()), device.point.begin());
  return device;
}

Result<std::string> import_bundle_file(Vault& vault, ReadableFile& bundle,
                                       const bundle::BundleId& id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return copy_to_inbox(*store, bundle, bundle::to_string(id) + ".vigil");
}

Result<bool> known_bundle(Vault& vault, const bundle::BundleId& id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(store->database, "SELECT 1 FROM bundles WHERE bundle = ?");
  return statement.bind(ByteView(id.value)).step();
}

Result<std::vector<ImportedBundle>> imported_bundles(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT bundle, device, sequence, previous, roster_version, verdict, imported_ms, path "
      "FROM bundles ORDER BY device, sequence");
  std::vector<ImportedBundle> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    VIGIL_ASSIGN(ImportedBundle bundle, bundle_of(statement));
    list.push_back(std::move(bundle));
  }
}

Result<std::vector<DeviceChain>> device_chains(Vault& vault) {
  VIGIL_ASSIGN(const auto bundles, imported_bundles(vault));
  std::vector<DeviceChain> chains;
  for (const ImportedBundle& bundle : bundles) {
    if (chains.empty() || chains.back().device != bundle.device) {
      chains.push_back({.device = bundle.device, .last = {}, .missing = {}});
    }
    DeviceChain& chain = chains.back();
    for (std::uint64_t gap = chain.last_sequence + 1;
         gap < bundle.sequence && chain.missing.size() < kMissingLimit; ++gap) {
      chain.missing.push_back(gap);
    }
    chain.last_sequence = bundle.sequence;
    chain.last = bundle.id;
  }
  return chains;
}

Result<std::uint64_t> last_sequence(Vault& vault, const crypto::minisign::PublicKey& device) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  const Bytes key = device_blob(device);
  sql::Statement statement(store->database,
                           "SELECT ifnull(max(sequence), 0) FROM bundles WHERE device = ?");
  statement.bind(ByteView(key));
  VIGIL_TRY(statement.step());
  return static_cast<std::uint64_t>(statement.integer(0));
}

Status quarantine(Vault& vault, ReadableFile& file, std::string_view file_name, const Error& why) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  // Named by its content: the same file comes again with every import until somebody takes it away.
  VIGIL_ASSIGN(const std::string digest, digest_of(file));
  const std::string name = "quarantine-" + digest;
  std::string path = path_in(store->folder, kInboxFolder) + "/" + name;
  if (!store->host.files.exists(path)) {
    VIGIL_ASSIGN(path, copy_to_inbox(*store, file, name));
  }
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  sql::Statement update(store->database,
                        "UPDATE quarantine SET file_name = ?, code = ?, reason = ?, time_ms = ? "
                        "WHERE path = ?");
  VIGIL_TRY(update.bind(file_name)
                .bind(why.code)
                .bind(why.message)
                .bind(store->host.clock.now().ms)
                .bind(path)
                .run());
  if (store->database.changed_rows() == 0) {
    sql::Statement insert(store->database,
                          "INSERT INTO quarantine (file_name, path, code, reason, time_ms) "
                          "VALUES (?, ?, ?, ?, ?)");
    VIGIL_TRY(insert.bind(file_name)
                  .bind(path)
                  .bind(why.code)
                  .bind(why.message)
                  .bind(store->host.clock.now().ms)
                  .run());
  }
  return transaction.commit();
}

Result<std::vector<Quarantined>> quarantined(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT id, file_name, path, code, reason, time_ms FROM quarantine ORDER BY id");
  std::vector<Quarantined> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back({statement.integer(0),
                    statement.text(1),
                    statement.text(2),
                    statement.text(3),
                    statement.text(4),
                    {statement.integer(5)}});
  }
}

Status release_quarantined(Vault& vault, std::int64_t id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  std::string path;
  {
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
    sql::Statement find(store->database, "SELECT path FROM quarantine WHERE id = ?");
    find.bind(id);
    VIGIL_ASSIGN(const bool row, find.step());
    if (!row) return {};
    path = find.text(0);
    sql::Statement remove(store->database, "DELETE FROM quarantine WHERE id = ?");
    VIGIL_TRY(remove.bind(id).run());
    VIGIL_TRY(transaction.commit());
  }
  return store->host.files.remove(path);
}

}  // namespace vigil::vault
