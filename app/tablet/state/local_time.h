// SPDX-License-Identifier: Apache-2.0
//
// What the clock on the wall says where the tablet is. Pure but for the clock.
#pragma once

#include <string>

#include "app/tablet/screens/dates.h"
#include "core/base/clock.h"

namespace vigil::tablet {

[[nodiscard]] std::string day_words(const Clock& clock, WallTime time);  // "22.11.2026"
[[nodiscard]] std::string time_words(const Clock& clock);                // "09:41", now
[[nodiscard]] MomentDigits digits_now(const Clock& clock);
// "+06:00" behind a time, as xsd:dateTime and the form's comparisons want it; "" stays "".
[[nodiscard]] std::string with_offset(const Clock& clock, const std::string& value);

}  // namespace vigil::tablet
