// SPDX-License-Identifier: Apache-2.0
//
// What the office's kit and roster say beside the forms: limits, places, policy; and the country
// that was chosen for the limits.
#pragma once

#include <string>
#include <vector>

#include "app/tablet/state/limits.h"
#include "app/tablet/state/places.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::tablet {

struct OfficeData {
  std::vector<Limit> all_limits;
  std::vector<Limit> limits;  // those for the country chosen
  std::string country;        // "" all
  std::vector<Place> places;
  trust::Policy policy;

  void choose_country(const std::string& code);
  // On a locked tablet. The policy stays: erasing works there too; limits are in every kit.
  void lock() { places.clear(); }
};

// A tablet without a kit, or a kit without tables, has none.
[[nodiscard]] OfficeData read_office_data(vault::Vault& vault);

}  // namespace vigil::tablet
