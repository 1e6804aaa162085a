// SPDX-License-Identifier: Apache-2.0
//
// Invented questions of every type, and the pages behind them. Thread: pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/tablet/screens/model.h"

namespace vigil::tablet {

// Name and model of each screen. `sketch` outlives the models.
[[nodiscard]] std::vector<std::pair<std::string, ChecklistModel>> sample_question_screens(
    bool russian, ChecklistModel base, ui::Sketch& sketch);

}  // namespace vigil::tablet
