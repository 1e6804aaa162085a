// SPDX-License-Identifier: Apache-2.0
//
// The same screens as in sample.h where something is wrong, missing, finished or going on.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/screens/sample.h"
#include "app/tablet/screens/sample_questions.h"

namespace vigil::tablet {

// `base`: a checklist whose rail and bar the questions stand in. Texts and sketches outlive the
// models.
[[nodiscard]] std::vector<std::pair<std::string, ScreenModel>> sample_states(
    const SampleWords& say, const ChecklistModel& base, SampleTexts& texts,
    SampleSketches& sketches);

}  // namespace vigil::tablet
