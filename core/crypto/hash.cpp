// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/hash.h"

#include <new>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::crypto {
namespace {

template <std::size_t kSize>
std::array<std::uint8_t, kSize> blake2b(ByteView bytes) {
  initialise();
  std::array<std::uint8_t, kSize> digest{};
  CHECK(crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0) ==
        0);
  return digest;
}

crypto_generichash_state* state_of(std::uint8_t* memory) {
  return std::launder(reinterpret_cast<crypto_generichash_state*>(memory));
}

}  // namespace

Blake2b512 blake2b_512(ByteView bytes) {
  return blake2b<64>(bytes);
}

Blake2b256 blake2b_256(ByteView bytes) {
  return blake2b<32>(bytes);
}

Sha256 sha256(ByteView bytes) {
  initialise();
  Sha256 digest{};
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return digest;
}

Sha256 sha256(ByteView first, ByteView second) {
  initialise();
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, first.data(), first.size());
  crypto_hash_sha256_update(&state, second.data(), second.size());
  Sha256 digest{};
  crypto_hash_sha256_final(&state, digest.data());
  return digest;
}

template <std::size_t kSize>
Blake2bStream<kSize>::Blake2bStream() : state_{} {
  static_assert(sizeof(crypto_generichash_state) <= sizeof state_);
  static_assert(alignof(crypto_generichash_state) <= 64);
  initialise();
  CHECK(crypto_generichash_init(new (state_.data()) crypto_generichash_state, nullptr, 0, kSize) ==
        0);
}

template <std::size_t kSize>
void Blake2bStream<kSize>::update(ByteView bytes) {
  if (bytes.empty()) return;
  CHECK(crypto_generichash_update(state_of(state_.data()), bytes.data(), bytes.size()) == 0);
}

template <std::size_t kSize>
std::array<std::uint8_t, kSize> Blake2bStream<kSize>::finish() {
  std::array<std::uint8_t, kSize> digest{};
  CHECK(crypto_generichash_final(state_of(state_.data()), digest.data(), digest.size()) == 0);
  return digest;
}

template class Blake2bStream<32>;
template class Blake2bStream<64>;

}  // namespace vigil::crypto
