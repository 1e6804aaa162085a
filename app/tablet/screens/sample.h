// SPDX-License-Identifier: Apache-2.0
//
// Invented screens, full enough to judge the look and to measure: nothing in them is a real place
// or person. Thread: pure functions.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/tablet/screens/model.h"

namespace vigil::tablet {

// The passphrase fields of the samples; outlive what is drawn of them.
using SampleTexts = std::array<ui::SecretText, 3>;

// Name and model of every screen, in the order a visit goes. `language` is "en" or "ru"; the
// models' own words are in it. `passphrase` outlives the models.
[[nodiscard]] std::vector<std::pair<std::string, Model>> sample_screens(std::string_view language,
                                                                        SampleTexts& texts);

// A checklist of `questions` questions in one section, for measuring.
[[nodiscard]] Model sample_long_checklist(std::string_view language, int questions);

}  // namespace vigil::tablet
