// SPDX-License-Identifier: Apache-2.0
//
// Where time comes from. A tablet's clock may say 1970 or 2040, so time is never evidence of order:
// only sequences are. platform/ implements it; tests turn it by hand.
#pragma once

#include <cstdint>

namespace vigil {

// Milliseconds since 1970-01-01T00:00:00Z; may be wrong, may go backwards.
struct WallTime {
  std::int64_t ms = 0;
  friend auto operator<=>(const WallTime&, const WallTime&) = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime now() const = 0;
  // Milliseconds since an arbitrary start; never goes backwards.
  [[nodiscard]] virtual std::int64_t monotonic_ms() const = 0;
  // Minutes east of UTC that the device is set to at `time` (for xsd:dateTime values in forms).
  [[nodiscard]] virtual int utc_offset_minutes(WallTime time) const = 0;
};

}  // namespace vigil
