// SPDX-License-Identifier: Apache-2.0
//
// Sticks and cards that are mounted now. Thread: any.
#pragma once

#include <string>
#include <vector>

namespace vigil::platform {

// The folders in which somebody may leave and find files: each folder inside one of `roots`
// ("/media", "/run/media"), or one deeper where the system puts them under the user's name, that
// can be written to. Sorted; empty where nothing is mounted.
[[nodiscard]] std::vector<std::string> removable_folders(const std::vector<std::string>& roots);

// Those of them on which something is mounted: a folder that waits for a stick is this machine's
// own disk, and what is put there is carried nowhere.
[[nodiscard]] std::vector<std::string> mounted_folders(const std::vector<std::string>& roots);

}  // namespace vigil::platform
