// SPDX-License-Identifier: Apache-2.0
//
// Screens about the tablet itself.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/local_time.h"
#include "app/tablet/state/sealed_state.h"
#include "app/tablet/state/setting_names.h"
#include "app/tablet/state/sticks.h"
#include "app/visit/hub.h"
#include "app/visit/roster_store.h"
#include "core/trust/enrolment.h"
#include "core/vault/forms_store.h"
#include "core/vault/outbox.h"
#include "core/vault/settings.h"
#include "core/vault/visits.h"
#include "platform/qr/qr.h"

namespace vigil::tablet {
namespace {

constexpr std::array kLockTimes_s = {30, 60, 120, 300};

}  // namespace

UnlockModel App::unlock_model() {
  UnlockModel model;
  model.passphrase = &passphrase_;
  model.busy = work_.busy();
  if (work_.busy() && !unlocking_) {
    model.busy_text = words_("The last step is still being finished; then you can unlock.");
  }
  model.error = unlock_error_;
  model.absent = !work_.busy() && !vault::vault_exists(host_, options_.folder);
  const std::int64_t left_ms = unlock_wait_until_ms_ - host_.clock.monotonic_ms();
  if (unlock_wait_until_ms_ > 0 && left_ms <= 0) unlock_wait_until_ms_ = 0;
  if (left_ms > 0 && unlock_wait_until_ms_ > 0) {
    const auto seconds = static_cast<unsigned long>((left_ms + 999) / 1000);
    const std::string left = seconds < 120
                                 ? words_.plural("{0} second", "{0} seconds", seconds)
                                 : words_.plural("{0} minute", "{0} minutes", (seconds + 59) / 60);
    model.wait =
        words::fill(words_("Too many wrong passphrases. Until the next try: {0}."), {left});
  }
  return model;
}

BusyModel App::busy_model() {
  BusyModel model;
  if (!busy_) return model;
  model.title = busy_->title;
  model.text = busy_->text;
  const std::uint64_t total = work_.progress().total;
  if (total > 0) model.percent = static_cast<int>(work_.progress().done * 100 / total);
  const std::int64_t seconds = (host_.clock.monotonic_ms() - busy_->since_ms) / 1000;
  if (seconds >= 2) {
    model.since = words_.plural("{0} second so far", "{0} seconds so far",
                                static_cast<unsigned long>(seconds));
  }
  return model;
}

HubModel App::hub_model() const {
  HubModel model;
  if (const auto office = visit::office_hub(*vault_); office && *office) {
    model.office = (*office)->url;
    model.office_pins = static_cast<int>((*office)->pins.size());
  }
  model.typed = setting(vault::kHubUrlSetting);
  model.typed_pin = setting(vault::kHubPinSetting);
  model.pin_error = hub_entry_.pin_error;
  model.typing = hub_entry_.open;
  return model;
}

OutboxModel App::outbox_model() {
  OutboxModel model;
  model.enrolled = visit::current_roster(*vault_).has_value();
  model.hub = hub_model();
  model.sending = sender_.running();
  model.outcome = outbox_.outcome;
  model.outcome_is_bad = outbox_.outcome_is_bad;
  model.outcome_stick = outbox_.stick;
  model.sticks = stick_options(options_.media_roots);
  const auto outbox = vault::outbox(*vault_);
  const auto visits = vault::visits(*vault_);
  if (!outbox || !visits) {
    say_error(!outbox ? outbox.error() : visits.error());
    return model;
  }
  std::uint64_t waiting_bytes = 0;
  for (const vault::OutboxEntry& entry : *outbox) {
    const auto visit = std::ranges::find(*visits, entry.visit, &vault::Visit::id);
    if (visit == visits->end()) continue;
    OutboxModel::Entry row;
    row.code = visit->code;
    row.day = day_words(host_.clock, entry.sealed);
    row.size = size_words(words_, entry.size_bytes);
    row.state = sealed_state(*visit, &entry);
    row.sent_percent = sent_percent(&entry);
    row.note = entry.refusal;
    if (!entry.receipt.empty()) row.note = words_("The receipt is kept and verified.");
    if (row.state != SealedState::kAcknowledged && row.state != SealedState::kErased) {
      ++model.waiting;
      waiting_bytes += entry.size_bytes;
    }
    if (model.sending && row.state == SealedState::kUploading) {
      model.sending_text =
          words::fill(words_("{0}: {1} % sent"), {row.code, fmt::format("{}", row.sent_percent)});
    }
    model.entries.push_back(std::move(row));
  }
  std::ranges::reverse(model.entries);  // the newest first, as in the list of visits
  model.waiting_size = size_words(words_, waiting_bytes);
  if (model.sending && model.sending_text.empty()) {
    model.sending_text = words_("Looking for the hub…");
  }
  return model;
}

trust::WordLanguage App::word_language() const {
  return options_.language == "en" ? trust::WordLanguage::kEnglish : trust::WordLanguage::kRussian;
}

SettingsModel App::settings_model() {
  SettingsModel model;
  for (const int seconds : kLockTimes_s) {
    const bool minutes = seconds >= 60;
    const std::string words =
        minutes ? words_.plural("{0} minute", "{0} minutes", static_cast<unsigned>(seconds / 60))
                : words_.plural("{0} second", "{0} seconds", static_cast<unsigned>(seconds));
    model.lock_times.push_back({fmt::format("{}", seconds), words,
                                options_.lock_after_ms == std::int64_t{1000} * seconds});
  }
  const std::vector<std::string> countries = limit_countries(all_limits_);
  if (!countries.empty()) {
    model.countries.push_back({"", std::string(words_("All")), country_.empty()});
    for (const std::string& code : countries) {
      model.countries.push_back({code, country_words(words_, code), country_ == code});
    }
  }
  model.hub = hub_model();
  model.changing_passphrase = passphrase_change_.open;
  model.old_passphrase = &change_[0];
  model.new_passphrase = &change_[1];
  model.again = &change_[2];
  model.passphrase_error = passphrase_change_.error;
  model.passphrase_done = passphrase_change_.done;
  model.label = setting(vault::kDeviceLabelSetting);
  if (const auto key = device_key()) {
    model.words = trust::fingerprint_words(key->public_key(), word_language());
  }
  if (const auto roster = visit::current_roster(*vault_)) {
    model.office = roster->roster.office;
    model.roster = fmt::format("{}", roster->roster.version);
    model.panic_allowed = roster->roster.policy.panic_allowed;
  }
  if (const auto forms = vault::installed_forms(*vault_)) {
    for (const vault::FormSummary& form : *forms) {
      if (!form.current) continue;
      model.forms.push_back(fmt::format("{} · {}", form_title(form), form.version));
    }
  }
  model.version = options_.version;
  return model;
}

Result<crypto::minisign::SecretKey> App::device_key() const {
  VIGIL_ASSIGN(const auto raw, vault::get_secret(*vault_, vault::kDeviceKeySecret));
  return crypto::minisign::SecretKey::from_raw(raw.view());
}

EnrolModel App::enrol_model() {
  EnrolModel model;
  model.error = enrol_.error;
  model.kit_error = enrol_.kit_error;
  model.new_passphrase = &change_[1];
  model.again = &change_[2];
  if (!vault_) {
    model.make_vault = true;
    model.label = enrol_.label;
    return model;
  }
  const auto key = device_key();
  if (!key) {
    model.error = words_("This vault has no key of a tablet; make a new one.");
    return model;
  }
  model.label = setting(vault::kDeviceLabelSetting);
  const std::string request =
      trust::write_request(*key, model.label.empty() ? "tablet" : model.label);
  if (const auto code = platform::make_qr(request)) {
    model.qr_side = code->side;
    model.qr = code->dark;
  }
  model.words = trust::fingerprint_words(key->public_key(), word_language());
  model.sticks = stick_options(options_.media_roots);
  model.saved = enrol_.saved;
  for (const ui::Option& stick : model.sticks) {
    const auto names = host_.files.list(stick.value);
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      if (name != "kit" && !name.ends_with(".kit")) continue;
      model.kits.push_back({stick.value + "/" + name, name, false});
    }
  }
  model.office_words = enrol_.office_words;
  model.enrolled = enrol_.enrolled;
  if (const auto roster = visit::current_roster(*vault_)) {
    model.office = words::fill(words_("Enrolled with {0}, roster version {1}"),
                               {roster->roster.office, fmt::format("{}", roster->roster.version)});
  }
  return model;
}

}  // namespace vigil::tablet
