// SPDX-License-Identifier: Apache-2.0
#include "core/vault/settings.h"

#include "core/vault/store.h"

namespace vigil::vault {
namespace {

constexpr std::int64_t kPublic = 0;
constexpr std::int64_t kSecret = 1;

Status put(Store& store, std::string_view name, std::int64_t sort, ByteView value) {
  sql::Statement statement(store.database,
                           "INSERT INTO settings (name, secret, value) VALUES (?, ?, ?) "
                           "ON CONFLICT (name) DO UPDATE SET value = excluded.value "
                           "WHERE secret = excluded.secret");
  VIGIL_TRY(statement.bind(name).bind(sort).bind(value).run());
  if (store.database.changed_rows() == 0) {
    return fail(ErrorKind::kConflict, "vault.setting",
                "The setting " + std::string(name) + " is of the other sort, public or secret.");
  }
  return {};
}

Status remove(Vault& vault, std::string_view name, std::int64_t sort) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  sql::Statement statement(store->database, "DELETE FROM settings WHERE name = ? AND secret = ?");
  VIGIL_TRY(statement.bind(name).bind(sort).run());
  return transaction.commit();
}

}  // namespace

Status put_setting(Vault& vault, std::string_view name, ByteView value) {
  return put_settings(vault, {{name, value}});
}

Status put_settings(Vault& vault,
                    const std::vector<std::pair<std::string_view, ByteView>>& values) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  for (const auto& [name, value] : values) VIGIL_TRY(put(*store, name, kPublic, value));
  return transaction.commit();
}

Result<std::optional<Bytes>> get_setting(Vault& vault, std::string_view name) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(store->database,
                           "SELECT value FROM settings WHERE name = ? AND secret = 0");
  statement.bind(name);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) return std::nullopt;
  const ByteView value = statement.blob(0);
  return Bytes(value.begin(), value.end());
}

Status remove_setting(Vault& vault, std::string_view name) {
  return remove(vault, name, kPublic);
}

Status put_secret(Vault& vault, std::string_view name, ByteView value) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(put(*store, name, kSecret, value));
  return transaction.commit();
}

Result<crypto::SecretBytes> get_secret(Vault& vault, std::string_view name) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(store->database,
                           "SELECT value FROM settings WHERE name = ? AND secret = 1");
  statement.bind(name);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) {
    return fail(ErrorKind::kNotFound, "vault.secret",
                "This vault does not hold the key called " + std::string(name) +
                    ". Set the device or the office up first.");
  }
  return crypto::SecretBytes::copy_of(statement.blob(0));
}

Result<bool> has_secret(Vault& vault, std::string_view name) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(store->database, "SELECT 1 FROM settings WHERE name = ? AND secret = 1");
  return statement.bind(name).step();
}

Status remove_secret(Vault& vault, std::string_view name) {
  return remove(vault, name, kSecret);
}

}  // namespace vigil::vault
