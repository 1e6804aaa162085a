// SPDX-License-Identifier: Apache-2.0
//
// Dated limits out of the kit's limits.csv: data, never code, since they differ by country and move
// with the law. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/words/words.h"

namespace vigil::tablet {

struct Limit {
  std::string id;          // "judge.hours"
  std::string country;     // ISO 3166-1, empty: international
  std::string comparison;  // "<=", "<" or ">="
  double value = 0;
  std::string unit;
  std::string since;  // "2026-01-27", empty: not said
  std::string source;
  bool verified = false;  // else a draft that a person has still to check
  // What it limits, by ISO 639-1 (columns what_en, what_ru, ...).
  std::map<std::string, std::string, std::less<>> names = {};
};

// Rows that cannot be read are left out: a limit is shown beside an answer and decides nothing.
[[nodiscard]] std::vector<Limit> parse_limits(std::string_view csv);

// "Kazakhstan"; the code itself where it is none of the region's.
[[nodiscard]] std::string country_words(const words::Words& words, std::string_view code);

// The countries that have limits of their own, sorted.
[[nodiscard]] std::vector<std::string> limit_countries(const std::vector<Limit>& limits);
// The international ones and those of one country; all where `country` is "".
[[nodiscard]] std::vector<Limit> limits_for(const std::vector<Limit>& limits,
                                            std::string_view country);

struct LimitWords {
  std::string text;  // one sentence a limit, a line each; empty where there is none
  // What stands behind them: what each limits, since when and by which source. A line each.
  std::string about;
  bool exceeded = false;
};
// What is said beside a result with this limit; `value` where it is known.
[[nodiscard]] LimitWords limit_words(const words::Words& words, const std::vector<Limit>& limits,
                                     std::string_view id, std::optional<double> value);

}  // namespace vigil::tablet
