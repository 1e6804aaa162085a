// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/sheet_stack.h"

#include <algorithm>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {

void SheetStack::add(std::vector<std::string> cells) {
  if (cells.empty()) return;
  const std::string name{trimmed(cells.front())};
  cells.erase(cells.begin());
  const bool blank =
      std::ranges::all_of(cells, [](const std::string& cell) { return trimmed(cell).empty(); });
  if (!name.empty()) {
    workbook_.sheets.push_back({name, {}});
    number_ = 0;
    if (blank) return;
  }
  if (workbook_.sheets.empty()) return;
  ++number_;
  if (!blank) workbook_.sheets.back().rows.push_back({number_, std::move(cells)});
}

Workbook SheetStack::workbook() && {
  return std::move(workbook_);
}

}  // namespace vigil::forms::xlsform
