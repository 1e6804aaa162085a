// SPDX-License-Identifier: Apache-2.0
//
// The on-screen keyboard: a tablet without a desktop has none. It types as real keys do, through
// the kit's events, so every field takes it alike; it keeps no letter and learns no word. One
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/geometry.h"

namespace vigil::ui {

class Kit;

enum class KeyboardMode {
  kAuto,    // until somebody types on real keys
  kAlways,  // whenever a field takes letters
  kNever,
};

// What is remembered between frames; part of the kit.
struct KeyboardState {
  enum class Shift { kOff, kOnce, kLocked };
  KeyboardMode mode = KeyboardMode::kNever;
  bool real_keys = false;  // somebody typed on them
  bool shown = false;      // in this frame
  Shift shift = Shift::kOff;
  bool symbols = false;
  bool figures = false;             // the field wants them in sight: a passphrase
  std::string language;             // of the field that is being edited
  std::string layout = "en";        // in use
  std::vector<std::string> nearby;  // layouts that the language key goes through
  std::string held;                 // the key that is being held and repeats
  std::int64_t repeat_ms = 0;       // when it types again
};

// The interface's language and the form's: what the language key offers beside Russian and English.
void offer_layouts(KeyboardState& state, std::string_view interface_language,
                   std::string_view form_language);
// The field being edited is in this language: its layout comes up, unless another was chosen for
// it.
void follow_language(KeyboardState& state, std::string_view language);

// How high it is, in pixels: keys at least a finger wide and high, at most half of the screen (a
// little more with a row of figures).
[[nodiscard]] float keyboard_height(Kit& kit);

// What its keys are called where they show a sign only.
struct KeyboardWords {
  std::string_view shift;
  std::string_view erase;
  std::string_view enter;
  std::string_view space;
  std::string_view put_away;
  std::string_view layout;
};
// Draws it below the screen where it is shown. After everything else of the frame.
void draw_keyboard(Kit& kit, const KeyboardWords& words);

}  // namespace vigil::ui
