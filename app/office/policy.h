// SPDX-License-Identifier: Apache-2.0
//
// What the office lets its tablets do, signed in the roster: how long sealed visits stay after
// their receipt, and whether everything may be erased at once.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::office {

struct PolicyChange {
  std::optional<bool> panic_allowed;
  std::optional<std::int64_t> retention_days;
};
inline constexpr std::int64_t kLongestRetentionDays = 36'500;  // what a roster can say

// Signs the next version of the roster; tablets follow it once they accept the next kit. Where
// nothing changes, the roster stays as it is. kUsage "policy.retention"; kNotFound "vault.secret":
// this is no office's vault.
[[nodiscard]] Result<trust::Roster> change_policy(vault::Vault& vault, Files& files,
                                                  const PolicyChange& change);

}  // namespace vigil::office
