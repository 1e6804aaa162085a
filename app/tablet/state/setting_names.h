// SPDX-License-Identifier: Apache-2.0
//
// What this tablet remembers of its owner's wishes, by the names of core/vault/settings.h.
#pragma once

#include <string_view>

namespace vigil::tablet {

inline constexpr std::string_view kThemeSetting = "theme";             // "light", "dark"
inline constexpr std::string_view kScaleSetting = "scale-percent";     // "125"
inline constexpr std::string_view kLockAfterSetting = "lock-after-s";  // "120"
inline constexpr std::string_view kKeyboardSetting = "keyboard";       // "auto", "always", "never"
inline constexpr std::string_view kCountrySetting = "country";         // of the limits shown
inline constexpr std::string_view kFormLanguageSetting = "form-language";  // "Русский (ru)"
inline constexpr std::string_view kPositionSetting = "position";  // "<visit> <record>" that is open

}  // namespace vigil::tablet
