// SPDX-License-Identifier: Apache-2.0
//
// The ways to unlock a vault. Each slot holds the same database key, wrapped under a passphrase
// (Argon2id) or sealed to the office's recovery recipient (age). A vault always keeps at least one
// passphrase slot that is known to work. Changes are atomic: the header file is replaced whole.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/crypto/age.h"
#include "core/vault/vault.h"

namespace vigil::vault {

enum class SlotKind { kPassphrase, kRecovery };

struct Slot {
  std::string id;  // 8 hex digits, random; the journal's "who"
  SlotKind kind = SlotKind::kPassphrase;
};

[[nodiscard]] Result<std::vector<Slot>> slots(Vault& vault);
// The slot this vault was opened with.
[[nodiscard]] Result<std::string> opened_with(Vault& vault);

// kDenied "vault.weak": shorter than kLeastPassphraseLetters. Every call that sets a passphrase
// asks this itself; a program may ask before it starts the long work.
[[nodiscard]] Status check_new_passphrase(const crypto::SecretBytes& passphrase);

// Adds a slot; it is tried before the header is replaced. Returns its id. `cost` below the highest
// of the existing slots is raised to it: parameters only rise. kDenied "vault.weak"; kConflict
// "vault.slots": there are kSlotLimit already.
[[nodiscard]] Result<std::string> add_passphrase(Vault& vault,
                                                 const crypto::SecretBytes& passphrase,
                                                 const crypto::Argon2Cost& cost);
// Replaces the slot that `old_passphrase` opens. kDenied "vault.passphrase".
[[nodiscard]] Result<std::string> change_passphrase(Vault& vault,
                                                    const crypto::SecretBytes& old_passphrase,
                                                    const crypto::SecretBytes& new_passphrase,
                                                    const crypto::Argon2Cost& cost);
// Seals the database key to the office's recovery recipient; replaces an earlier recovery slot.
[[nodiscard]] Result<std::string> set_recovery(Vault& vault,
                                               const crypto::age::Recipient& recipient);
// kConflict "vault.last-slot": it is the last passphrase slot; kNotFound "vault.slot".
[[nodiscard]] Status remove_slot(Vault& vault, const std::string& id);

// Opens with the office's recovery identity; then add_passphrase(). Fails as open_vault() does, and
// kDenied "vault.recovery": there is no recovery slot, or it is sealed to another recipient.
[[nodiscard]] Result<VaultPointer> open_with_recovery(const Host& host, const std::string& folder,
                                                      const crypto::age::Identity& identity);

// Panic, first part: overwrites the header where it lies, then removes it. From then on nobody
// opens this vault, passphrase, recovery identity or not, and what the flash still remembers of
// vault.db has no key (crypto-erasure). A handful of changes to one small file, whatever the
// vault's size. Fine when there is none. A vault that is open should be abandoned next.
[[nodiscard]] Status destroy_slots(const Host& host, const std::string& folder);
// destroy_slots(), then removes the database and the sealed bundles, which is only tidying: bundles
// are sealed to the office, and no key to them was ever on this device. Takes no open vault.
[[nodiscard]] Status destroy_vault(const Host& host, const std::string& folder);

inline constexpr std::size_t kSlotLimit = 8;
// Of a passphrase that is being set; one that is there opens whatever its length. Argon2id slows
// guessing, but a short word falls to whoever copied the files.
inline constexpr std::size_t kLeastPassphraseLetters = 8;

}  // namespace vigil::vault
