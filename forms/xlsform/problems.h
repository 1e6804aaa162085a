// SPDX-License-Identifier: Apache-2.0
//
// What an author should mend, gathered over the whole workbook so that all of it is told in one go.
// One thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/convert.h"

namespace vigil::forms::xlsform {

// Where something stands in the workbook.
struct Place {
  std::string_view sheet;
  int row = 0;
  std::string_view column;
};

class Problems {
 public:
  void error(const Place& place, std::string message) { add(errors_, place, std::move(message)); }
  void warning(const Place& place, std::string message) {
    add(warnings_, place, std::move(message));
  }
  void expression(const Place& place, std::string message) {
    add(expressions_, place, std::move(message));
  }
  [[nodiscard]] bool any_error() const { return !errors_.empty(); }
  // Sorted as the author meets them: sheet, row, column.
  void move_into(Conversion& conversion);

 private:
  // More would not be read; a hostile workbook could make millions.
  static constexpr std::size_t kMost = 500;
  static void add(std::vector<FormProblem>& list, const Place& place, std::string message);

  std::vector<FormProblem> errors_;
  std::vector<FormProblem> warnings_;
  std::vector<FormProblem> expressions_;
};

}  // namespace vigil::forms::xlsform
