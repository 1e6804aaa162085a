// SPDX-License-Identifier: Apache-2.0
//
// Numbers and calendar dates as text, by the rules that expressions have for them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vigil::forms {

inline constexpr std::int64_t kDayMs = 86'400'000;

// Digits, at most one point, an optional minus, white space around; nullopt for anything else.
[[nodiscard]] std::optional<double> plain_number(std::string_view text);

// The same with an exponent ("1.1e6"), which browsers accept and JavaRosa does not.
[[nodiscard]] std::optional<double> scientific_number(std::string_view text);

struct CivilTime {
  std::int64_t year = 1970;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
};

// What an ISO 8601 text says. Months, days and times out of range are not accepted.
struct IsoTime {
  CivilTime civil;
  bool has_time = false;
  std::optional<int> offset_minutes;
};

[[nodiscard]] std::optional<IsoTime> parse_iso(std::string_view text);
// "10:30", "10:30:00.000", with or without offset.
[[nodiscard]] std::optional<IsoTime> parse_iso_time_of_day(std::string_view text);

// Milliseconds since 1970-01-01T00:00 of that calendar, as if at UTC, and back (proleptic
// Gregorian; days algorithm of the C++ chrono calendar types).
[[nodiscard]] std::int64_t civil_to_ms(const CivilTime& civil);
[[nodiscard]] CivilTime ms_to_civil(std::int64_t ms);
// 0 Sunday .. 6 Saturday.
[[nodiscard]] int weekday_of(const CivilTime& civil);

// Minutes east of UTC at an instant.
using OffsetAt = std::function<int(std::int64_t ms)>;

// The instant of a civil time in a zone: where clocks go back the earlier, where they go forward
// the time as if they had not.
template <typename Offset>
std::int64_t local_to_instant(const CivilTime& civil, Offset&& offset_at) {
  const std::int64_t local = civil_to_ms(civil);
  const std::int64_t guess = local - std::int64_t{offset_at(local)} * 60'000;
  return local - std::int64_t{offset_at(guess)} * 60'000;
}

// "2026-11-22" and "2026-11-22T08:05:00.000-07:00".
[[nodiscard]] std::string format_iso_date(const CivilTime& civil);
[[nodiscard]] std::string format_iso_date_time(const CivilTime& civil, int offset_minutes);

}  // namespace vigil::forms
