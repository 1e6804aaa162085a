// SPDX-License-Identifier: Apache-2.0
//
// What App is given, and what the vault remembers of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/keyboard.h"
#include "core/vault/vault.h"

namespace vigil::tablet {

struct AppOptions {
  std::string folder;    // of the vault
  std::string language;  // of the interface, "" as the vault or the system says
  bool dark = false;
  int scale_percent = 100;
  ui::KeyboardMode keyboard = ui::KeyboardMode::kNever;
  // Locks after this long without a touch; the vault's own setting wins.
  std::int64_t lock_after_ms = 120'000;
  // Each folder in these is a stick or card; empty: what is mounted in the system's own places.
  std::vector<std::string> media_roots;
  std::string gpsd;     // where the satellite receiver is asked, "" its usual place
  std::string version;  // of the program, for the page about it
  // For tests and demonstrations: the least key derivation that the vault allows.
  bool light_key = false;
  // Ends the screen's sleep from another thread.
  std::function<void()> wake = [] {};
};

// What the vault remembers wins over what the command line said; the language is the caller's.
void take_settings(vault::Vault& vault, AppOptions& options);
// "" where nothing is kept.
[[nodiscard]] std::string setting(vault::Vault& vault, std::string_view name);

// "auto", "always", "never", as settings and the command line say it; other names: nullopt.
[[nodiscard]] std::string_view keyboard_name(ui::KeyboardMode mode);
[[nodiscard]] std::optional<ui::KeyboardMode> keyboard_of(std::string_view name);

}  // namespace vigil::tablet
