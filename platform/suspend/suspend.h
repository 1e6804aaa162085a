// SPDX-License-Identifier: Apache-2.0
//
// Tells when the tablet is being put away: it is about to sleep or shut down, its lid closes, its
// session is locked, its screen saver comes on. By D-Bus: systemd-logind (or elogind) on the system
// bus, org.freedesktop.ScreenSaver on the session's.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/error.h"

namespace vigil::platform {

struct Buses {
  // "" the ones every program finds; tests have their own.
  std::string system;
  std::string session;
};

class SuspendWatch {
 public:
  // `put_away` is called on the watch's own thread, as often as something says so; it may not call
  // back into the watch, and wakes the thread that locks. kUnavailable "suspend.bus": neither bus
  // is there, so only the app's own idle time locks it.
  [[nodiscard]] static Result<std::unique_ptr<SuspendWatch>> start(std::function<void()> put_away,
                                                                   const Buses& buses = {});
  virtual ~SuspendWatch() = default;
  // The vault is locked: sleep, which logind delays for us (5 s unless it was told otherwise), may
  // go on. From any thread; harmless when nothing waits.
  virtual void locked() = 0;
  // True where logind grants the delay; without it the tablet may fall asleep unlocked and locks
  // when it wakes.
  [[nodiscard]] virtual bool delays_sleep() const = 0;

 protected:
  SuspendWatch() = default;
};

}  // namespace vigil::platform
