// SPDX-License-Identifier: Apache-2.0
//
// Invented screens, full enough to judge the look and to measure: nothing in them is a real place
// or person. Thread: pure functions.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/screens/sample_words.h"

namespace vigil::tablet {

// The passphrase fields of the samples; outlive what is drawn of them.
using SampleTexts = std::array<ui::SecretText, 3>;

// Name and model of every screen, in the order a visit goes, in the language of the words. `texts`
// outlive the models.
[[nodiscard]] std::vector<std::pair<std::string, Model>> sample_screens(const SampleWords& say,
                                                                        SampleTexts& texts);

}  // namespace vigil::tablet
