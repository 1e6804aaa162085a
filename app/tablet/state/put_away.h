// SPDX-License-Identifier: Apache-2.0
//
// From the moment that the tablet is put away (its lid, its sleep) to the one where it may sleep:
// the vault is locked, nobody works with it, and the neutral screen was painted.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "app/tablet/state/app.h"

namespace vigil::tablet {

class PutAway {
 public:
  // `wake` ends the screen's sleep from any thread.
  explicit PutAway(std::function<void()> wake) : wake_(std::move(wake)) {}

  // From any thread.
  void ask();
  // In each frame, before the app's: locks, whatever is on the screen.
  void before_frame(App& app, ui::Kit& kit);
  // After each paint: true, once, when the tablet may sleep.
  [[nodiscard]] bool painted(const App& app);

 private:
  std::function<void()> wake_;
  std::atomic<bool> asked_ = false;
  bool covered_ = false;  // what is drawn since it was asked shows nothing of ours
};

}  // namespace vigil::tablet
