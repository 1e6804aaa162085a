// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace vigil::forms::xlsform {

// True where the default column holds an expression to compute and not a value to copy: it has a
// reference, a function call, a predicate, arithmetic or a union. `type` is the bind's type:
// in dates, times and places a minus is part of the value. Pure function.
[[nodiscard]] bool is_dynamic_default(std::string_view text, std::string_view type);

}  // namespace vigil::forms::xlsform
