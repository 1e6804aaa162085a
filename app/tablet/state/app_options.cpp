// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/app_options.h"

#include <charconv>

#include "app/tablet/state/setting_names.h"
#include "core/vault/settings.h"

namespace vigil::tablet {
namespace {

int number_of(const std::string& text, int least, int most, int otherwise) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc() && stop == end && number >= least && number <= most ? number
                                                                                    : otherwise;
}

}  // namespace

void take_settings(vault::Vault& vault, AppOptions& options) {
  const std::string theme = setting(vault, kThemeSetting);
  if (!theme.empty()) options.dark = theme == "dark";
  options.scale_percent = number_of(setting(vault, kScaleSetting), 100, 200, options.scale_percent);
  const int seconds = static_cast<int>(options.lock_after_ms / 1000);
  options.lock_after_ms =
      std::int64_t{1000} * number_of(setting(vault, kLockAfterSetting), 10, 3600, seconds);
  options.keyboard = keyboard_of(setting(vault, kKeyboardSetting)).value_or(options.keyboard);
}

std::string setting(vault::Vault& vault, std::string_view name) {
  const auto value = vault::get_setting(vault, name);
  return value && *value ? std::string(as_text(**value)) : "";
}

std::string_view keyboard_name(ui::KeyboardMode mode) {
  return mode == ui::KeyboardMode::kAlways  ? "always"
         : mode == ui::KeyboardMode::kNever ? "never"
                                            : "auto";
}

std::optional<ui::KeyboardMode> keyboard_of(std::string_view name) {
  for (const auto mode :
       {ui::KeyboardMode::kAuto, ui::KeyboardMode::kAlways, ui::KeyboardMode::kNever}) {
    if (name == keyboard_name(mode)) return mode;
  }
  return std::nullopt;
}

}  // namespace vigil::tablet
