// SPDX-License-Identifier: Apache-2.0
#include "app/office/policy.h"

#include "app/office/roster_keeping.h"
#include "app/visit/roster_store.h"

namespace vigil::office {

Result<trust::Roster> change_policy(vault::Vault& vault, Files& files, const PolicyChange& change) {
  if (change.retention_days &&
      (*change.retention_days < 0 || *change.retention_days > kLongestRetentionDays)) {
    return fail(ErrorKind::kUsage, "policy.retention",
                "Sealed visits are kept for 0 to 36500 days after their receipt.");
  }
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  trust::Policy policy = current.roster.policy;
  policy.panic_allowed = change.panic_allowed.value_or(policy.panic_allowed);
  policy.retention_days = change.retention_days.value_or(policy.retention_days);
  if (policy.panic_allowed == current.roster.policy.panic_allowed &&
      policy.retention_days == current.roster.policy.retention_days) {
    return std::move(current.roster);
  }
  current.roster.policy = policy;
  return next_roster(vault, files, std::move(current.roster));
}

}  // namespace vigil::office
