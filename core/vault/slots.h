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

// Makes every slot unusable, then removes the sealed bundles and the database (crypto-erasure: what
// the flash still remembers has no key any more). Takes no open vault. Whether it is offered at
// all is the office's policy. The order is header first, so a crash leaves nothing openable.
[[nodiscard]] Status destroy_vault(const Host& host, const std::string& folder);

inline constexpr std::size_t kSlotLimit = 8;

}  // namespace vigil::vault
