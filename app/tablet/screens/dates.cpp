// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/dates.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace vigil::tablet {
namespace {

constexpr char kUnfinished = '?';

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// "2026-11-22" to "22112026"; empty where it is no date.
std::string date_digits(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return {};
  return fmt::format("{}{}{}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4));
}

std::string time_digits(std::string_view iso) {
  if (iso.size() < 5 || iso[2] != ':') return {};
  return fmt::format("{}{}", iso.substr(0, 2), iso.substr(3, 2));
}

bool is_day(std::string_view digits) {
  if (digits.size() != 8 || !all_digits(digits)) return false;
  const std::chrono::year_month_day day(
      std::chrono::year(number(digits.substr(4))),
      std::chrono::month(static_cast<unsigned>(number(digits.substr(2, 2)))),
      std::chrono::day(static_cast<unsigned>(number(digits.substr(0, 2)))));
  return day.ok();
}

bool is_date(std::string_view digits) {
  return is_day(digits) && number(digits.substr(4)) >= kFirstYear &&
         number(digits.substr(4)) <= kLastYear;
}

bool is_time(std::string_view digits) {
  return digits.size() == 4 && all_digits(digits) && number(digits.substr(0, 2)) < 24 &&
         number(digits.substr(2)) < 60;
}

}  // namespace

MomentDigits digits_of(std::string_view value, bool has_date, bool has_time) {
  if (is_unfinished(value)) {
    const auto space = value.find(' ');
    if (space == std::string_view::npos) return {std::string(value.substr(1)), {}};
    return {std::string(value.substr(1, space - 1)), std::string(value.substr(space + 1))};
  }
  MomentDigits digits;
  if (has_date) digits.date = date_digits(value);
  if (has_time) {
    const auto t = value.find('T');
    digits.time = time_digits(
        has_date ? value.substr(t == std::string_view::npos ? value.size() : t + 1) : value);
  }
  return digits;
}

std::string value_of(const MomentDigits& digits, bool has_date, bool has_time) {
  if (digits.date.empty() && digits.time.empty()) return {};
  if ((has_date && !is_date(digits.date)) || (has_time && !is_time(digits.time))) {
    return fmt::format("{}{} {}", kUnfinished, digits.date, digits.time);
  }
  std::string value;
  if (has_date) {
    value = fmt::format("{}-{}-{}", digits.date.substr(4), digits.date.substr(2, 2),
                        digits.date.substr(0, 2));
  }
  if (has_date && has_time) value += 'T';
  if (has_time)
    value += fmt::format("{}:{}:00.000", digits.time.substr(0, 2), digits.time.substr(2));
  return value;
}

bool is_unfinished(std::string_view value) {
  return value.starts_with(kUnfinished);
}

MomentFault fault_of(std::string_view value) {
  if (!is_unfinished(value)) return MomentFault::kNone;
  const MomentDigits digits = digits_of(value, true, true);
  if (digits.date.size() == 8 && !is_day(digits.date)) return MomentFault::kNoSuchDate;
  if (digits.date.size() == 8 && !is_date(digits.date)) return MomentFault::kYearOutside;
  if (digits.time.size() == 4 && !is_time(digits.time)) return MomentFault::kNoSuchTime;
  return MomentFault::kUnfinished;
}

bool is_impossible(std::string_view value) {
  const MomentFault fault = fault_of(value);
  return fault != MomentFault::kNone && fault != MomentFault::kUnfinished;
}

MomentParts wrong_parts(const MomentDigits& digits, bool has_date, bool has_time) {
  if (is_impossible(value_of(digits, has_date, has_time))) {
    return {digits.date.size() == 8 && !is_date(digits.date),
            digits.time.size() == 4 && !is_time(digits.time)};
  }
  return {has_date && !is_date(digits.date), has_time && !is_time(digits.time)};
}

std::string shown_moment(std::string_view value) {
  const MomentDigits digits = digits_of(value, true, true);
  if (digits.date.size() != 8) return std::string(value);
  std::string shown = fmt::format("{}.{}.{}", digits.date.substr(0, 2), digits.date.substr(2, 2),
                                  digits.date.substr(4));
  if (digits.time.size() == 4) {
    shown += fmt::format(", {}:{}", digits.time.substr(0, 2), digits.time.substr(2));
  }
  return shown;
}

}  // namespace vigil::tablet
