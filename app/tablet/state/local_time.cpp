// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/local_time.h"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

namespace vigil::tablet {
namespace {

struct Local {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::minutes> time;
};

Local local(const Clock& clock, WallTime time) {
  const auto offset = std::chrono::minutes(clock.utc_offset_minutes(time));
  const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(time.ms)};
  const auto there = moment + offset;
  const auto midnight = std::chrono::floor<std::chrono::days>(there);
  return {std::chrono::year_month_day(midnight),
          std::chrono::hh_mm_ss(std::chrono::floor<std::chrono::minutes>(there - midnight))};
}

std::string day_with(std::string_view mark, const std::chrono::year_month_day& date) {
  return fmt::format("{1:02}{0}{2:02}{0}{3:04}", mark, static_cast<unsigned>(date.day()),
                     static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string time_with(std::string_view mark, const Local& now) {
  return fmt::format("{1:02}{0}{2:02}", mark, now.time.hours().count(), now.time.minutes().count());
}

}  // namespace

std::string day_words(const Clock& clock, WallTime time) {
  return day_with(".", local(clock, time).date);
}

std::string time_words(const Clock& clock) {
  return time_with(":", local(clock, clock.now()));
}

MomentDigits digits_now(const Clock& clock) {
  const Local now = local(clock, clock.now());
  return {day_with("", now.date), time_with("", now)};
}

std::string with_offset(const Clock& clock, const std::string& value) {
  if (value.empty()) return value;
  const int offset = clock.utc_offset_minutes(clock.now());
  return fmt::format("{}{}{:02}:{:02}", value, offset < 0 ? '-' : '+', std::abs(offset) / 60,
                     std::abs(offset) % 60);
}

}  // namespace vigil::tablet
