// SPDX-License-Identifier: Apache-2.0
//
// Invented questions of every type, and the pages behind them. Thread: pure functions.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/screens/sample_words.h"

namespace vigil::tablet {

// What covers a photo, and a plan of a floor.
using SampleSketches = std::array<ui::Sketch, 2>;

// Name and model of each screen. `sketches` outlive the models.
[[nodiscard]] std::vector<std::pair<std::string, ChecklistModel>> sample_question_screens(
    const SampleWords& say, ChecklistModel base, SampleSketches& sketches);

}  // namespace vigil::tablet
