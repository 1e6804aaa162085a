// SPDX-License-Identifier: Apache-2.0
//
// What fields, the keypad and the passphrase field share. Internal to app/ui.
#pragma once

#include <string>
#include <string_view>

#include "app/ui/fields.h"

namespace vigil::ui {

inline constexpr float kFieldSides = 14;

// The letters of `typed` that may go in where the caret is.
[[nodiscard]] std::string admitted_letters(const Editing& editing, std::string_view typed,
                                           const FieldLook& look);
// Types them: into a whole mask that is marked or wrong anew. False where letters that are no part
// of any number came with them: then none of it is typed, 1e9 is not 19.
[[nodiscard]] bool put_letters(Editing& editing, std::string_view typed, const FieldLook& look);
[[nodiscard]] std::size_t digits_of(std::string_view mask);
void draw_field_frame(Kit& kit, const Rect& rect, const FieldLook& look, bool focused);

}  // namespace vigil::ui
