// SPDX-License-Identifier: Apache-2.0
//
// errno said as an Error that a person can act on.
#pragma once

#include <string>

#include "core/base/error.h"

namespace vigil::platform {

// `doing` completes "Could not ... <path>": "read", "write", "create". See posix_files.h for the
// codes.
[[nodiscard]] std::unexpected<Error> file_error(int error_number, std::string_view doing,
                                                const std::string& path);

}  // namespace vigil::platform
