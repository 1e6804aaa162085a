// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/hkdf.h"

#include <sodium.h>

namespace vigil::crypto {
namespace {

void hmac_sha256(ByteView key, ByteView first, ByteView second, std::span<std::uint8_t> out) {
  constexpr std::uint8_t kNothing = 0;  // libsodium wants a pointer even where there is no byte
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.empty() ? &kNothing : key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, first.data(), first.size());
  crypto_auth_hmacsha256_update(&state, second.data(), second.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  sodium_memzero(&state, sizeof state);
}

}  // namespace

SecretBytes hkdf_sha256(ByteView key_material, ByteView salt, std::string_view info) {
  constexpr std::uint8_t kFirstBlock = 1;  // 32 bytes are one block of the expansion
  // RFC 5869: no salt stands for 32 zero bytes, which HMAC's own padding makes of an empty key.
  SecretBytes extracted(crypto_auth_hmacsha256_BYTES);
  hmac_sha256(salt, key_material, {}, extracted.writable());
  SecretBytes out(crypto_auth_hmacsha256_BYTES);
  hmac_sha256(extracted.view(), as_bytes(info), {&kFirstBlock, 1}, out.writable());
  return out;
}

}  // namespace vigil::crypto
