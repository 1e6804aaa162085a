// SPDX-License-Identifier: Apache-2.0
//
// Errors as a monitor reads them: in the language of the screen, with what to do. Pure.
#pragma once

#include <string>

#include "app/words/words.h"
#include "core/base/error.h"

namespace vigil::tablet {

// By the error's code where the screen has words of its own for it, else the error's own sentence.
[[nodiscard]] std::string error_words(const words::Words& words, const Error& error);

}  // namespace vigil::tablet
