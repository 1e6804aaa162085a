// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include "core/base/check.h"
#include "core/vault/sql.h"

namespace vigil::vault::sql {

Statement::Statement(Database& database, Sql sql) : database_(database), sql_(sql) {
  auto& cached = database_.statements_[sql.literal()];
  if (cached.in_use) {  // nested use of one text: an own handle
    code_ = sqlite3_prepare_v3(database_.handle_, sql.literal(), -1, 0, &handle_, nullptr);
    return;
  }
  if (cached.handle == nullptr) {
    code_ = sqlite3_prepare_v3(database_.handle_, sql.literal(), -1, SQLITE_PREPARE_PERSISTENT,
                               &cached.handle, nullptr);
    if (code_ != SQLITE_OK) return;
  }
  handle_ = cached.handle;
  cached.in_use = true;
  cached_ = true;
}

Statement::~Statement() {
  if (!cached_) {
    sqlite3_finalize(handle_);
    return;
  }
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  database_.statements_[sql_.literal()].in_use = false;
}

Statement& Statement::bind(std::int64_t value) {
  if (code_ == SQLITE_OK) code_ = sqlite3_bind_int64(handle_, next_parameter_++, value);
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  if (code_ == SQLITE_OK) {
    // A null pointer would bind NULL instead of the empty text.
    const char* data = text.data() == nullptr ? "" : text.data();
    code_ = sqlite3_bind_text64(handle_, next_parameter_++, data, text.size(), SQLITE_STATIC,
                                SQLITE_UTF8);
  }
  return *this;
}

Statement& Statement::bind(ByteView blob) {
  if (code_ == SQLITE_OK) {
    const void* data = blob.data() == nullptr ? static_cast<const void*>("") : blob.data();
    code_ = sqlite3_bind_blob64(handle_, next_parameter_++, data, blob.size(), SQLITE_STATIC);
  }
  return *this;
}

Statement& Statement::bind_null() {
  if (code_ == SQLITE_OK) code_ = sqlite3_bind_null(handle_, next_parameter_++);
  return *this;
}

Result<bool> Statement::step() {
  if (code_ == SQLITE_OK) {
    CHECK(next_parameter_ - 1 == sqlite3_bind_parameter_count(handle_));
    const int stepped = sqlite3_step(handle_);
    if (stepped == SQLITE_ROW) return true;
    if (stepped == SQLITE_DONE) return false;
    code_ = stepped;
  }
  return std::unexpected(error_of(code_));
}

Status Statement::run() {
  while (true) {
    VIGIL_ASSIGN(const bool row, step());
    if (!row) return {};
  }
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::string Statement::text(int column) const {
  return std::string(as_text(blob(column)));
}

ByteView Statement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

}  // namespace vigil::vault::sql
