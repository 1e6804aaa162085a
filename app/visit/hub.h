// SPDX-License-Identifier: Apache-2.0
//
// Which hub a vault sends to or fetches from: the one the office's kit names, or where somebody
// typed another on this tablet, that one.
#pragma once

#include <optional>

#include "core/base/error.h"
#include "core/trust/hub_address.h"
#include "core/vault/vault.h"

namespace vigil::visit {

// On a tablet as the kit said; in an office as its kits say. nullopt: nobody said.
[[nodiscard]] Result<std::optional<trust::HubAddress>> office_hub(vault::Vault& vault);
// In an office: for all kits to come; nullopt: they name none. As trust::check_hub().
[[nodiscard]] Status set_office_hub(vault::Vault& vault,
                                    const std::optional<trust::HubAddress>& hub);

struct HubInUse {
  trust::HubAddress address;
  bool typed = false;  // on this tablet, by whoever had it unlocked; not the office's word
};
// nullopt: there is none.
[[nodiscard]] Result<std::optional<HubInUse>> hub_in_use(vault::Vault& vault);

// One setting: the address, then a pin a line; empty for none.
[[nodiscard]] std::string hub_text(const std::optional<trust::HubAddress>& hub);

}  // namespace vigil::visit
