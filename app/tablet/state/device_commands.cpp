// SPDX-License-Identifier: Apache-2.0
//
// Commands about the tablet itself: what it remembers, sticks, enrolment.
#include <utility>

#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/visit/panic.h"
#include "core/vault/settings.h"

namespace vigil::tablet {

void App::keep_setting(std::string_view name, std::string_view value) {
  if (!vault_) return;
  report(value.empty() ? vault::remove_setting(*vault_, name)
                       : vault::put_setting(*vault_, name, as_bytes(value)));
}

void App::open_outbox() {
  leave_checklist();
  pages_.outbox = {};
  screen_ = Screen::kOutbox;
}

void App::carried(Outcome outcome, const std::string& folder) {
  pages_.outbox = {std::move(outcome), folder};
  show_ = "outbox.outcome";
}

void App::open_settings() {
  leave_checklist();
  menu_open_ = false;
  pages_.change = {};
  pages_.hub = {};
  screen_ = Screen::kSettings;
}

void App::open_enrolment() {
  if (work_.busy()) return;
  menu_open_ = false;
  pages_.enrol = {};
  if (!vault_) pages_.enrol.label = "tablet-1";
  screen_ = Screen::kEnrol;
}

// The office's policy decides whether there is such a thing at all.
void App::panic(ui::Kit& kit) {
  if (!visit::may_panic(office_.policy)) return;
  // Before locking: to tidy long drafts takes time that there may not be. Where a worker has the
  // vault, the slots go at once and the rest when it comes back.
  checklist_.reset();
  static_cast<void>(visit::panic(host_, options_.folder, office_.policy, std::move(vault_)));
  office_.policy = {};
  lock(kit);
}

void App::set_hub_pin(const std::string& pin) {
  pages_.hub.pin_error.clear();
  if (!are_hub_pins(pin)) {
    pages_.hub.pin_error =
        words_("A pin is sha256// and 44 more characters, as the office gave it.");
    return;
  }
  keep_setting(vault::kHubPinSetting, pin);
}

void App::save_request(const std::string& folder) {
  const auto key = device_key(*vault_);
  if (!key) return say_error(key.error());
  const auto name = tablet::save_request(*vault_, host_.files, folder, *key);
  pages_.enrol.error = name ? "" : error_words(words_, name.error());
  pages_.enrol.saved = name ? words::fill(words_("Saved as {0}."), {*name}) : "";
  show_ = name ? "enrol.saved" : "enrol.error";
}

void App::read_kit(const std::string& path) {
  EnrolPage& page = pages_.enrol;
  const bool trusted =
      tablet::read_kit(words_, options_.language, *vault_, host_.files, path, page);
  show_ = page.office_words.empty() ? "enrol.kit-error" : "enrol.differ";
  if (trusted) accept_kit();
}

}  // namespace vigil::tablet
