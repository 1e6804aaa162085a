// SPDX-License-Identifier: Apache-2.0
//
// A date or time as the date functions see it. Not for other folders.
#pragma once

#include <optional>
#include <string>

#include "forms/expression/evaluator.h"
#include "forms/expression/number.h"

namespace vigil::forms {

// A point in time by the host's local calendar.
struct Moment {
  CivilTime civil;
  int offset_minutes = 0;
  bool has_time = false;
};

// How number and date turn into each other. In a form as JavaRosa: days of the local calendar
// (2026-11-22 is a whole number everywhere). In plain XPath as web-forms: days of UTC.
enum class DayCount { kLocal, kUtc };

[[nodiscard]] Moment moment_of(std::int64_t instant_ms, const ExpressionHost& host);
[[nodiscard]] Moment moment_of(const IsoTime& iso, const ExpressionHost& host);
[[nodiscard]] double days_of(const Moment& moment, DayCount count);
// nullopt where the number is no day of the years 1 to 9999.
[[nodiscard]] std::optional<Moment> moment_of_days(double days, DayCount count,
                                                   const ExpressionHost& host);

}  // namespace vigil::forms
