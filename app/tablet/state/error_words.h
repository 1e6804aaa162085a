// SPDX-License-Identifier: Apache-2.0
//
// Errors as a monitor reads them: in the language of the screen, with what to do. Pure.
#pragma once

#include <string>

#include "app/words/words.h"
#include "core/base/error.h"

namespace vigil::tablet {

// By the error's code where the screen has words of its own for it, else the error's own sentence.
// Why something cannot be shown, for the place where it would stand: nothing looks empty that is
// not.
[[nodiscard]] std::string unread_words(const words::Words& words, const Error& error);
[[nodiscard]] std::string error_words(const words::Words& words, const Error& error);

}  // namespace vigil::tablet
