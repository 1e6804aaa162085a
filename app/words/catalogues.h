// SPDX-License-Identifier: Apache-2.0
//
// The languages of the interface and where their catalogues are. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/words/words.h"
#include "core/base/files.h"

namespace vigil::words {

struct InterfaceLanguage {
  std::string code;   // ISO 639-1
  std::string label;  // in itself
};
// English first (it needs no catalogue), then those whose catalogue is installed.
[[nodiscard]] std::vector<InterfaceLanguage> interface_languages(Files& files);

// The words of a language; English where its catalogue is absent or damaged.
[[nodiscard]] Words load_words(Files& files, std::string_view code);
// What the invented places and answers of the tablet's samples say; English likewise.
[[nodiscard]] Words load_sample_words(Files& files, std::string_view code);

}  // namespace vigil::words
