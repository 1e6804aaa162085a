// SPDX-License-Identifier: Apache-2.0
//
// regex(): PCRE2 with bounds, so that a pattern that explodes ends as an error.
#pragma once

#include <string_view>

#include "core/base/error.h"

namespace vigil::forms {

// Does the whole of `text` match `pattern`? (JavaRosa's rule: Java's String.matches.) Fails
// kInvalid "expression.regex": not a pattern, or more steps than the bound. Thread: any; compiled
// patterns are kept per thread.
[[nodiscard]] Result<bool> matches_regex(std::string_view text, std::string_view pattern);

}  // namespace vigil::forms
