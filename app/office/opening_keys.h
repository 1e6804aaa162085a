// SPDX-License-Identifier: Apache-2.0
//
// The identities with which this office opens payloads: the ones in force and those that a rotation
// has retired, which old bundles still need.
#pragma once

#include <vector>

#include "core/base/error.h"
#include "core/crypto/age.h"
#include "core/vault/vault.h"

namespace vigil::office {

[[nodiscard]] Result<std::vector<crypto::age::Identity>> opening_keys(vault::Vault& vault);

}  // namespace vigil::office
