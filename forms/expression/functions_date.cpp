// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "forms/expression/function.h"
#include "forms/expression/moment.h"

namespace vigil::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

DayCount day_count(Call& call) {
  return call.evaluator().program().plain_xpath ? DayCount::kUtc : DayCount::kLocal;
}

enum class Reading { kMoment, kEmpty, kWrong };

// The date or time that argument i is: text, or days as a number.
Reading read_moment(Call& call, std::size_t i, Moment& out) {
  const Value given = call.value(i);
  if (given.type() == ValueType::kBoolean) return Reading::kWrong;
  if (given.type() == ValueType::kNumber) {
    if (std::isnan(given.number())) return Reading::kEmpty;
    const auto moment = moment_of_days(given.number(), day_count(call), call.host());
    if (!moment.has_value()) return Reading::kWrong;
    out = *moment;
    return Reading::kMoment;
  }
  const std::string text = call.evaluator().text_from(given);
  if (text.empty()) return Reading::kEmpty;
  if (const auto iso = parse_iso(text)) {
    out = moment_of(*iso, call.host());
    return Reading::kMoment;
  }
  if (const auto days = plain_number(text)) {
    const auto moment = moment_of_days(*days, day_count(call), call.host());
    if (!moment.has_value()) return Reading::kWrong;
    out = *moment;
    return Reading::kMoment;
  }
  return Reading::kWrong;
}

// JavaRosa stops there; plain XPath has no such thing as stopping, and goes on with "no number".
Value not_a_date(Call& call) {
  if (call.evaluator().program().plain_xpath) return Value(kNaN);
  return call.refuse("expression.date",
                     "a date (YYYY-MM-DD), a date with time or a number of days is needed here");
}

bool at_midnight(const CivilTime& civil) {
  return civil.hour == 0 && civil.minute == 0 && civil.second == 0 && civil.ms == 0;
}

Value date_value(Call& call, const Moment& moment, bool with_time) {
  if (call.evaluator().program().plain_xpath) {
    with_time = moment.has_time && !at_midnight(moment.civil);
  }
  return Value(with_time ? format_iso_date_time(moment.civil, moment.offset_minutes)
                         : format_iso_date(moment.civil));
}

Value make_date(Call& call, bool with_time) {
  Moment moment;
  switch (read_moment(call, 0, moment)) {
    case Reading::kEmpty:
      return Value();
    case Reading::kWrong:
      return not_a_date(call);
    case Reading::kMoment:
      break;
  }
  return date_value(call, moment, with_time && moment.has_time);
}

Value fn_date(Call& call) {
  return make_date(call, false);
}
Value fn_date_time(Call& call) {
  return make_date(call, true);
}

Value fn_today(Call& call) {
  return Value(format_iso_date(moment_of(call.host().now().ms, call.host()).civil));
}

Value fn_now(Call& call) {
  const Moment now = moment_of(call.host().now().ms, call.host());
  return Value(format_iso_date_time(now.civil, now.offset_minutes));
}

Value fn_decimal_date_time(Call& call) {
  Moment moment;
  switch (read_moment(call, 0, moment)) {
    case Reading::kEmpty:
      return Value(kNaN);
    case Reading::kWrong:
      return not_a_date(call);
    case Reading::kMoment:
      break;
  }
  return Value(days_of(moment, day_count(call)));
}

// The part of the local day that has gone by at a time ("14:30:00.000+01:00").
Value fn_decimal_time(Call& call) {
  const auto iso = parse_iso_time_of_day(call.text(0));
  if (!iso.has_value()) return Value(kNaN);
  Moment moment;
  moment.civil = iso->civil;
  if (iso->offset_minutes.has_value()) {
    // An offset says nothing of the day; today's rules of the zone hold.
    const Moment today = moment_of(call.host().now().ms, call.host());
    IsoTime whole = *iso;
    whole.civil.year = today.civil.year;
    whole.civil.month = today.civil.month;
    whole.civil.day = today.civil.day;
    moment = moment_of(whole, call.host());
  }
  const CivilTime& civil = moment.civil;
  const std::int64_t ms =
      ((std::int64_t{civil.hour} * 60 + civil.minute) * 60 + civil.second) * 1000 + civil.ms;
  return Value(static_cast<double>(ms) / static_cast<double>(kDayMs));
}

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

// False where the letter after % is none of format-date's.
bool add_field(char letter, const CivilTime& civil, std::string& out) {
  switch (letter) {
    case '%':
      out += '%';
      return true;
    case 'Y':
      out += fmt::format("{:04}", civil.year);
      return true;
    case 'y':
      out += fmt::format("{:02}", civil.year % 100);
      return true;
    case 'm':
      out += fmt::format("{:02}", civil.month);
      return true;
    case 'n':
      out += fmt::format("{}", civil.month);
      return true;
    case 'b':
      out += kMonths[static_cast<std::size_t>(civil.month - 1)];
      return true;
    case 'd':
      out += fmt::format("{:02}", civil.day);
      return true;
    case 'e':
      out += fmt::format("{}", civil.day);
      return true;
    case 'a':
      out += kDays[static_cast<std::size_t>(weekday_of(civil))];
      return true;
    case 'H':
      out += fmt::format("{:02}", civil.hour);
      return true;
    case 'h':
      out += fmt::format("{}", civil.hour);
      return true;
    case 'M':
      out += fmt::format("{:02}", civil.minute);
      return true;
    case 'S':
      out += fmt::format("{:02}", civil.second);
      return true;
    case '3':
      out += fmt::format("{:03}", civil.ms);
      return true;
    default:
      return false;
  }
}

Value fn_format_date(Call& call) {
  Moment moment;
  switch (read_moment(call, 0, moment)) {
    case Reading::kEmpty:
      return Value();
    case Reading::kWrong: {
      // A time question's answer: JavaRosa refuses it, the documentation shows it in use.
      const auto time = parse_iso_time_of_day(call.text(0));
      if (!time.has_value()) return not_a_date(call);
      moment.civil = time->civil;
      break;
    }
    case Reading::kMoment:
      break;
  }
  const std::string format = call.text(1);
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out += format[i];
      continue;
    }
    if (++i == format.size() || !add_field(format[i], moment.civil, out)) {
      return call.refuse("expression.value",
                         "the format of a date has a % without one of Y y m n b d e a H h M S 3");
    }
  }
  return Value(std::move(out));
}

constexpr std::array kFunctions{
    Function{.name = "today",
             .least = 0,
             .most = 0,
             .type = StaticType::kString,
             .call = fn_today,
             .hangs = Hangs::kOnClock},
    Function{.name = "now",
             .least = 0,
             .most = 0,
             .type = StaticType::kString,
             .call = fn_now,
             .hangs = Hangs::kOnClock},
    Function{.name = "date", .least = 1, .most = 1, .type = StaticType::kAny, .call = fn_date},
    Function{
        .name = "date-time", .least = 1, .most = 1, .type = StaticType::kAny, .call = fn_date_time},
    Function{.name = "decimal-date-time",
             .least = 1,
             .most = 1,
             .type = StaticType::kNumber,
             .call = fn_decimal_date_time},
    Function{.name = "decimal-time",
             .least = 1,
             .most = 1,
             .type = StaticType::kNumber,
             .call = fn_decimal_time},
    Function{.name = "format-date",
             .least = 2,
             .most = 2,
             .type = StaticType::kAny,
             .call = fn_format_date},
    Function{.name = "format-date-time",
             .least = 2,
             .most = 2,
             .type = StaticType::kAny,
             .call = fn_format_date},
};

}  // namespace

std::span<const Function> date_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
