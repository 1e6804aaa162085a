// SPDX-License-Identifier: Apache-2.0
//
// How the inbox's tables spell keys. core/vault's own.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/minisign.h"

namespace vigil::vault {

// Key number, then the key.
[[nodiscard]] Bytes device_blob(const crypto::minisign::PublicKey& device);
[[nodiscard]] Result<crypto::minisign::PublicKey> device_of(ByteView blob);

}  // namespace vigil::vault
