// SPDX-License-Identifier: Apache-2.0
//
// What a node of some bind type may hold, and how it is written. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "forms/xform/form.h"

namespace vigil::forms {

// The canonical text of `value` for the type: an int loses its fraction, a decimal has one
// ("10.0"), a date loses its time, geopoints are written as doubles. "" stays "". nullopt: not of
// the type. Strings, binaries, geotraces and geoshapes pass as they are.
[[nodiscard]] std::optional<std::string> canonical_value(DataType type, std::string_view value);

// The same of what an expression came to, for a type other than kString: as in JavaRosa, now() is a
// time of day where a time is asked, and today() midnight where a moment is. "" where it is not of
// the type.
[[nodiscard]] std::string computed_value(DataType type, std::string_view value);

}  // namespace vigil::forms
