// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/limits.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "app/tablet/state/csv.h"
#include "core/base/language.h"

namespace vigil::tablet {
namespace {

constexpr std::string_view kLanguages[] = {"en", "ru", "ky", "kk", "tg", "uz", "tk"};

bool holds(const Limit& limit, double value) {
  if (limit.comparison == "<") return value < limit.value;
  return limit.comparison == "<=" ? value <= limit.value : value >= limit.value;
}

// With the language's own decimal mark.
std::string number_words(const words::Words& words, double value) {
  return written_number(fmt::format("{}", value), words.decimal_mark());
}

// "48 h"; a unit that is not known stands as it is written.
std::string amount_words(const words::Words& words, const Limit& limit) {
  if (limit.unit == "d" && limit.value >= 0 && limit.value == std::floor(limit.value)) {
    return words.plural("{0} day", "{0} days", static_cast<unsigned long>(limit.value));
  }
  const std::pair<std::string_view, std::string_view> units[] = {
      {"h", words("{0} h")},   {"min", words("{0} min")},      {"m", words("{0} m")},
      {"m2", words("{0} m²")}, {"/week", words("{0} a week")}, {"C", words("{0} °C")}};
  const std::string number = number_words(words, limit.value);
  for (const auto& [unit, pattern] : units) {
    if (unit == limit.unit) return words::fill(pattern, {number});
  }
  return limit.unit.empty() ? number : number + " " + limit.unit;
}

std::string_view name_of(const Limit& limit, std::string_view language) {
  for (const std::string_view code : {language, std::string_view("en")}) {
    const auto found = limit.names.find(code);
    if (found != limit.names.end()) return found->second;
  }
  return {};
}

std::string about_words(const words::Words& words, const Limit& limit) {
  std::string text(name_of(limit, words.language()));
  const auto add = [&](std::string_view more) {
    if (more.empty()) return;
    if (!text.empty()) text += " · ";
    text += more;
  };
  add(amount_words(words, limit));
  add(limit.country.empty() ? words("international")
                            : std::string_view(country_words(words, limit.country)));
  add(limit.source);
  if (!limit.since.empty()) add(words::fill(words("since {0}"), {limit.since}));
  return text;
}

std::string sentence(const words::Words& words, const Limit& limit) {
  const std::string amount = amount_words(words, limit);
  std::string_view pattern = words("Limit: at most {0}");
  if (limit.comparison == ">=") pattern = words("Limit: at least {0}");
  if (limit.comparison == "<") pattern = words("Limit: less than {0}");
  std::string text = words::fill(pattern, {amount});
  text += " · ";
  text += limit.country.empty() ? std::string(words("international"))
                                : country_words(words, limit.country);
  if (!limit.verified) text += fmt::format(" · {}", words("draft, not yet checked"));
  return text;
}

}  // namespace

std::vector<Limit> parse_limits(std::string_view csv) {
  const CsvTable table(csv);
  std::vector<Limit> limits;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto cell = [&](std::string_view column) { return table.cell(row, column); };
    Limit limit{.id = cell("id"),
                .country = cell("country"),
                .comparison = cell("comparison"),
                .unit = cell("unit"),
                .since = cell("since"),
                .source = cell("source"),
                .verified = cell("status") == "verified"};
    for (const std::string_view language : kLanguages) {
      if (std::string name = cell(fmt::format("what_{}", language)); !name.empty()) {
        limit.names.emplace(language, std::move(name));
      }
    }
    const std::string number = cell("value");
    const char* const end = number.data() + number.size();
    const auto [stop, failure] = std::from_chars(number.data(), end, limit.value);
    const bool known =
        limit.comparison == "<=" || limit.comparison == ">=" || limit.comparison == "<";
    if (!limit.id.empty() && known && failure == std::errc() && stop == end) {
      limits.push_back(std::move(limit));
    }
  }
  return limits;
}

std::string country_words(const words::Words& words, std::string_view code) {
  if (code == "KZ") return std::string(words("Kazakhstan"));
  if (code == "KG") return std::string(words("Kyrgyzstan"));
  if (code == "TJ") return std::string(words("Tajikistan"));
  if (code == "TM") return std::string(words("Turkmenistan"));
  if (code == "UZ") return std::string(words("Uzbekistan"));
  return std::string(code);
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

LimitWords limit_words(const words::Words& words, const std::vector<Limit>& limits,
                       std::string_view id, std::optional<double> value) {
  LimitWords said;
  if (id.empty()) return said;
  for (const Limit& limit : limits) {
    if (limit.id != id) continue;
    if (!said.text.empty()) said.text += '\n', said.about += '\n';
    said.text += sentence(words, limit);
    said.about += about_words(words, limit);
    if (value && !holds(limit, *value)) said.exceeded = true;
  }
  if (said.exceeded) said.text = std::string(words("Outside of the limit.")) + '\n' + said.text;
  return said;
}

}  // namespace vigil::tablet
