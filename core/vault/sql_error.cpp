// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include "core/vault/sql.h"

namespace vigil::vault::sql {

Error error_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorKind::kStorage, "vault.full",
              "The disk is full. Nothing stored was lost; free some space, then try again."};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return {ErrorKind::kStorage, "vault.io",
              "The disk could not be read or written. Nothing stored was lost; try again, and save "
              "the device's work soon if this comes back."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::kStorage, "vault.damaged",
              "A part of vault.db is damaged. Stop working in it and call your office."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::kStorage, "vault.readonly",
              "The vault's folder may not be written. Check its permissions."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::kUnavailable, "vault.busy",
              "Another program has this vault open. Close it there first."};
    default:
      return {ErrorKind::kStorage, "vault.storage",
              "The vault refused a change (SQLite code " + std::to_string(code) +
                  "). Nothing stored was lost."};
  }
}

}  // namespace vigil::vault::sql
