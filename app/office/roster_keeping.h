// SPDX-License-Identifier: Apache-2.0
//
// The office's own roster: kept in the vault and beside it, signed anew at each change. Internal to
// app/office.
#pragma once

#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::office {

[[nodiscard]] Status keep_roster(vault::Vault& vault, Files& files,
                                 const trust::SignedRoster& roster);
[[nodiscard]] Result<crypto::minisign::SecretKey> root_key(vault::Vault& vault);
// The roster with its version raised, signed by the root in force and kept.
[[nodiscard]] Result<trust::Roster> next_roster(vault::Vault& vault, Files& files,
                                                trust::Roster roster);
// Every handover of the root so far, the oldest first (core/trust/handover.h).
[[nodiscard]] Result<std::vector<std::string>> handovers(vault::Vault& vault);
[[nodiscard]] Status add_handover(vault::Vault& vault, const std::string& text);

}  // namespace vigil::office
