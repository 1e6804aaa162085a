// SPDX-License-Identifier: Apache-2.0
#include "app/office/data_columns.h"

#include <algorithm>
#include <string>
#include <vector>

namespace vigil::office {
namespace {

struct Known {
  std::string_view name;
  std::vector<std::string_view> needed;
  std::string_view all;
};

// As app/tablet reads them (places.h, limits.h).
const std::vector<Known>& known_tables() {
  static const std::vector<Known> kTables = {
      {"places.csv", {"name"}, "name, type, country"},
      {"limits.csv",
       {"id", "country", "comparison", "value", "unit"},
       "id, country, what_en, what_ru (and so on), comparison, value, unit, since, source"}};
  return kTables;
}

std::vector<std::string> titles_of(std::string_view csv) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (csv.starts_with(kByteOrderMark)) csv.remove_prefix(kByteOrderMark.size());
  csv = csv.substr(0, csv.find_first_of("\r\n"));
  std::vector<std::string> titles(1);
  for (const char c : csv) {
    if (c == ',') {
      titles.emplace_back();
    } else if (c != '"') {
      titles.back() += c;
    }
  }
  return titles;
}

}  // namespace

Status check_columns(std::string_view name, std::string_view csv) {
  const auto table = std::ranges::find(known_tables(), name, &Known::name);
  if (table == known_tables().end()) return {};
  const std::vector<std::string> titles = titles_of(csv);
  for (const std::string_view needed : table->needed) {
    if (std::ranges::find(titles, needed) != titles.end()) continue;
    return fail(
        ErrorKind::kInvalid, "office.columns",
        std::string(name) + " has no column \"" + std::string(needed) +
            "\" in its first line, which is to name the columns with commas between them: " +
            std::string(table->all) + ".");
  }
  return {};
}

}  // namespace vigil::office
