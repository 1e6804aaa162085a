// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/gestures.h"

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {
namespace {

// Logical units: a finger that starts in the top bar and comes down so far hides everything.
constexpr float kSwipeFrom = ui::kTopBarHeight;
constexpr float kSwipeDown = 200;
// The chord that erases: so often, each within so long of the one before.
constexpr int kPanicPresses = 3;
constexpr std::int64_t kPanicPause_ms = 1500;

}  // namespace

Gestures::Seen Gestures::watch(ui::Kit& kit) {
  Seen seen;
  seen.hide = kit.key_pressed(ui::Key::kHide);
  if (kit.key_pressed(ui::Key::kPanic)) {
    panic_presses_ = kit.now_ms() - last_panic_ms_ < kPanicPause_ms ? panic_presses_ + 1 : 1;
    last_panic_ms_ = kit.now_ms();
    seen.panic = panic_presses_ == kPanicPresses;
    if (seen.panic) return seen;
  }
  const ui::InputEvent& event = kit.event();
  if (event.kind == ui::InputEvent::Kind::kPress) swiping_ = event.at.y <= kit.px(kSwipeFrom);
  if (event.kind == ui::InputEvent::Kind::kRelease) swiping_ = false;
  if (event.kind != ui::InputEvent::Kind::kMove || !swiping_) return seen;
  if (event.at.y < kit.px(kSwipeDown)) return seen;
  swiping_ = false;
  seen.hide = true;
  return seen;
}

}  // namespace vigil::tablet
