// SPDX-License-Identifier: Apache-2.0
//
// Sheets written one below the other in one text file (.csv, .md): a row whose first cell is filled
// starts a sheet of that name, its rows follow with the first cell empty. Used by both readers.
#pragma once

#include <string>
#include <vector>

#include "forms/xlsform/workbook.h"

namespace vigil::forms::xlsform {

class SheetStack {
 public:
  // One line of the file. Rows before the first sheet name are ignored.
  void add(std::vector<std::string> cells);
  [[nodiscard]] Workbook workbook() &&;

 private:
  Workbook workbook_;
  int number_ = 0;  // of the last row in the open sheet
};

}  // namespace vigil::forms::xlsform
