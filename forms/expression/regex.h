// SPDX-License-Identifier: Apache-2.0
//
// regex(): PCRE2 with bounds, so that a pattern that explodes ends as an error.
#pragma once

#include <string_view>

#include "core/base/error.h"

namespace vigil::forms {

enum class RegexExtent { kWhole, kPart };

// Does the whole of `text`, or any part of it, match `pattern`? Fails
// kInvalid "expression.regex": not a pattern, or more steps than the bound. Thread: any; compiled
// patterns are kept per thread.
[[nodiscard]] Result<bool> matches_regex(std::string_view text, std::string_view pattern,
                                         RegexExtent extent);

}  // namespace vigil::forms
