// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/cell_format.h"

#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace vigil::forms::xlsform {
namespace {

constexpr double kLastSerial = 2'958'465.999'99;  // 9999-12-31
constexpr int kSecondsPerDay = 86'400;
constexpr double kFifteenDigits = 1e15;

std::string shown_date(int serial, bool epoch_1904) {
  using namespace std::chrono;
  // Excel counts a 29 February 1900 that never was, as serial 60: before it everything is a day
  // off.
  if (!epoch_1904 && serial == 60) return "1900-02-29";
  const sys_days epoch = epoch_1904    ? sys_days{year{1904} / January / 1}
                         : serial < 60 ? sys_days{year{1899} / December / 31}
                                       : sys_days{year{1899} / December / 30};
  const year_month_day date{epoch + days{serial}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string shown_time(int seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string shown_plain(double value) {
  if (value == std::floor(value) && std::fabs(value) < kFifteenDigits) {
    return fmt::format("{}", static_cast<long long>(value));
  }
  return fmt::format("{:.15g}", value);  // a cell keeps 15 digits
}

}  // namespace

NumberFormat format_of_code(std::string_view code) {
  bool date = false;
  bool time = false;
  bool month_or_minute = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == ';') break;  // the other sections are for negative numbers, zero and text
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '"') {
      at = std::min(code.find('"', at + 1), code.size());
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', at), code.size());
      const std::string_view inside = code.substr(at + 1, end - at - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
        time = true;
      }
      at = end;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      date = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      time = true;
    } else if (c == 'm' || c == 'M') {
      month_or_minute = true;
    } else if (c == 'G' || c == 'g') {
      return NumberFormat::kPlain;  // General
    }
  }
  if (month_or_minute && !time) date = true;
  if (date && time) return NumberFormat::kDateTime;
  return date ? NumberFormat::kDate : time ? NumberFormat::kTime : NumberFormat::kPlain;
}

NumberFormat format_of_builtin(int id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) {
    return NumberFormat::kDate;
  }
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) {
    return NumberFormat::kTime;
  }
  return id == 22 ? NumberFormat::kDateTime : NumberFormat::kPlain;
}

std::string shown_number(std::string_view raw, NumberFormat format, bool epoch_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (error != std::errc{} || end != raw.data() + raw.size() || !std::isfinite(value)) {
    return std::string(raw);
  }
  if (format == NumberFormat::kPlain || value < 0 || value > kLastSerial) return shown_plain(value);
  int day = static_cast<int>(value);
  int seconds = static_cast<int>(std::lround((value - day) * kSecondsPerDay));
  if (seconds == kSecondsPerDay) {
    seconds = 0;
    ++day;
  }
  if (format == NumberFormat::kTime || (day == 0 && !epoch_1904)) return shown_time(seconds);
  // A date column that was given a time all the same keeps it.
  if (format == NumberFormat::kDate && seconds == 0) return shown_date(day, epoch_1904);
  return shown_date(day, epoch_1904) + "T" + shown_time(seconds);
}

}  // namespace vigil::forms::xlsform
