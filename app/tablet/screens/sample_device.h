// SPDX-License-Identifier: Apache-2.0
//
// Invented content of the screens about the tablet itself; part of sample.h.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/screens/sample.h"

namespace vigil::tablet {

[[nodiscard]] std::vector<std::pair<std::string, ScreenModel>> sample_device_screens(
    const SampleWords& say, SampleTexts& texts);

}  // namespace vigil::tablet
