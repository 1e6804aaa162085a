// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/hub_page.h"

#include <algorithm>

#include "app/tablet/state/app_options.h"
#include "app/visit/hub.h"
#include "core/vault/settings.h"

namespace vigil::tablet {

HubModel hub_model(vault::Vault& vault, const HubEntry& entry) {
  HubModel model;
  if (const auto office = visit::office_hub(vault); office && *office) {
    model.office = (*office)->url;
    model.office_pins = static_cast<int>((*office)->pins.size());
  }
  model.typed = setting(vault, vault::kHubUrlSetting);
  model.typed_pin = setting(vault, vault::kHubPinSetting);
  model.pin_error = entry.pin_error;
  model.typing = entry.open;
  return model;
}

bool are_hub_pins(const std::string& line) {
  return std::ranges::all_of(trust::split_pin_line(line), trust::is_hub_pin);
}

}  // namespace vigil::tablet
