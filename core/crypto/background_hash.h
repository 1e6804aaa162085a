// SPDX-License-Identifier: Apache-2.0
//
// BLAKE2b on a thread of its own: sealing and opening digest the same bytes that they encrypt, and
// the two together take as long as the slower one. Short input starts no thread. Memory: at most
// kBlocks blocks wait. Thread: called from one thread at a time.
#pragma once

#include <memory>

#include "core/crypto/hash.h"
#include "core/crypto/stream.h"

namespace vigil::crypto {

template <std::size_t kSize>
class BackgroundHash {
 public:
  // Goes on from `start`, which may have taken bytes already.
  explicit BackgroundHash(const Blake2bStream<kSize>& start = {});
  ~BackgroundHash();
  BackgroundHash(BackgroundHash&&) noexcept;
  BackgroundHash& operator=(BackgroundHash&&) noexcept;

  // Copies the bytes; waits only when the hash is far behind.
  void update(ByteView bytes);
  [[nodiscard]] std::array<std::uint8_t, kSize> finish();  // once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigil::crypto
