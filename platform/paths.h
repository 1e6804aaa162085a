// SPDX-License-Identifier: Apache-2.0
//
// Where this system keeps what we read but do not own. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace vigil::platform {

// The path of a font file ("NotoSans-Regular.ttf"): looked for in VIGIL_FONTS (a folder), then
// where Debian, Fedora, Arch and a user's home keep fonts. Fails kNotFound, "fonts.missing", naming
// the package to install.
[[nodiscard]] Result<std::string> font_path(std::string_view file_name);

// Where this user's own vault lies when nobody says otherwise: "vigil" in XDG_DATA_HOME or in
// ~/.local/share; "" without a home.
[[nodiscard]] std::string user_folder();

// Where programs look for their read-only data (catalogues, packs): VIGIL_DATA, `../share/vigil`
// and `share/vigil` beside the running program, then /usr/share/vigil; first existing one first.
[[nodiscard]] std::vector<std::string> data_directories();

// That this user may write into the folder, or make it where it is not there yet. Fails kStorage,
// "files.permission", "files.read_only" or "files.not_folder".
[[nodiscard]] Status check_writable(const std::string& folder);

// The folder of the running program, without a trailing slash; "." where the system does not tell.
[[nodiscard]] std::string program_directory();

// The two-letter code of the language this session is set to; "en" where it does not say.
[[nodiscard]] std::string environment_language();

}  // namespace vigil::platform
