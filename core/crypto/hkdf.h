// SPDX-License-Identifier: Apache-2.0
//
// HKDF-SHA-256 (RFC 5869) as age uses it: 32 bytes out. libsodium has it only from 1.0.19 on.
#pragma once

#include <string_view>

#include "core/base/bytes.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::crypto {

[[nodiscard]] SecretBytes hkdf_sha256(ByteView key_material, ByteView salt, std::string_view info);

}  // namespace vigil::crypto
