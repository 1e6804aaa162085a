// SPDX-License-Identifier: Apache-2.0
//
// What is done without aiming: hiding by a key or a swipe down from the top edge, and the chord
// that erases.
#pragma once

#include <cstdint>

#include "app/ui/kit.h"

namespace vigil::tablet {

class Gestures {
 public:
  struct Seen {
    bool hide = false;
    bool panic = false;
  };
  // Once a frame.
  [[nodiscard]] Seen watch(ui::Kit& kit);

 private:
  bool swiping_ = false;  // down from the top edge
  int panic_presses_ = 0;
  std::int64_t last_panic_ms_ = 0;
};

}  // namespace vigil::tablet
