// SPDX-License-Identifier: Apache-2.0
//
// Files of a record that a crash or a full disk cut short. Thread: the vault's.
#pragma once

#include "core/vault/attachments.h"

namespace vigil::tablet {

// Erases them: what made them is gone with the memory it was in, and a record with a torn file
// cannot be sealed.
[[nodiscard]] Status drop_torn_files(vault::Vault& vault, vault::RecordId record);

}  // namespace vigil::tablet
