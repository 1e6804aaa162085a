// SPDX-License-Identifier: Apache-2.0
//
// Where long data comes from and goes to: encryption, digests and archives run over these at
// constant memory. Thread: one thread at a time.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::crypto {

class Source {
 public:
  virtual ~Source() = default;
  // Fills the buffer from its start; fewer bytes than asked only at the end, then 0.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<std::uint8_t> buffer) = 0;
};

class Sink {
 public:
  virtual ~Sink() = default;
  [[nodiscard]] virtual Status write(ByteView bytes) = 0;
};

class BytesSource final : public Source {  // borrows: the bytes must outlive it
 public:
  explicit BytesSource(ByteView bytes) : rest_(bytes) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

 private:
  ByteView rest_;
};

class BytesSink final : public Sink {
 public:
  Status write(ByteView bytes) override;
  Bytes bytes;
};

}  // namespace vigil::crypto
