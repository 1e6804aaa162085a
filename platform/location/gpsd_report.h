// SPDX-License-Identifier: Apache-2.0
//
// What gpsd says, line by line: JSON as gpsd_json(5) has it, of which a place is all we read. Pure;
// any thread. A line comes from outside of this program and is judged as such.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/error.h"

namespace vigil::platform {

// Degrees of WGS 84, metres.
struct Fix {
  double latitude = 0;
  double longitude = 0;
  std::optional<double> altitude_m;
  std::optional<double> accuracy_m;  // as the receiver estimates it, to the side
  friend bool operator==(const Fix&, const Fix&) = default;
};

struct GpsdReport {
  enum class Kind {
    kOther,       // nothing about a place
    kNoReceiver,  // gpsd runs, but nothing is connected to it
    kSearching,   // a receiver that has no place yet
    kFix,
  };
  Kind kind = Kind::kOther;
  Fix fix;  // kFix
};

// gpsd's own limit of a response (GPS_JSON_RESPONSE_MAX, 10240), rounded up.
inline constexpr std::size_t kMostGpsdLine_bytes = 16 * 1024;

// One line without its end. kInvalid "location.syntax": no JSON object, or too long;
// "location.range": a place that is none on this earth.
[[nodiscard]] Result<GpsdReport> read_gpsd_line(std::string_view line);

}  // namespace vigil::platform
