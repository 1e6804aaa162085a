// SPDX-License-Identifier: Apache-2.0
//
// Who may fetch bundles: a nonce of ours, used once, signed by an office device of the roster. No
// wall clock takes part, so a computer whose clock is wrong can still prove who it is. Thread: safe
// from any.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/trust/roster.h"

namespace vigil::hub {

class Challenges {
 public:
  explicit Challenges(const Clock& clock) : clock_(clock) {}
  // 64 hex digits, good for one use within two minutes of our own steady clock.
  [[nodiscard]] std::string issue();
  // True once for each one issued and still in time.
  [[nodiscard]] bool redeem(std::string_view nonce);

 private:
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t, std::less<>> issued_at_ms_;
};

// Checks `Authorization: Vigil key=..., nonce=..., signature=...` over auth_text(). kDenied
// "hub.auth": no header, or one that does not hold, all alike; kDenied "hub.role": not an office
// device, or revoked.
[[nodiscard]] Status check_authorization(const std::string* header, std::string_view method,
                                         std::string_view target, const trust::Roster& roster,
                                         Challenges& challenges);

}  // namespace vigil::hub
