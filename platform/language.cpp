// SPDX-License-Identifier: Apache-2.0
#include "platform/language.h"

#include <cstdlib>
#include <string_view>

namespace vigil::platform {

std::string system_language() {
  for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view text(value);
    const std::string code(text.substr(0, text.find_first_of("_.:@")));
    return code.size() == 2 ? code : "en";
  }
  return "en";
}

}  // namespace vigil::platform
