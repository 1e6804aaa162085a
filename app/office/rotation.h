// SPDX-License-Identifier: Apache-2.0
//
// New keys for old: each change raises the roster's version. Old bundles stay openable and
// verifiable; new ones are sealed to the new keys only. A tablet's own key is rotated by enrolling
// it anew and revoking the old one.
#pragma once

#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/log/note.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::office {

// The old identity stays in the vault for old bundles, and in the roster as retired.
[[nodiscard]] Result<trust::Roster> rotate_recipient(vault::Vault& vault, Files& files,
                                                     trust::RecipientRole role);
// As above; the new identity goes into a new recovery file. The old file still opens old bundles.
[[nodiscard]] Result<trust::Roster> rotate_recovery(vault::Vault& vault, Files& files,
                                                    const std::string& path,
                                                    const crypto::SecretBytes& passphrase);
// The key with which the office speaks to the hub and signs events.
[[nodiscard]] Result<trust::Roster> rotate_office_key(vault::Vault& vault, Files& files);
// A log of another name begins: the hub needs a fresh folder (prepare_hub), and the old log stays
// as it is, to be judged by the rosters of its time.
[[nodiscard]] Result<trust::Roster> rotate_log_key(vault::Vault& vault, Files& files);
// The old root signs a handover, which kits carry from now on; the new one signs the roster.
[[nodiscard]] Result<trust::Roster> rotate_root(vault::Vault& vault, Files& files);

// kConflict "office.witness": a witness or log of this name is there already.
[[nodiscard]] Result<trust::Roster> add_witness(vault::Vault& vault, Files& files,
                                                const log::VerifierKey& witness);
// kNotFound "office.witness"; fails as trust::sign_roster() where fewer were left than the quorum.
[[nodiscard]] Result<trust::Roster> remove_witness(vault::Vault& vault, Files& files,
                                                   std::string_view name);
[[nodiscard]] Result<trust::Roster> set_quorum(vault::Vault& vault, Files& files,
                                               std::int64_t quorum);

}  // namespace vigil::office
