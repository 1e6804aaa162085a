// SPDX-License-Identifier: Apache-2.0
//
// Panic: the vault is made unopenable at once and for good. Off until the office's signed roster
// turns it on, since in some countries having used it may itself be an offence. The caller asks for
// a deliberate gesture (press and hold, a chord of keys) and keeps the policy of the last unlock,
// so that it works on a locked tablet too.
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::visit {

[[nodiscard]] bool may_panic(const trust::Policy& policy);

// Destroys every unlock slot in `folder`, lets go of `vault` (null where it is locked) with its
// key, then removes what no longer opens, as far as it comes. The slots take a few changes to one
// small file, whatever the vault holds. kDenied "panic.off": the policy does not allow it, nothing
// was touched; kStorage: the disk refused, the vault may still open.
[[nodiscard]] Status panic(const vault::Host& host, const std::string& folder,
                           const trust::Policy& policy, vault::VaultPointer vault);

}  // namespace vigil::visit
