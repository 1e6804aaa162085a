// SPDX-License-Identifier: Apache-2.0
//
// What the person did, one event at a time, free of the window system. A finger and a mouse are the
// same: press, move, release.
#pragma once

#include <string>

#include "app/ui/geometry.h"

namespace vigil::ui {

enum class Key {
  kNone,
  kTab,
  kEnter,
  kEscape,
  kSpace,
  kBackspace,
  kDelete,
  kLeft,
  kRight,
  kUp,
  kDown,
  kHome,
  kEnd,
  kPageUp,
  kPageDown,
  kSelectAll,
  kCopy,
  kCut,
  kPaste,
  kUndo,
  kRedo,
  kFind,   // Control and F
  kHide,   // F12, Pause, or the tablet's sleep key: the neutral screen, at once
  kPanic,  // Control, Shift and F12
};

struct InputEvent {
  enum class Kind { kNone, kPress, kMove, kRelease, kWheel, kText, kKey, kKeyUp };
  Kind kind = Kind::kNone;
  Point at = {};          // press, move, release, wheel
  float wheel = 0;        // lines, positive towards the top
  std::string text = {};  // kText, UTF-8
  Key key = Key::kNone;   // kKey, kKeyUp
  bool shift = false;
  bool control = false;
};

}  // namespace vigil::ui
