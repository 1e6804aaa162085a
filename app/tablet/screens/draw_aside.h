// SPDX-License-Identifier: Apache-2.0
//
// Beside the questions of a section, where the screen is wide enough. Internal to screens/.
#pragma once

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

// What of this section is to be mended, missing, contradicted, outside of a limit or left for
// later, with a way to each question.
void draw_aside(const Pen& pen, const ChecklistModel& model, const ui::Rect& room);

}  // namespace vigil::tablet
