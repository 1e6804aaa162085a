// SPDX-License-Identifier: Apache-2.0
//
// Digests. BLAKE2b for what stock b2sum checks, SHA-256 for the log (RFC 6962).
#pragma once

#include <array>
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

// BLAKE2b-512 of a stream.
class Blake2b512Stream {
 public:
  Blake2b512Stream();
  void update(ByteView bytes);
  [[nodiscard]] Blake2b512 finish();  // once

 private:
  alignas(64) std::array<std::uint8_t, 384> state_;  // crypto_generichash_state, asserted in .cpp
};

}  // namespace vigil::crypto
