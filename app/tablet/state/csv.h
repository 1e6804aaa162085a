// SPDX-License-Identifier: Apache-2.0
//
// The kit's tables (RFC 4180), by the names in their first row. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::tablet {

class CsvTable {
 public:
  explicit CsvTable(std::string_view csv);
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  // "" where the row or the column is not there.
  [[nodiscard]] std::string cell(std::size_t row, std::string_view column) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace vigil::tablet
