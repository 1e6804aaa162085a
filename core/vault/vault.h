// SPDX-License-Identifier: Apache-2.0
//
// The encrypted store of one tablet or one office: a folder with `vault.db` (SQLCipher, random
// 256-bit key), `vault.header` (the key, wrapped once per unlock slot), `outbox/` (sealed bundles)
// and `inbox/` (the office's copies). Everything else in core/vault is a plain function over an
// open Vault. A call that changes something has it on the medium when it returns, or changed
// nothing. Thread: one Vault, one thread at a time; two processes never share a folder (the second
// open fails).
#pragma once

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/crypto/passphrase.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::vault {

// What the vault takes from the platform; both outlive every Vault opened with them. The database
// itself is written by SQLite's own file layer.
struct Host {
  Files& files;
  const Clock& clock;
};

class Store;  // the open database; core/vault's own

class Vault {
 public:
  explicit Vault(std::unique_ptr<Store> store);  // open_vault() and create_vault() make one
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;
  ~Vault();  // locks

  [[nodiscard]] const std::string& folder() const;
  // Closes the database and wipes its key and pages from memory. Every later call on this vault
  // fails kUnavailable "vault.locked". Readers and writers of attachments must be gone. Idempotent.
  void lock();
  // The same at once, without tidying what superseded answers left in the encrypted file: for a
  // vault whose slots were destroyed.
  void abandon();
  [[nodiscard]] bool is_locked() const;

  // For core/vault's own functions. kUnavailable "vault.locked".
  [[nodiscard]] Result<Store*> store();

 private:
  std::unique_ptr<Store> store_;
  std::string folder_;
};

using VaultPointer = std::unique_ptr<Vault>;

// A new vault in `folder`, which is made (mode 0700) if absent, with one passphrase slot. kConflict
// "vault.exists": something called vault.db or vault.header is there already; kConflict
// "vault.folder": there is anything else but lost+found and what an unfinished vault left; kInvalid
// "passphrase.cost"; kDenied "vault.weak": the passphrase is too short (slots.h); kStorage.
[[nodiscard]] Result<VaultPointer> create_vault(const Host& host, const std::string& folder,
                                                const crypto::SecretBytes& passphrase,
                                                const crypto::Argon2Cost& cost);

// Opens an existing vault, migrates its schema forward and finishes what a crash cut short.
// Never makes a database, never opens an unencrypted one. Fails with
//   kNotFound     "vault.absent"      no vault in this folder
//   kDenied       "vault.passphrase"  no slot opens with it (counted: see below)
//   kUnavailable  "vault.backoff"     too many wrong passphrases; the message says how long to wait
//   kUnavailable  "vault.busy"        another program has it open
//   kInvalid      "vault.header"      the header is damaged or asks for more than 1 GiB
//   kInvalid      "vault.empty"       vault.db has no bytes
//   kInvalid      "vault.plaintext"   vault.db is not encrypted
//   kInvalid      "vault.foreign"     vault.db does not open with the header's key: it is damaged
//   or
//                                     belongs to another vault
//   kInvalid      "vault.newer"       written by a newer Vigil
//   kInvalid      "vault.older"       written by a Vigil too old to be migrated
//   kStorage      "vault.library"     the SQL library is not SQLCipher, or two are loaded
//   kStorage      "vault.library-old" it is SQLCipher before 4.5
//   kStorage      "vault.temporary"   it keeps its temporary data on disk
// From the third wrong passphrase on, each makes the next try wait 2 s, 4 s, 8 s ... up to an hour;
// the count survives restarts, and setting the device's clock does not shorten the wait.
[[nodiscard]] Result<VaultPointer> open_vault(const Host& host, const std::string& folder,
                                              const crypto::SecretBytes& passphrase);

// True where `folder` holds something called vault.db or vault.header.
[[nodiscard]] bool vault_exists(const Host& host, const std::string& folder);

}  // namespace vigil::vault
