// SPDX-License-Identifier: Apache-2.0
//
// The satellite receiver, by way of gpsd. Looks for a place while it lives, on a thread of its own;
// nothing is written anywhere, and no name is looked up in any network.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "platform/location/gpsd_report.h"

namespace vigil::platform {

// gpsd's own port on this machine.
inline constexpr const char* kGpsdAddress = "localhost:2947";

struct Reception {
  enum class State { kAsking, kNoReceiver, kSearching, kFix };
  State state = State::kAsking;
  Fix fix;  // kFix: the newest
};

class LocationReceiver {
 public:
  // `address` is "localhost:PORT", "1.2.3.4:PORT" or "[::1]:PORT"; "" is kGpsdAddress. Comes back
  // at once; `changed` is called on the receiver's thread whenever newest() says something else.
  [[nodiscard]] static std::unique_ptr<LocationReceiver> start(const std::string& address,
                                                               std::function<void()> changed);
  // Ends the thread, at once.
  virtual ~LocationReceiver() = default;
  // From any thread. It stays failed once it has: kNotFound "location.absent" (no gpsd there),
  // kUnavailable "location.lost" (it went away), kInvalid "location.syntax", "location.range"
  // (gpsd_report.h), kUsage "location.address".
  [[nodiscard]] virtual Result<Reception> newest() const = 0;
};

}  // namespace vigil::platform
