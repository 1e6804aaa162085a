// SPDX-License-Identifier: Apache-2.0
//
// SQLite as values: statements that reset themselves, transactions that roll back, errors as Error.
// core/vault's own; no caller outside sees it. Thread: one database, one thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vigil::vault::sql {

// The Error for an SQLite result code: kStorage "vault.full", "vault.io", "vault.damaged",
// "vault.readonly", "vault.storage"; kUnavailable "vault.busy".
[[nodiscard]] Error error_of(int code);

class Database;

// The text of a statement. Only a literal makes one: prepared statements are kept by the literal's
// address, under which another text of the moment could come to stand.
class Sql {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is written as such
  consteval Sql(const char* literal) : literal_(literal) {}
  [[nodiscard]] const char* literal() const { return literal_; }

 private:
  const char* literal_;
};

// One run of a statement: bind in order, step, read columns. A failure of prepare or bind comes out
// of the first step(). Views of columns live until the next step.
class Statement {
 public:
  Statement(Database& database, Sql sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);  // borrowed until the Statement goes
  Statement& bind(ByteView blob);          // borrowed until the Statement goes
  Statement& bind_null();

  [[nodiscard]] Result<bool> step();  // true: there is a row
  [[nodiscard]] Status run();         // steps to the end

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] ByteView blob(int column) const;

 private:
  Database& database_;
  Sql sql_;
  sqlite3_stmt* handle_ = nullptr;
  bool cached_ = false;
  int next_parameter_ = 1;
  int code_ = 0;
};

enum class OpenMode { kExisting, kCreate };

class Database {
 public:
  Database() = default;
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  ~Database();

  // Opens with a raw 32-byte key, exclusively, with every setting the vault relies on, and reads
  // the first page. Never creates unless asked to. kInvalid "vault.foreign": the key does not open
  // it.
  [[nodiscard]] static Result<Database> open(const std::string& path,
                                             const crypto::SecretBytes& key, OpenMode mode);

  // Several statements without results.
  [[nodiscard]] Status execute(const char* sql);
  [[nodiscard]] Result<std::int64_t> integer(Sql sql);
  [[nodiscard]] std::int64_t last_row_id() const;
  [[nodiscard]] std::int64_t changed_rows() const;
  [[nodiscard]] std::int64_t total_changes() const;  // rows changed since it was opened
  [[nodiscard]] bool in_transaction() const;
  // Moves everything into the database file and empties the write-ahead log.
  [[nodiscard]] Status checkpoint();
  // Frees pages that were given back, to the file system.
  [[nodiscard]] Status shrink();
  void close();
  // Closing leaves the write-ahead log as it is, instead of moving it into the file first.
  void forgo_checkpoint();
  // For what SQLite alone can answer (tests that look at every page).
  [[nodiscard]] sqlite3* handle() { return handle_; }

 private:
  friend class Statement;
  sqlite3* handle_ = nullptr;
  struct CachedStatement {
    sqlite3_stmt* handle = nullptr;
    bool in_use = false;
  };
  std::map<const char*, CachedStatement> statements_;  // by the literal's address
};

// Rolls back unless committed. kUnavailable "vault.importing": an import is being staged.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&& other) noexcept {
    std::swap(database_, other.database_);
    return *this;
  }
  ~Transaction();
  [[nodiscard]] Status commit();
  // The database is closed already and has rolled back by that.
  void forget() { database_ = nullptr; }

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace vigil::vault::sql
