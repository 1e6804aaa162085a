// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/office_data.h"

#include "app/tablet/state/app_options.h"
#include "app/tablet/state/setting_names.h"
#include "app/visit/roster_store.h"
#include "core/trust/kit.h"
#include "core/vault/settings.h"

namespace vigil::tablet {

void OfficeData::choose_country(const std::string& code) {
  country = code;
  limits = limits_for(all_limits, code);
}

OfficeData read_office_data(vault::Vault& vault) {
  OfficeData data;
  if (const auto roster = visit::current_roster(vault)) data.policy = roster->roster.policy;
  const auto archive = vault::get_setting(vault, vault::kKitSetting);
  const auto root = visit::pinned_root(vault);
  if (archive && *archive && root) {
    if (const auto kit = trust::read_kit(**archive, *root)) {
      for (const bundle::Member& file : kit->kit.files) {
        if (file.name == "limits.csv") data.all_limits = parse_limits(as_text(file.content));
        if (file.name == "places.csv") data.places = parse_places(as_text(file.content));
      }
    }
  }
  data.choose_country(setting(vault, kCountrySetting));
  return data;
}

}  // namespace vigil::tablet
