// SPDX-License-Identifier: Apache-2.0
//
// The kit's inventory of places (places.csv): what may be chosen for a new visit. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::tablet {

struct Place {
  std::string name;
  std::string type;     // for example "IVS"; empty where the inventory does not say
  std::string country;  // ISO 3166 code, or empty
};

// Columns "name", "type", "country" in any order, others are not read; rows without a name are left
// out.
[[nodiscard]] std::vector<Place> parse_places(std::string_view csv);

}  // namespace vigil::tablet
