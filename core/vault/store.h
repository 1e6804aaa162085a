// SPDX-License-Identifier: Apache-2.0
//
// The open database behind a Vault, and the paths in its folder. core/vault's own.
#pragma once

#include <string>
#include <utility>

#include "core/crypto/secret_bytes.h"
#include "core/vault/sql.h"
#include "core/vault/vault.h"

namespace vigil::vault {

class Store {
 public:
  Store(const Host& host_in, std::string folder_in, sql::Database database_in,
        crypto::SecretBytes key_in, std::string slot_in)
      : host(host_in),
        folder(std::move(folder_in)),
        database(std::move(database_in)),
        key(std::move(key_in)),
        slot(std::move(slot_in)) {}

  Host host;
  std::string folder;
  sql::Database database;
  crypto::SecretBytes key;           // raw, 32 bytes: needed again to wrap a new slot
  std::string slot;                  // the slot it was opened with: the journal's "who"
  std::int64_t changes_at_rest = 0;  // database.total_changes() when nothing superseded was left
};

inline constexpr std::string_view kDatabaseFile = "/vault.db";
inline constexpr std::string_view kHeaderFile = "/vault.header";
inline constexpr std::string_view kTriesFile = "/vault.tries";
inline constexpr std::string_view kNewDatabaseFile = "/vault.db.new";  // until creation is done
inline constexpr std::string_view kOutboxFolder = "/outbox";
inline constexpr std::string_view kInboxFolder = "/inbox";

[[nodiscard]] inline std::string path_in(const std::string& folder, std::string_view file) {
  return folder + std::string(file);
}

// Opens vault.db with its raw key: file checks, migrations, and what a crash left to be finished.
// The part of open_vault() behind the slots; tests that open hundreds of times start here.
[[nodiscard]] Result<VaultPointer> open_with_key(const Host& host, const std::string& folder,
                                                 crypto::SecretBytes key, const std::string& slot);

}  // namespace vigil::vault
