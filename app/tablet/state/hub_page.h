// SPDX-License-Identifier: Apache-2.0
//
// Where sealed visits go: what the office says, and what is typed here instead.
#pragma once

#include <string>

#include "app/tablet/screens/device_model.h"
#include "core/vault/vault.h"

namespace vigil::tablet {

struct HubEntry {
  bool open = false;  // another hub than the office's is being typed
  std::string pin_error;
};

[[nodiscard]] HubModel hub_model(vault::Vault& vault, const HubEntry& entry);
// A line of pins as trust::is_hub_pin() wants each.
[[nodiscard]] bool are_hub_pins(const std::string& line);

}  // namespace vigil::tablet
