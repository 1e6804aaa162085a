// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "core/vault/backoff.h"
#include "core/vault/header.h"
#include "core/vault/outbox_files.h"
#include "core/vault/record_rows.h"
#include "core/vault/schema.h"
#include "core/vault/sql_library.h"
#include "core/vault/store.h"

namespace vigil::vault {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};

// SQLite would make a zero-byte file a new, empty database under any key, and open a plaintext one
// if the library were the wrong one; neither gets that far.
Status check_database_file(Files& files, const std::string& path) {
  VIGIL_ASSIGN(const auto file, files.open(path));
  if (file->size_bytes() == 0) {
    return fail(ErrorKind::kInvalid, "vault.empty",
                "vault.db has no bytes. Put back a copy of it; nothing was changed.");
  }
  std::array<std::uint8_t, kSqliteMagic.size()> start{};
  VIGIL_ASSIGN(const std::size_t got, file->read_at(0, start));
  if (as_text(ByteView(start).first(got)) == kSqliteMagic) {
    return fail(
        ErrorKind::kInvalid, "vault.plaintext",
        "vault.db is not encrypted, so it is not this vault. Put back the right one and ask "
        "your office how this came about.");
  }
  return {};
}

// A creation that stopped between header and last rename is completed.
Status finish_creation(Files& files, const std::string& folder) {
  const std::string path = path_in(folder, kDatabaseFile);
  if (files.exists(path)) return {};
  const std::string made = path_in(folder, kNewDatabaseFile);
  if (files.exists(made)) return files.rename(made, path);
  return fail(
      ErrorKind::kInvalid, "vault.foreign",
      "vault.db is gone while vault.header is here. Put back the vault.db that goes with it.");
}

// What a crash left may hold superseded answers. On a full disk that has to wait for the next
// locking: a vault that did not open could not be emptied either.
Status tidy(Store& store, bool crashed) {
  Status tidied = crashed ? rebuild_tables(store.database) : Status{};
  if (tidied.has_value()) tidied = settle(store);
  if (!tidied.has_value() && tidied.error().code != "vault.full") return tidied;
  return {};
}

// What a vault that was never finished, or was destroyed, leaves; and what a file system has of its
// own.
bool may_lie_there(const std::filesystem::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  if (name == "lost+found" || name.starts_with(kNewDatabaseFile.substr(1))) return true;
  if (name.starts_with("vault.") && name.ends_with(".new")) return true;
  std::error_code failed;
  const bool own_folder = name == kOutboxFolder.substr(1) || name == kInboxFolder.substr(1);
  return own_folder && std::filesystem::is_empty(entry.path(), failed) && !failed;
}

// A vault and other things do not share a folder: who tidies up one may erase the other.
Status check_nothing_else(const std::string& folder) {
  std::error_code failed;
  const std::filesystem::file_status there = std::filesystem::status(folder, failed);
  if (there.type() == std::filesystem::file_type::not_found) return {};
  std::string first;
  int others = 0;
  if (!failed) {
    std::filesystem::directory_iterator at(folder, failed);
    for (; !failed && at != std::filesystem::directory_iterator(); at.increment(failed)) {
      if (may_lie_there(*at)) continue;
      const std::string name = at->path().filename().string();
      if (others++ == 0 || name < first) first = name;
    }
  }
  if (failed) {
    return fail(ErrorKind::kStorage, "vault.folder",
                "The folder " + folder + " cannot be looked into (" + failed.message() +
                    "): name another one, or one that does not exist yet.");
  }
  if (others == 0) return {};
  return fail(ErrorKind::kConflict, "vault.folder",
              "The folder " + folder + " holds other things already (" + first +
                  (others > 1 ? " and " + std::to_string(others - 1) + " more" : "") +
                  "). Name an empty folder, or one that does not exist yet; nothing was changed.");
}

Status remove_leftover_database(Files& files, const std::string& folder) {
  const std::string made = path_in(folder, kNewDatabaseFile);
  for (const char* tail : {"", "-wal", "-shm", "-journal"}) VIGIL_TRY(files.remove(made + tail));
  return {};
}

}  // namespace

bool vault_exists(const Host& host, const std::string& folder) {
  return host.files.exists(path_in(folder, kDatabaseFile)) ||
         host.files.exists(path_in(folder, kHeaderFile));
}

Result<VaultPointer> create_vault(const Host& host, const std::string& folder,
                                  const crypto::SecretBytes& passphrase,
                                  const crypto::Argon2Cost& cost) {
  VIGIL_TRY(sql::check_library());
  if (vault_exists(host, folder)) {
    return fail(ErrorKind::kConflict, "vault.exists",
                "There is a vault in this folder already. Open it, or name another folder.");
  }
  VIGIL_TRY(check_nothing_else(folder));
  VIGIL_TRY(host.files.make_directories(folder));
  VIGIL_TRY(remove_leftover_database(host.files, folder));
  Header header;
  header.vault = random_hex(16);
  auto key = crypto::SecretBytes::random(kKeyBytes);
  VIGIL_ASSIGN(HeaderSlot slot, wrap_key(header, key, passphrase, cost));
  const std::string slot_id = slot.id;
  header.slots.push_back(std::move(slot));
  // SQLite would take the mode from the umask; its other files take it from this one.
  VIGIL_TRY(host.files.write_atomically(path_in(folder, kNewDatabaseFile), {}, true));
  {
    VIGIL_ASSIGN(auto database, sql::Database::open(path_in(folder, kNewDatabaseFile), key,
                                                    sql::OpenMode::kCreate));
    VIGIL_TRY(make_schema(database, newest_schema()));
    VIGIL_TRY(database.checkpoint());
  }
  VIGIL_TRY(write_header(host.files, folder, header));
  return open_with_key(host, folder, std::move(key), slot_id);
}

Result<VaultPointer> open_vault(const Host& host, const std::string& folder,
                                const crypto::SecretBytes& passphrase) {
  VIGIL_TRY(sql::check_library());
  VIGIL_ASSIGN(const Header header, read_header(host.files, folder));
  VIGIL_TRY(begin_try(host, folder));
  VIGIL_ASSIGN(auto unlocked, unlock_header(header, passphrase));
  VIGIL_TRY(forget_tries(host, folder));
  return open_with_key(host, folder, std::move(unlocked.key), unlocked.slot);
}

Result<VaultPointer> open_with_key(const Host& host, const std::string& folder,
                                   crypto::SecretBytes key, const std::string& slot) {
  const std::string path = path_in(folder, kDatabaseFile);
  VIGIL_TRY(finish_creation(host.files, folder));
  VIGIL_TRY(check_database_file(host.files, path));
  const bool crashed = host.files.exists(path + "-wal");
  VIGIL_ASSIGN(auto database, sql::Database::open(path, key, sql::OpenMode::kExisting));
  VIGIL_TRY(migrate_schema(database));
  auto store = std::make_unique<Store>(host, folder, std::move(database), std::move(key), slot);
  VIGIL_TRY(tidy(*store, crashed));
  store->changes_at_rest = store->database.total_changes();
  VIGIL_TRY(host.files.make_directories(path_in(folder, kOutboxFolder)));
  VIGIL_TRY(remove_leftovers(*store));
  auto vault = std::make_unique<Vault>(std::move(store));
  // Where that fails, they are said as unknown: nothing is lost.
  (void)adopt_bundles(*vault);
  return vault;
}

Vault::Vault(std::unique_ptr<Store> store) : store_(std::move(store)), folder_(store_->folder) {}

Vault::~Vault() {
  lock();
}

const std::string& Vault::folder() const {
  return folder_;
}

bool Vault::is_locked() const {
  return store_ == nullptr;
}

void Vault::lock() {
  if (store_ == nullptr) return;
  // A failure leaves more behind in encrypted form only; the next locking does it again.
  const bool changed = store_->database.total_changes() != store_->changes_at_rest;
  if (changed && !store_->database.in_transaction()) {
    (void)rebuild_tables(store_->database);
    (void)settle(*store_);
  }
  store_.reset();
  crypto::wipe_dead_stack();
}

void Vault::abandon() {
  if (store_ == nullptr) return;
  store_->database.forgo_checkpoint();
  store_.reset();
  crypto::wipe_dead_stack();
}

Result<Store*> Vault::store() {
  if (store_ == nullptr) {
    return fail(ErrorKind::kUnavailable, "vault.locked", "The vault is locked. Unlock it first.");
  }
  return store_.get();
}

}  // namespace vigil::vault
