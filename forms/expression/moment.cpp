// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/moment.h"

#include <cmath>

namespace vigil::forms {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

int offset_at(const ExpressionHost& host, std::int64_t instant_ms) {
  return host.utc_offset_minutes(WallTime{instant_ms});
}

}  // namespace

Moment moment_of(std::int64_t instant_ms, const ExpressionHost& host) {
  Moment moment;
  moment.offset_minutes = offset_at(host, instant_ms);
  moment.civil = ms_to_civil(instant_ms + moment.offset_minutes * kMinuteMs);
  moment.has_time = true;
  return moment;
}

Moment moment_of(const IsoTime& iso, const ExpressionHost& host) {
  if (iso.offset_minutes.has_value()) {
    Moment moment = moment_of(civil_to_ms(iso.civil) - *iso.offset_minutes * kMinuteMs, host);
    moment.has_time = iso.has_time;
    return moment;
  }
  Moment moment;
  const std::int64_t instant =
      local_to_instant(iso.civil, [&host](std::int64_t at) { return offset_at(host, at); });
  moment.civil = iso.civil;
  moment.offset_minutes = offset_at(host, instant);
  moment.has_time = iso.has_time;
  return moment;
}

double days_of(const Moment& moment, DayCount count) {
  std::int64_t ms = civil_to_ms(moment.civil);
  if (count == DayCount::kUtc) ms -= moment.offset_minutes * kMinuteMs;
  return static_cast<double>(ms) / static_cast<double>(kDayMs);
}

std::optional<Moment> moment_of_days(double days, DayCount count, const ExpressionHost& host) {
  constexpr double kFirst = -719'162;  // 0001-01-01
  constexpr double kLast = 2'932'896;  // 9999-12-31
  if (!(days >= kFirst && days < kLast)) return std::nullopt;
  const auto ms = static_cast<std::int64_t>(std::llround(days * static_cast<double>(kDayMs)));
  if (count == DayCount::kUtc) return moment_of(ms, host);
  return moment_of(IsoTime{.civil = ms_to_civil(ms), .has_time = true, .offset_minutes = {}}, host);
}

}  // namespace vigil::forms
