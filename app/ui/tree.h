// SPDX-License-Identifier: Apache-2.0
//
// What is on the screen, as a list that a test can print, find and tap by key in any language; the
// same list is what assistive technology will be given. Filled by Kit while it draws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/geometry.h"

namespace vigil::ui {

enum class Role {
  kText,
  kHeading,
  kButton,
  kChoice,   // one answer of a question
  kField,    // takes text
  kKey,      // of a keypad or the on-screen keyboard
  kSection,  // an entry of the section rail
  kStatus,   // a pill: something to know
  kMessage,  // a bar: mismatch, limit, constraint message
  kResult,   // a calculated value
  kProgress,
  kCard,
  kScroll,  // a part that moves under the finger
  kSlider,
  kCanvas,  // what is drawn on by hand, and pictures
  kScrim,   // what covers everything below an overlay
};
[[nodiscard]] std::string_view to_string(Role role);

struct Item {
  std::string key = {};  // the same in every language; unique on a screen
  Role role = Role::kText;
  std::string text = {};  // as shown
  Rect rect = {};         // where it was laid out; may lie outside of the screen
  Rect visible = {};      // the part that can be seen and touched
  bool takes_taps = false;
  bool chosen = false;
  bool focused = false;
  bool disabled = false;
  bool error = false;
  bool clipped = false;  // text did not fit: a fault the tests look for
};

struct Tree {
  std::vector<Item> items;  // in the order of drawing

  // nullptr where there is none.
  [[nodiscard]] const Item* find(std::string_view key) const;
  // One line an item: role, key, text in quotes, states in brackets. Cards and scrolling parts have
  // no text of their own and are left out.
  [[nodiscard]] std::string print() const;
  // Keys and texts of the clipped items, one a line; empty when all text fits.
  [[nodiscard]] std::string clipped() const;
};

}  // namespace vigil::ui
