// SPDX-License-Identifier: Apache-2.0
//
// A passphrase becomes a key: Argon2id with stored, bounded cost; and a small authenticated box
// for keys (XChaCha20-Poly1305). Used by the vault's unlock slots.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::crypto {

struct Argon2Cost {
  std::uint64_t memory_bytes = 64ULL << 20;  // least allowed
  std::uint32_t passes = 3;                  // least allowed
};
// Above this a header is refused before anything is allocated.
inline constexpr std::uint64_t kArgon2MemoryLimitBytes = 1ULL << 30;
inline constexpr std::uint32_t kArgon2PassesLimit = 64;

using Salt = std::array<std::uint8_t, 16>;

// 32 bytes. kInvalid "passphrase.cost": outside the bounds; kStorage: the memory is not to be had.
[[nodiscard]] Result<SecretBytes> derive_key(const SecretBytes& passphrase, const Salt& salt,
                                             const Argon2Cost& cost);
// The cost that takes about `target_ms` on this device, never below the least.
[[nodiscard]] Argon2Cost calibrate_argon2(int target_ms);

// nonce(24) || ciphertext || tag(16). `context` is authenticated, not stored.
[[nodiscard]] Bytes seal_box(const SecretBytes& key, ByteView plaintext, std::string_view context);
// kDenied "box.open".
[[nodiscard]] Result<SecretBytes> open_box(const SecretBytes& key, ByteView box,
                                           std::string_view context);

}  // namespace vigil::crypto
