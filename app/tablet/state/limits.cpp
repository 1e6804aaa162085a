// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/limits.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "app/tablet/state/csv.h"

namespace vigil::tablet {
namespace {

bool holds(const Limit& limit, double value) {
  return limit.comparison == "<=" ? value <= limit.value : value >= limit.value;
}

// With the language's own decimal mark.
std::string number_words(const ui::Words& words, double value) {
  const std::string number = fmt::format("{}", value);
  const auto point = number.find('.');
  if (point == std::string::npos) return number;
  return ui::fill(words("{0}.{1}"), {number.substr(0, point), number.substr(point + 1)});
}

std::string sentence(const ui::Words& words, const Limit& limit) {
  const std::string amount = number_words(words, limit.value) + " " + limit.unit;
  std::string text = ui::fill(
      limit.comparison == "<=" ? words("Limit: at most {0}") : words("Limit: at least {0}"),
      {amount});
  text += " · ";
  text += limit.country.empty() ? std::string(words("international")) : limit.country;
  if (!limit.source.empty()) text += " · " + limit.source;
  if (!limit.verified) text += fmt::format(" · {}", words("draft, not yet checked"));
  return text;
}

}  // namespace

std::vector<Limit> parse_limits(std::string_view csv) {
  const CsvTable table(csv);
  std::vector<Limit> limits;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto cell = [&](std::string_view column) { return table.cell(row, column); };
    Limit limit{cell("id"),   cell("country"), cell("comparison"),          0,
                cell("unit"), cell("source"),  cell("status") == "verified"};
    const std::string number = cell("value");
    const char* const end = number.data() + number.size();
    const auto [stop, failure] = std::from_chars(number.data(), end, limit.value);
    const bool known = limit.comparison == "<=" || limit.comparison == ">=";
    if (!limit.id.empty() && known && failure == std::errc() && stop == end) {
      limits.push_back(std::move(limit));
    }
  }
  return limits;
}

std::vector<std::string> limit_countries(const std::vector<Limit>& limits) {
  std::vector<std::string> countries;
  for (const Limit& limit : limits) {
    if (!limit.country.empty()) countries.push_back(limit.country);
  }
  std::ranges::sort(countries);
  const auto rest = std::ranges::unique(countries);
  countries.erase(rest.begin(), rest.end());
  return countries;
}

std::vector<Limit> limits_for(const std::vector<Limit>& limits, std::string_view country) {
  if (country.empty()) return limits;
  std::vector<Limit> chosen;
  for (const Limit& limit : limits) {
    if (limit.country.empty() || limit.country == country) chosen.push_back(limit);
  }
  return chosen;
}

LimitWords limit_words(const ui::Words& words, const std::vector<Limit>& limits,
                       std::string_view id, std::optional<double> value) {
  LimitWords said;
  if (id.empty()) return said;
  for (const Limit& limit : limits) {
    if (limit.id != id) continue;
    if (!said.text.empty()) said.text += '\n';
    said.text += sentence(words, limit);
    if (value && !holds(limit, *value)) said.exceeded = true;
  }
  if (said.exceeded) said.text = std::string(words("Outside of the limit.")) + '\n' + said.text;
  return said;
}

}  // namespace vigil::tablet
