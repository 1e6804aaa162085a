// SPDX-License-Identifier: Apache-2.0
//
// What App is given, and the small pieces of what it remembers between frames.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/tablet/state/reply.h"
#include "app/ui/keyboard.h"
#include "core/base/bytes.h"

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

// "auto", "always", "never", as settings and the command line say it; other names: nullopt.
[[nodiscard]] std::string_view keyboard_name(ui::KeyboardMode mode);
[[nodiscard]] std::optional<ui::KeyboardMode> keyboard_of(std::string_view name);

struct Toast {
  std::string text;
  std::int64_t until_ms = 0;
  std::optional<Undo> undo;
};
// What a worker does while the vault is away.
struct Busy {
  std::string title;
  std::string text;
  std::int64_t since_ms = 0;
};
struct Outbox {
  std::string outcome;
  std::string stick;  // the folder it is about; "" the network
  bool outcome_is_bad = false;
};
struct HubEntry {
  bool open = false;  // another hub than the office's is being typed
  std::string pin_error;
};
struct PassphraseChange {
  bool open = false;
  bool done = false;
  std::string error;
};
struct Enrol {
  std::string label;
  std::string error;
  std::string kit_error;
  std::string saved;
  Bytes kit;                              // read, not yet accepted
  std::vector<std::string> office_words;  // of its root
  std::string enrolled;
};

}  // namespace vigil::tablet
