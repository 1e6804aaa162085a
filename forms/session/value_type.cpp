// SPDX-License-Identifier: Apache-2.0
#include "forms/session/value_type.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace vigil::forms {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
    return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

// As Java writes doubles, but never with an exponent.
std::string decimal_text(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find('e') != std::string::npos) text = fmt::format("{:f}", number);
  if (text.find('.') == std::string::npos) text += ".0";
  return text == "-0.0" ? "0.0" : text;
}

std::optional<std::string> canonical_int(std::string_view text) {
  const std::optional<double> number = parse_number(text);
  if (!number.has_value()) return std::nullopt;
  const double whole = std::trunc(*number);
  // xsd:int, as JavaRosa's IntegerData.
  if (whole < -2147483648.0 || whole > 2147483647.0) return std::nullopt;
  return fmt::format("{}", static_cast<std::int64_t>(whole));
}

std::optional<std::string> canonical_decimal(std::string_view text) {
  const std::optional<double> number = parse_number(text);
  if (!number.has_value()) return std::nullopt;
  return decimal_text(*number);
}

// Reads fixed digits; false where there are none.
bool digits(std::string_view& text, std::size_t count, int& value) {
  if (text.size() < count) return false;
  value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return true;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool read_date(std::string_view& text) {
  int year = 0, month = 0, day = 0;
  if (!digits(text, 4, year) || !skip(text, '-') || !digits(text, 2, month) || !skip(text, '-') ||
      !digits(text, 2, day))
    return false;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool read_offset(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  if (text.front() != '+' && text.front() != '-') return false;
  text.remove_prefix(1);
  int hours = 0, minutes = 0;
  if (!digits(text, 2, hours) || hours > 14) return false;
  if (text.empty()) return true;
  return skip(text, ':') && digits(text, 2, minutes) && minutes < 60 && text.empty();
}

// The whole of `text`: HH:MM:SS[.fraction][offset]
bool is_time(std::string_view text) {
  int hours = 0, minutes = 0, seconds = 0;
  if (!digits(text, 2, hours) || hours > 23 || !skip(text, ':') || !digits(text, 2, minutes) ||
      minutes > 59 || !skip(text, ':') || !digits(text, 2, seconds) || seconds > 59)
    return false;
  if (skip(text, '.')) {
    std::size_t count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      text.remove_prefix(1);
      ++count;
    }
    if (count == 0) return false;
  }
  return read_offset(text);
}

std::string date_of_days(double days) {
  // Civil date from days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
  const std::int64_t z = static_cast<std::int64_t>(std::floor(days)) + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
  const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  return fmt::format("{:04}-{:02}-{:02}", yoe + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

std::optional<std::string> canonical_date(std::string_view text) {
  std::string_view rest = text;
  if (read_date(rest)) {
    if (rest.empty()) return std::string(text);
    if (rest.front() == 'T' && is_time(rest.substr(1))) return std::string(text.substr(0, 10));
    return std::nullopt;
  }
  // A calculation's number is days since 1970.
  const std::optional<double> days = parse_number(text);
  if (days.has_value() && std::abs(*days) < 3.0e6) return date_of_days(*days);
  return std::nullopt;
}

std::optional<std::string> canonical_date_time(std::string_view text) {
  std::string_view rest = text;
  if (!read_date(rest) || !skip(rest, 'T') || !is_time(rest)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> canonical_geopoint(std::string_view text) {
  std::vector<double> numbers;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::optional<double> number = parse_number(text.substr(0, end));
    if (!number.has_value()) return std::nullopt;
    numbers.push_back(*number);
    text = trim(text.substr(end));
  }
  if (numbers.size() < 2 || numbers.size() > 4 || std::abs(numbers[0]) > 90 ||
      std::abs(numbers[1]) > 180)
    return std::nullopt;
  // JavaRosa's "no fix": four zeros.
  if (numbers == std::vector<double>{0, 0, 0, 0}) return std::string();
  std::string out;
  for (const double number : numbers) out += (out.empty() ? "" : " ") + decimal_text(number);
  return out;
}

}  // namespace

std::optional<std::string> canonical_value(DataType type, std::string_view value) {
  const std::string_view text = trim(value);
  if (text.empty()) return std::string();
  switch (type) {
    case DataType::kInt:
      return canonical_int(text);
    case DataType::kDecimal:
      return canonical_decimal(text);
    case DataType::kDate:
      return canonical_date(text);
    case DataType::kDateTime:
      return canonical_date_time(text);
    case DataType::kTime:
      return is_time(text) ? std::optional(std::string(text)) : std::nullopt;
    case DataType::kGeopoint:
      return canonical_geopoint(text);
    case DataType::kString:
    case DataType::kBoolean:
    case DataType::kBinary:
    case DataType::kGeotrace:
    case DataType::kGeoshape:
      return std::string(value);
  }
  return std::string(value);
}

std::string computed_value(DataType type, std::string_view value) {
  std::string_view text = trim(value);
  std::string_view rest = text;
  if (type == DataType::kTime && read_date(rest) && skip(rest, 'T')) text = rest;
  if (type == DataType::kDateTime && read_date(rest) && rest.empty())
    return std::string(text) + "T00:00:00.000";
  return canonical_value(type, text).value_or("");
}

}  // namespace vigil::forms
