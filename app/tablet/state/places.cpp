// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/places.h"

#include "app/tablet/state/csv.h"

namespace vigil::tablet {

std::vector<Place> parse_places(std::string_view csv) {
  const CsvTable table(csv);
  std::vector<Place> places;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Place place{table.cell(row, "name"), table.cell(row, "type"), table.cell(row, "country")};
    if (!place.name.empty()) places.push_back(std::move(place));
  }
  return places;
}

}  // namespace vigil::tablet
