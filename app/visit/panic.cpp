// SPDX-License-Identifier: Apache-2.0
#include "app/visit/panic.h"

#include "core/vault/slots.h"

namespace vigil::visit {

bool may_panic(const trust::Policy& policy) {
  return policy.panic_allowed;
}

Status panic(const vault::Host& host, const std::string& folder, const trust::Policy& policy,
             vault::VaultPointer vault) {
  if (!may_panic(policy)) {
    return fail(ErrorKind::kDenied, "panic.off",
                "Your office has not turned on erasing everything at once. Nothing was erased.");
  }
  VIGIL_TRY(vault::destroy_slots(host, folder));
  if (vault != nullptr) vault->abandon();
  vault.reset();
  // Nothing opens any more; what cannot be removed now is left without a key.
  (void)vault::destroy_vault(host, folder);
  return {};
}

}  // namespace vigil::visit
