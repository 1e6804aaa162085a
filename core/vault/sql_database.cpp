// SPDX-License-Identifier: Apache-2.0
#define SQLITE_HAS_CODEC  // declares sqlite3_key()
#include <array>
#include <utility>

#include <sqlite3.h>

#include "core/vault/sql.h"
#include "core/vault/sql_library.h"

namespace vigil::vault::sql {
namespace {

// None of them writes to the file, which may yet turn out not to be ours. Each with its reason:
// - no log: a wrong key is an answer, not a line on somebody's terminal;
// - exclusive locking: a second program is refused, and the WAL index stays in our memory;
// - synchronous=FULL: with the write-ahead log (schema.cpp) what is committed survives a power cut;
// - secure_delete: freed cells and pages are overwritten with zeros;
// - temp_store: sorters and statement journals never reach a disk;
// - trusted_schema=OFF, cell_size_check: a tampered schema or page runs nothing and is noticed.
constexpr const char* kSettings =
    "PRAGMA cipher_log_level=NONE;"
    "PRAGMA locking_mode=EXCLUSIVE;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;"
    "PRAGMA cache_size=-8192;";

// SQLCipher's spelling of a raw key: x'<64 hex digits>'. Kept in locked memory.
crypto::SecretBytes key_literal(const crypto::SecretBytes& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  crypto::SecretBytes literal(key.size() * 2 + 3);
  auto out = literal.writable();
  std::size_t at = 0;
  out[at++] = 'x';
  out[at++] = '\'';
  for (const std::uint8_t byte : key.view()) {
    out[at++] = static_cast<std::uint8_t>(kDigits[byte >> 4]);
    out[at++] = static_cast<std::uint8_t>(kDigits[byte & 15]);
  }
  out[at] = '\'';
  return literal;
}

Error foreign() {
  return {
      ErrorKind::kInvalid, "vault.foreign",
      "vault.db does not open with this vault's key: it is damaged or belongs to another vault. "
      "Put back the vault.db that goes with vault.header."};
}

}  // namespace

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), statements_(std::move(other.statements_)) {
  other.statements_.clear();
}

Database& Database::operator=(Database&& other) noexcept {
  if (this != &other) {
    close();
    handle_ = std::exchange(other.handle_, nullptr);
    statements_ = std::move(other.statements_);
    other.statements_.clear();
  }
  return *this;
}

Database::~Database() {
  close();
}

void Database::close() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement.handle);
  statements_.clear();
  sqlite3_close_v2(std::exchange(handle_, nullptr));
}

void Database::forgo_checkpoint() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<Database> Database::open(const std::string& path, const crypto::SecretBytes& key,
                                OpenMode mode) {
  VIGIL_TRY(check_library());
  Database database;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
              SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW;
  if (mode == OpenMode::kCreate) flags |= SQLITE_OPEN_CREATE;
  if (const int code = sqlite3_open_v2(path.c_str(), &database.handle_, flags, nullptr);
      code != SQLITE_OK) {
    return std::unexpected(error_of(code));
  }
  const crypto::SecretBytes literal = key_literal(key);
  if (const int code =
          sqlite3_key(database.handle_, literal.view().data(), static_cast<int>(literal.size()));
      code != SQLITE_OK) {
    return std::unexpected(error_of(code));
  }
  if (auto done = database.execute(kSettings); !done.has_value()) {
    if (done.error().code == "vault.damaged") return std::unexpected(foreign());
    return std::unexpected(done.error());
  }
  // The exclusive lock is taken by the first read; a wrong key shows there too.
  if (auto tables = database.integer("SELECT count(*) FROM sqlite_schema"); !tables.has_value()) {
    if (tables.error().code == "vault.damaged") return std::unexpected(foreign());
    return std::unexpected(tables.error());
  }
  VIGIL_ASSIGN(const std::int64_t temporary, database.integer("PRAGMA temp_store"));
  if (temporary != 2) {
    return fail(ErrorKind::kStorage, "vault.temporary",
                "The SQL library keeps temporary data on disk (temp_store is not memory). Install "
                "Debian's libsqlcipher.");
  }
  return database;
}

Status Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

Result<std::int64_t> Database::integer(Sql sql) {
  Statement statement(*this, sql);
  VIGIL_ASSIGN(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Database::changed_rows() const {
  return sqlite3_changes64(handle_);
}
std::int64_t Database::total_changes() const {
  return sqlite3_total_changes64(handle_);
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

Status Database::checkpoint() {
  const int code =
      sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

Status Database::shrink() {
  return execute("PRAGMA incremental_vacuum");
}

Result<Transaction> Transaction::begin(Database& database) {
  if (database.in_transaction()) {
    return fail(ErrorKind::kUnavailable, "vault.importing",
                "A bundle is being imported. Try again when that has ended.");
  }
  VIGIL_TRY(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // SQLite may have rolled back by itself already (disk full); a failure here changes nothing more.
  if (database_ != nullptr && database_->in_transaction()) (void)database_->execute("ROLLBACK");
}

Status Transaction::commit() {
  VIGIL_TRY(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace vigil::vault::sql
