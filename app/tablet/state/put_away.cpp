// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/put_away.h"

namespace vigil::tablet {

void PutAway::ask() {
  asked_ = true;
  wake_();
}

void PutAway::before_frame(App& app, ui::Kit& kit) {
  if (!asked_ || covered_) return;
  if (app.locked()) {
    app.lock(kit);
  } else {
    app.hide(kit);
  }
  covered_ = true;
}

bool PutAway::painted(const App& app) {
  // A worker that has the vault gives it back first; sleep waits a few seconds for that.
  if (!covered_ || app.busy()) return false;
  covered_ = false;
  if (!app.locked()) {
    // Somebody unlocked meanwhile: once more.
    wake_();
    return false;
  }
  asked_ = false;
  return true;
}

}  // namespace vigil::tablet
