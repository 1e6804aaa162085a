// SPDX-License-Identifier: Apache-2.0
//
// The language that the person chose for this system. Thread: any that does not change the
// environment.
#pragma once

#include <string>

namespace vigil::platform {

// "ru" out of LANGUAGE, LC_ALL, LC_MESSAGES or LANG, in gettext's order; "en" where none says.
[[nodiscard]] std::string system_language();

}  // namespace vigil::platform
