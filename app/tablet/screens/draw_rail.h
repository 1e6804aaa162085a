// SPDX-License-Identifier: Apache-2.0
//
// Beside a checklist: how far it is, its questions by words, its sections, and the lists that jump.
#pragma once

#include <string>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

void draw_rail(const Pen& pen, const ChecklistModel& model, const ui::Rect& rail);

// The field; Ctrl+F puts the caret there.
inline constexpr std::string_view kQuestionSearch = "rail.search";

// "3/7"
[[nodiscard]] std::string answered_of(int answered, int asked);

}  // namespace vigil::tablet
