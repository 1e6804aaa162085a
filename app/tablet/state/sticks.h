// SPDX-License-Identifier: Apache-2.0
//
// Sticks and cards: which are there, and how a file's name and size are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/controls.h"
#include "app/words/words.h"

namespace vigil::tablet {

// Their folders. Each folder in `roots` is one; no roots: what is mounted in the system's places.
[[nodiscard]] std::vector<std::string> stick_folders(const std::vector<std::string>& roots);
// To choose from; value: folder.
[[nodiscard]] std::vector<ui::Option> stick_options(const std::vector<std::string>& roots);

// Behind the last slash.
[[nodiscard]] std::string_view file_name(std::string_view path);
// "240 kB", "3 MB": rounded up.
[[nodiscard]] std::string size_words(const words::Words& words, std::uint64_t bytes);

}  // namespace vigil::tablet
