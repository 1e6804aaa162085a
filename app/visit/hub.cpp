// SPDX-License-Identifier: Apache-2.0
#include "app/visit/hub.h"

#include <algorithm>

#include "core/vault/settings.h"

namespace vigil::visit {
namespace {

Result<std::string> text_setting(vault::Vault& vault, std::string_view name) {
  VIGIL_ASSIGN(const auto value, vault::get_setting(vault, name));
  return value ? std::string(as_text(*value)) : std::string();
}

}  // namespace

std::string hub_text(const std::optional<trust::HubAddress>& hub) {
  if (!hub) return "";
  std::string text = hub->url;
  for (const std::string& pin : hub->pins) text += "\n" + pin;
  return text;
}

Result<std::optional<trust::HubAddress>> office_hub(vault::Vault& vault) {
  VIGIL_ASSIGN(const std::string text, text_setting(vault, vault::kOfficeHubSetting));
  std::optional<trust::HubAddress> hub;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!hub) {
      hub = trust::HubAddress{line, {}};
    } else {
      hub->pins.push_back(line);
    }
  }
  return hub;
}

Status set_office_hub(vault::Vault& vault, const std::optional<trust::HubAddress>& hub) {
  if (hub) VIGIL_TRY(trust::check_hub(*hub));
  return vault::put_setting(vault, vault::kOfficeHubSetting, as_bytes(hub_text(hub)));
}

Result<std::optional<HubInUse>> hub_in_use(vault::Vault& vault) {
  VIGIL_ASSIGN(std::string url, text_setting(vault, vault::kHubUrlSetting));
  VIGIL_ASSIGN(const std::string pins, text_setting(vault, vault::kHubPinSetting));
  std::optional<HubInUse> hub;
  if (!url.empty()) {
    hub = HubInUse{{std::move(url), trust::split_pin_line(pins)}, true};
    return hub;
  }
  VIGIL_ASSIGN(auto said, office_hub(vault));
  if (said) hub = HubInUse{std::move(*said), false};
  return hub;
}

}  // namespace vigil::visit
