// SPDX-License-Identifier: Apache-2.0
#include "platform/system_clock.h"

#include <ctime>

namespace vigil::platform {
namespace {

std::int64_t read_ms(clockid_t id) {
  timespec time = {};
  ::clock_gettime(id, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

class SystemClock final : public Clock {
 public:
  SystemClock() { ::tzset(); }
  WallTime now() const override { return {read_ms(CLOCK_REALTIME)}; }
  // BOOTTIME goes on while the tablet sleeps, so a lock timer does too.
  std::int64_t monotonic_ms() const override { return read_ms(CLOCK_BOOTTIME); }
  int utc_offset_minutes(WallTime time) const override {
    const auto seconds = static_cast<std::time_t>(time.ms / 1000);
    std::tm local = {};
    if (::localtime_r(&seconds, &local) == nullptr) return 0;
    return static_cast<int>(local.tm_gmtoff / 60);
  }
};

}  // namespace

std::unique_ptr<Clock> system_clock() {
  return std::make_unique<SystemClock>();
}

}  // namespace vigil::platform
