// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/csv.h"

#include <algorithm>

namespace vigil::tablet {
namespace {

// The fields of one row, which `at` moves behind.
std::vector<std::string> next_row(std::string_view csv, std::size_t& at) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (; at < csv.size(); ++at) {
    const char c = csv[at];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (csv.substr(at + 1).starts_with('"')) {
        fields.back() += csv[++at];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

}  // namespace

CsvTable::CsvTable(std::string_view csv) {
  std::size_t at = 0;
  header_ = next_row(csv, at);
  while (at < csv.size()) rows_.push_back(next_row(csv, at));
}

std::string CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto found = std::ranges::find(header_, column);
  const auto number = static_cast<std::size_t>(found - header_.begin());
  return row < rows_.size() && number < rows_[row].size() ? rows_[row][number] : "";
}

}  // namespace vigil::tablet
