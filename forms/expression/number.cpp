// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/number.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "forms/expression/value.h"

namespace vigil::forms {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Both the digits as one integer and the power of ten are exact doubles, so one division rounds
// correctly. Several times faster than from_chars.
constexpr std::size_t kExactLength = 15;
double short_number(std::string_view text) {
  static constexpr double kPowers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  std::int64_t digits = 0;
  std::size_t places = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.') {
      point = true;
    } else if (c != '-') {
      digits = digits * 10 + (c - '0');
      places += point ? 1 : 0;
    }
  }
  const double value = static_cast<double>(digits) / kPowers[places];
  return text.front() == '-' ? -value : value;
}

// Reads fixed-width digits off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t length = 0;
    int value = 0;
    while (length < most && length < text_.size() && is_digit(text_[length])) {
      value = value * 10 + (text_[length++] - '0');
    }
    if (length < least) return std::nullopt;
    text_.remove_prefix(length);
    return value;
  }
  [[nodiscard]] bool done() const { return text_.empty(); }
  [[nodiscard]] char front() const { return text_.empty() ? '\0' : text_.front(); }

  // Tenths, hundredths, ...: any number of digits, kept to the millisecond.
  int fraction_ms() {
    int ms = 0;
    int unit = 100;
    while (!text_.empty() && is_digit(text_.front())) {
      ms += (text_.front() - '0') * unit;
      unit /= 10;
      text_.remove_prefix(1);
    }
    return ms;
  }

 private:
  std::string_view text_;
};

bool read_offset(Reader& reader, IsoTime& out) {
  if (reader.done()) return true;
  if (reader.take('Z')) {
    out.offset_minutes = 0;
    return reader.done();
  }
  const bool west = reader.front() == '-';
  if (!reader.take('+') && !reader.take('-')) return false;
  const auto hours = reader.digits(2, 2);
  if (!hours.has_value() || *hours > 23) return false;
  (void)reader.take(':');
  int minutes = 0;
  if (!reader.done()) {
    const auto read = reader.digits(2, 2);
    if (!read.has_value() || *read > 59) return false;
    minutes = *read;
  }
  out.offset_minutes = (*hours * 60 + minutes) * (west ? -1 : 1);
  return reader.done();
}

bool read_time(Reader& reader, IsoTime& out) {
  const auto hour = reader.digits(2, 2);
  if (!hour.has_value() || *hour > 23 || !reader.take(':')) return false;
  const auto minute = reader.digits(2, 2);
  if (!minute.has_value() || *minute > 59) return false;
  out.has_time = true;
  out.civil.hour = *hour;
  out.civil.minute = *minute;
  if (reader.take(':')) {
    const auto second = reader.digits(2, 2);
    if (!second.has_value() || *second > 59) return false;
    out.civil.second = *second;
    if (reader.take('.')) out.civil.ms = reader.fraction_ms();
  }
  return read_offset(reader, out);
}

}  // namespace

std::optional<double> plain_number(std::string_view text) {
  text = trimmed(text);
  const char* first = text.data();
  const char* const last = first + text.size();
  const char* at = first;
  if (at != last && *at == '-') ++at;
  bool digits = false;
  bool point = false;
  for (; at != last; ++at) {
    if (is_digit(*at)) {
      digits = true;
    } else if (*at == '.' && !point) {
      point = true;
    } else {
      return std::nullopt;
    }
  }
  if (!digits) return std::nullopt;
  if (text.size() <= kExactLength) return short_number(text);
  double value = 0;
  const auto read = std::from_chars(first, last, value, std::chars_format::fixed);
  if (read.ec == std::errc::result_out_of_range) {
    // Too large or too small for a double; from_chars leaves the value untouched.
    const std::size_t dot = std::min(text.find('.'), text.size());
    const bool large = text.substr(0, dot).find_first_of("123456789") != std::string_view::npos;
    const double magnitude = large ? std::numeric_limits<double>::infinity() : 0.0;
    return *first == '-' ? -magnitude : magnitude;
  }
  return value;
}

std::optional<double> scientific_number(std::string_view text) {
  text = trimmed(text);
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos) return std::nullopt;
  if (!plain_number(text.substr(0, exponent)).has_value()) return std::nullopt;
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ptr != text.data() + text.size() || read.ec != std::errc()) return std::nullopt;
  return value;
}

std::optional<IsoTime> parse_iso(std::string_view text) {
  text = trimmed(text);
  Reader reader(text);
  IsoTime out;
  const bool negative = reader.take('-');
  const auto year = reader.digits(4, 4);
  if (!year.has_value() || !reader.take('-')) return std::nullopt;
  const auto month = reader.digits(1, 2);
  if (!month.has_value() || !reader.take('-')) return std::nullopt;
  const auto day = reader.digits(1, 2);
  if (!day.has_value()) return std::nullopt;
  out.civil.year = negative ? -*year : *year;
  out.civil.month = *month;
  out.civil.day = *day;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(out.civil.year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  if (reader.done()) return out;
  if (!reader.take('T')) return std::nullopt;
  if (!read_time(reader, out)) return std::nullopt;
  return out;
}

std::optional<IsoTime> parse_iso_time_of_day(std::string_view text) {
  Reader reader(trimmed(text));
  IsoTime out;
  if (!read_time(reader, out)) return std::nullopt;
  return out;
}

std::int64_t civil_to_ms(const CivilTime& civil) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(civil.year)),
                                         std::chrono::month(static_cast<unsigned>(civil.month)),
                                         std::chrono::day(static_cast<unsigned>(civil.day))};
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t seconds = (std::int64_t{civil.hour} * 60 + civil.minute) * 60 + civil.second;
  return days * kDayMs + seconds * 1000 + civil.ms;
}

CivilTime ms_to_civil(std::int64_t ms) {
  std::int64_t days = ms / kDayMs;
  std::int64_t rest = ms % kDayMs;
  if (rest < 0) {
    rest += kDayMs;
    --days;
  }
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  CivilTime civil;
  civil.year = static_cast<int>(date.year());
  civil.month = static_cast<int>(static_cast<unsigned>(date.month()));
  civil.day = static_cast<int>(static_cast<unsigned>(date.day()));
  civil.hour = static_cast<int>(rest / 3'600'000);
  civil.minute = static_cast<int>(rest / 60'000 % 60);
  civil.second = static_cast<int>(rest / 1000 % 60);
  civil.ms = static_cast<int>(rest % 1000);
  return civil;
}

int weekday_of(const CivilTime& civil) {
  CivilTime midnight = civil;
  midnight.hour = midnight.minute = midnight.second = midnight.ms = 0;
  const std::chrono::sys_days days{
      std::chrono::days(static_cast<int>(civil_to_ms(midnight) / kDayMs))};
  return static_cast<int>(std::chrono::weekday(days).c_encoding());
}

std::string format_iso_date(const CivilTime& civil) {
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

std::string format_iso_date_time(const CivilTime& civil, int offset_minutes) {
  const int size = std::abs(offset_minutes);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}", format_iso_date(civil), civil.hour,
                     civil.minute, civil.second, civil.ms, offset_minutes < 0 ? '-' : '+',
                     size / 60, size % 60);
}

double number_of(std::string_view text) {
  if (const auto plain = plain_number(text)) return *plain;
  const auto iso = parse_iso(text);
  if (!iso.has_value()) return std::numeric_limits<double>::quiet_NaN();
  const std::int64_t ms =
      civil_to_ms(iso->civil) - std::int64_t{iso->offset_minutes.value_or(0)} * 60'000;
  return static_cast<double>(ms) / static_cast<double>(kDayMs);
}

std::string string_of(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (number == 0) return "0";
  // 1.8e308 has 309 digits, the smallest double 1,074 places and more after the point.
  char buffer[1536];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  return {buffer, end.ptr};
}

}  // namespace vigil::forms
