// SPDX-License-Identifier: Apache-2.0
//
// Commands about the tablet itself: what it remembers, sticks, enrolment.
#include <algorithm>
#include <charconv>

#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/setting_names.h"
#include "app/tablet/state/sticks.h"
#include "app/visit/panic.h"
#include "app/visit/roster_store.h"
#include "app/visit/vault_outbox.h"
#include "core/trust/enrolment.h"
#include "core/trust/kit.h"
#include "core/vault/settings.h"
#include "core/vault/slots.h"
#include "sync/carrier.h"

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

std::string App::setting(std::string_view name) const {
  const auto value = vault::get_setting(*vault_, name);
  return value && *value ? std::string(as_text(**value)) : "";
}

void App::keep_setting(std::string_view name, std::string_view value) {
  if (!vault_) return;
  report(value.empty() ? vault::remove_setting(*vault_, name)
                       : vault::put_setting(*vault_, name, as_bytes(value)));
}

// What the vault remembers wins over what the command line said.
void App::load_settings() {
  const std::string language = setting(vault::kLanguageSetting);
  if (!language.empty()) set_language(language);
  const std::string theme = setting(kThemeSetting);
  if (!theme.empty()) options_.dark = theme == "dark";
  options_.scale_percent = number_of(setting(kScaleSetting), 100, 200, options_.scale_percent);
  const int seconds = static_cast<int>(options_.lock_after_ms / 1000);
  options_.lock_after_ms =
      std::int64_t{1000} * number_of(setting(kLockAfterSetting), 10, 3600, seconds);
  country_ = setting(kCountrySetting);
  options_.keyboard = keyboard_of(setting(kKeyboardSetting)).value_or(options_.keyboard);
}

// A tablet without a kit, or a kit without tables, shows none.
void App::load_kit() {
  all_limits_.clear();
  places_.clear();
  const auto roster = visit::current_roster(*vault_);
  policy_ = roster ? roster->roster.policy : trust::Policy();
  const auto archive = vault::get_setting(*vault_, vault::kKitSetting);
  const auto root = visit::pinned_root(*vault_);
  if (archive && *archive && root) {
    const auto kit = trust::read_kit(**archive, *root);
    if (kit) {
      for (const bundle::Member& file : kit->kit.files) {
        if (file.name == "limits.csv") all_limits_ = parse_limits(as_text(file.content));
        if (file.name == "places.csv") places_ = parse_places(as_text(file.content));
      }
    }
  }
  limits_ = limits_for(all_limits_, country_);
}

void App::open_outbox() {
  leave_checklist();
  outbox_ = {};
  screen_ = Screen::kOutbox;
}

void App::open_settings() {
  leave_checklist();
  menu_open_ = false;
  passphrase_change_.open = false;
  passphrase_change_.done = false;
  passphrase_change_.error.clear();
  hub_entry_ = {};
  screen_ = Screen::kSettings;
}

void App::carry_out(const std::string& folder) {
  outbox_.stick = folder;
  show_ = "outbox.outcome";
  visit::VaultOutbox outbox(*vault_, host_.files, 0);
  // The screen may show a stick that was taken away since.
  const std::vector<std::string> folders = stick_folders(options_.media_roots);
  Result<std::vector<bundle::BundleId>> carried = sync::stick_gone();
  if (std::ranges::find(folders, folder) != folders.end())
    carried = sync::carry_out(outbox, host_.files, folder);
  outbox_.outcome_is_bad = !carried;
  outbox_.outcome = !carried ? error_words(words_, carried.error())
                             : words_.plural(
                                   "{0} visit is on the stick. It stays here too, until "
                                   "the receipt comes back.",
                                   "{0} visits are on the stick. They stay here too, "
                                   "until the receipts come back.",
                                   carried->size());
}

void App::carry_in(const std::string& folder) {
  outbox_.stick = folder;
  show_ = "outbox.outcome";
  const auto roster = visit::current_roster(*vault_);
  if (!roster) {
    outbox_.outcome_is_bad = true;
    outbox_.outcome = error_words(words_, roster.error());
    return;
  }
  visit::VaultOutbox outbox(*vault_, host_.files,
                            static_cast<int>(roster->roster.policy.retention_days));
  const auto taken = sync::carry_receipts_in(outbox, host_.files, folder, roster->roster);
  outbox_.outcome_is_bad = !taken || !taken->bad.empty();
  if (!taken) {
    outbox_.outcome = error_words(words_, taken.error());
  } else if (!taken->bad.empty()) {
    outbox_.outcome = words_(
        "A receipt on this stick is not right. Nothing was erased for it. "
        "Tell the office.");
  } else if (taken->acknowledged.empty()) {
    outbox_.outcome = words_("There is no receipt on this stick for what waits here.");
  } else {
    outbox_.outcome = words_.plural("{0} visit was received; its receipt is verified.",
                                    "{0} visits were received; their receipts are verified.",
                                    taken->acknowledged.size());
  }
}

void App::open_enrolment() {
  if (work_.busy()) return;
  menu_open_ = false;
  enrol_ = {};
  if (!vault_) enrol_.label = "tablet-1";
  screen_ = Screen::kEnrol;
}

// The office's policy decides whether there is such a thing at all.
void App::panic(ui::Kit& kit) {
  if (!visit::may_panic(policy_)) return;
  // Before locking: to tidy long drafts takes time that there may not be. Where a worker has the
  // vault, the slots go at once and the rest when it comes back.
  checklist_.reset();
  static_cast<void>(visit::panic(host_, options_.folder, policy_, std::move(vault_)));
  policy_ = {};
  lock(kit);
}

void App::set_hub_pin(const std::string& pin) {
  hub_entry_.pin_error.clear();
  if (!std::ranges::all_of(trust::split_pin_line(pin), trust::is_hub_pin)) {
    hub_entry_.pin_error =
        words_("A pin is sha256// and 44 more characters, as the office gave it.");
    return;
  }
  keep_setting(vault::kHubPinSetting, pin);
}

void App::use_office_hub() {
  hub_entry_ = {};
  keep_setting(vault::kHubUrlSetting, "");
  keep_setting(vault::kHubPinSetting, "");
}

void App::save_request(const std::string& folder) {
  const auto key = device_key();
  if (!key) return say_error(key.error());
  const std::string label = setting(vault::kDeviceLabelSetting);
  const std::string name = (label.empty() ? "tablet" : label) + ".request";
  const Status written = host_.files.write_atomically(
      folder + "/" + name, as_bytes(trust::write_request(*key, label.empty() ? "tablet" : label)),
      false);
  enrol_.error = written ? "" : error_words(words_, written.error());
  show_ = written ? "enrol.saved" : "enrol.error";
  enrol_.saved = written ? words::fill(words_("Saved as {0}."), {name}) : "";
}

void App::read_kit(const std::string& path) {
  enrol_.kit_error.clear();
  enrol_.enrolled.clear();
  enrol_.office_words.clear();
  show_ = "enrol.kit-error";
  auto archive = host_.files.read(path, trust::kKitLimitBytes);
  if (!archive) {
    enrol_.kit_error = error_words(words_, archive.error());
    return;
  }
  enrol_.kit = std::move(*archive);
  // A later kit must come from the same root: nothing to compare.
  if (visit::pinned_root(*vault_)) return accept_kit();
  const auto root = trust::claimed_root(enrol_.kit);
  if (!root) {
    enrol_.kit_error = error_words(words_, root.error());
    enrol_.kit.clear();
    return;
  }
  enrol_.office_words = trust::fingerprint_words(*root, word_language());
  show_ = "enrol.differ";
}

}  // namespace vigil::tablet
