// SPDX-License-Identifier: Apache-2.0
//
// Digests. BLAKE2b for what stock b2sum checks, SHA-256 for the log (RFC 6962).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/bytes.h"

namespace vigil::crypto {

using Blake2b512 = std::array<std::uint8_t, 64>;  // what `b2sum` prints
using Blake2b256 = std::array<std::uint8_t, 32>;  // what `b2sum -l 256` prints
using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Blake2b512 blake2b_512(ByteView bytes);
[[nodiscard]] Blake2b256 blake2b_256(ByteView bytes);
[[nodiscard]] Sha256 sha256(ByteView bytes);
// SHA-256 of two parts in a row, without joining them.
[[nodiscard]] Sha256 sha256(ByteView first, ByteView second);

// BLAKE2b of a stream, kSize bytes long: 32 or 64.
template <std::size_t kSize>
class Blake2bStream {
 public:
  Blake2bStream();
  void update(ByteView bytes);
  [[nodiscard]] std::array<std::uint8_t, kSize> finish();  // once

 private:
  alignas(64) std::array<std::uint8_t, 384> state_;  // crypto_generichash_state, asserted in .cpp
};
using Blake2b512Stream = Blake2bStream<64>;
using Blake2b256Stream = Blake2bStream<32>;

}  // namespace vigil::crypto
