// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/settings_model.h"

#include <array>

#include <fmt/format.h>

#include "core/vault/settings.h"

namespace vigil::tablet {
namespace {

constexpr std::array kLockTimes_s = {30, 60, 120, 300};

std::vector<ui::Option> lock_times(const words::Words& words, std::int64_t chosen_ms) {
  std::vector<ui::Option> times;
  for (const int seconds : kLockTimes_s) {
    const bool minutes = seconds >= 60;
    const std::string label =
        minutes ? words.plural("{0} minute", "{0} minutes", static_cast<unsigned>(seconds / 60))
                : words.plural("{0} second", "{0} seconds", static_cast<unsigned>(seconds));
    times.push_back({fmt::format("{}", seconds), label, chosen_ms == std::int64_t{1000} * seconds});
  }
  return times;
}

std::vector<ui::Option> countries(const words::Words& words, const OfficeData& office) {
  std::vector<ui::Option> options;
  for (const std::string& code : limit_countries(office.all_limits)) {
    if (options.empty()) {
      options.push_back({"", std::string(words("All")), office.country.empty()});
    }
    options.push_back({code, country_words(words, code), office.country == code});
  }
  return options;
}

}  // namespace

SettingsModel settings_model(const words::Words& words, vault::Vault& vault,
                             const AppOptions& options, const OfficeData& office,
                             DevicePages& pages, FormTitles& titles) {
  SettingsModel model;
  model.lock_times = lock_times(words, options.lock_after_ms);
  model.countries = countries(words, office);
  model.hub = hub_model(vault, pages.hub);
  model.changing_passphrase = pages.change.open;
  model.old_passphrase = &pages.typed.before;
  model.new_passphrase = &pages.typed.wanted;
  model.again = &pages.typed.again;
  model.passphrase_error = pages.change.error;
  model.passphrase_done = pages.change.done;
  model.label = setting(vault, vault::kDeviceLabelSetting);
  if (const auto key = device_key(vault)) {
    model.words = key_words(key->public_key(), options.language);
  }
  if (const auto roster = visit::current_roster(vault)) {
    model.office = roster->roster.office;
    model.roster = fmt::format("{}", roster->roster.version);
    model.panic_allowed = roster->roster.policy.panic_allowed;
  }
  if (const auto forms = vault::installed_forms(vault)) {
    for (const vault::FormSummary& form : *forms) {
      if (!form.current) continue;
      model.forms.push_back(
          fmt::format("{} · {}", titles.title(vault, form, options.language), form.version));
    }
  }
  model.version = options.version;
  return model;
}

}  // namespace vigil::tablet
