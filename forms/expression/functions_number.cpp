// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "forms/expression/function.h"
#include "forms/expression/number.h"

namespace vigil::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Value fn_number(Call& call) {
  if (call.count() == 0) return Value(call.evaluator().number_from(*call.focus().node));
  return Value(call.number(0));
}

// [0, 1) with all 53 bits.
Value fn_random(Call& call) {
  return Value(static_cast<double>(call.host().random_bits() >> 11U) * 0x1.0p-53);
}

Value fn_int(Call& call) {
  return Value(std::trunc(call.number(0)) + 0.0);
}

// All numbers of the arguments, node-sets flattened. In a form what is no number (an unanswered
// question) is passed over, as in JavaRosa; in plain XPath it makes the result none: false.
bool gather(Call& call, std::vector<double>& all) {
  for (std::size_t i = 0; i < call.count(); ++i) {
    const Value given = call.value(i);
    if (given.type() != ValueType::kNodeSet) {
      all.push_back(call.evaluator().number_from(given));
      continue;
    }
    for (const Node* node : given.nodes()) all.push_back(call.evaluator().number_from(*node));
  }
  if (!call.evaluator().program().plain_xpath) {
    std::erase_if(all, [](double number) { return std::isnan(number); });
    return true;
  }
  return std::none_of(all.begin(), all.end(), [](double number) { return std::isnan(number); });
}

Value fn_sum(Call& call) {
  double total = 0;
  const Value given = call.value(0);
  if (given.type() != ValueType::kNodeSet) return Value(call.evaluator().number_from(given));
  const bool plain = call.evaluator().program().plain_xpath;
  for (const Node* node : given.nodes()) {
    const double number = call.evaluator().number_from(*node);
    if (plain || !std::isnan(number)) total += number;
  }
  return Value(total);
}

Value fn_max(Call& call) {
  std::vector<double> all;
  if (!gather(call, all) || all.empty()) return Value(kNaN);
  return Value(*std::max_element(all.begin(), all.end()));
}

Value fn_min(Call& call) {
  std::vector<double> all;
  if (!gather(call, all) || all.empty()) return Value(kNaN);
  return Value(*std::min_element(all.begin(), all.end()));
}

// JavaRosa: the number as it is written is rounded (1.005 to two places is 1.01), half a unit goes
// towards positive infinity.
double round_as_written(double number, int digits) {
  const std::string text = string_of(std::abs(number));
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string whole = "0" + text.substr(0, point);
  std::string fraction = point < text.size() ? text.substr(point + 1) : std::string();
  const auto kept = static_cast<std::size_t>(digits);
  if (fraction.size() <= kept) return number;
  const std::string_view rest = std::string_view(fraction).substr(kept);
  const bool exact_half = rest.front() == '5' && rest.find_first_not_of('0', 1) == rest.npos;
  const bool up = exact_half ? number > 0 : rest.front() >= '5';
  std::string all = whole + fraction.substr(0, kept);
  if (up) {
    std::size_t at = all.size() - 1;
    while (all[at] == '9') all[at--] = '0';
    ++all[at];
  }
  all.insert(all.size() - kept, ".");
  const double rounded = plain_number(all).value_or(0);
  return std::signbit(number) ? -rounded : rounded;
}

// web-forms: half a unit goes away from zero.
double round_scaled(double number, double digits) {
  const double scale = std::pow(10.0, std::abs(digits));
  return digits > 0 ? std::round(number * scale) / scale : std::round(number / scale) * scale;
}

Value fn_round(Call& call) {
  const double number = call.number(0);
  const double digits = call.count() > 1 ? std::trunc(call.number(1)) : 0;
  if (std::isnan(number) || std::isinf(number)) return Value(number);
  constexpr double kMostDigits = 30;  // JavaRosa's
  if (!(std::abs(digits) <= kMostDigits)) return Value(kNaN);
  if (call.evaluator().program().plain_xpath) return Value(round_scaled(number, digits));
  if (digits >= 0) return Value(round_as_written(number, static_cast<int>(digits)));
  const double scale = std::pow(10.0, -digits);
  return Value(std::floor(number / scale + 0.5) * scale);
}

Value fn_floor(Call& call) {
  return Value(std::floor(call.number(0)));
}
Value fn_ceiling(Call& call) {
  return Value(std::ceil(call.number(0)));
}
Value fn_abs(Call& call) {
  return Value(std::abs(call.number(0)));
}
Value fn_pow(Call& call) {
  return Value(std::pow(call.number(0), call.number(1)));
}
Value fn_log(Call& call) {
  return Value(std::log(call.number(0)));
}
Value fn_log10(Call& call) {
  return Value(std::log10(call.number(0)));
}
Value fn_sin(Call& call) {
  return Value(std::sin(call.number(0)));
}
Value fn_cos(Call& call) {
  return Value(std::cos(call.number(0)));
}
Value fn_tan(Call& call) {
  return Value(std::tan(call.number(0)));
}
Value fn_asin(Call& call) {
  return Value(std::asin(call.number(0)));
}
Value fn_acos(Call& call) {
  return Value(std::acos(call.number(0)));
}
Value fn_atan(Call& call) {
  return Value(std::atan(call.number(0)));
}
Value fn_atan2(Call& call) {
  return Value(std::atan2(call.number(0), call.number(1)));
}
Value fn_sqrt(Call& call) {
  return Value(std::sqrt(call.number(0)));
}
Value fn_exp(Call& call) {
  return Value(std::exp(call.number(0)));
}
Value fn_exp10(Call& call) {
  return Value(std::pow(10.0, call.number(0)));
}
Value fn_pi(Call&) {
  return Value(std::numbers::pi);
}

constexpr Function number_function(std::string_view name, std::size_t arguments,
                                   Value (*call)(Call&)) {
  return {.name = name,
          .least = arguments,
          .most = arguments,
          .type = StaticType::kNumber,
          .call = call};
}

constexpr std::array kFunctions{
    Function{.name = "number",
             .least = 1,
             .most = 1,
             .type = StaticType::kNumber,
             .call = fn_number,
             .context_instead = true},
    Function{.name = "random",
             .least = 0,
             .most = 0,
             .type = StaticType::kNumber,
             .call = fn_random,
             .hangs = Hangs::kOnRandom},
    number_function("int", 1, fn_int),
    number_function("sum", 1, fn_sum),
    Function{
        .name = "max", .least = 1, .most = kAnyCount, .type = StaticType::kNumber, .call = fn_max},
    Function{
        .name = "min", .least = 1, .most = kAnyCount, .type = StaticType::kNumber, .call = fn_min},
    Function{.name = "round", .least = 1, .most = 2, .type = StaticType::kNumber, .call = fn_round},
    number_function("floor", 1, fn_floor),
    number_function("ceiling", 1, fn_ceiling),
    number_function("abs", 1, fn_abs),
    number_function("pow", 2, fn_pow),
    number_function("log", 1, fn_log),
    number_function("log10", 1, fn_log10),
    number_function("sin", 1, fn_sin),
    number_function("cos", 1, fn_cos),
    number_function("tan", 1, fn_tan),
    number_function("asin", 1, fn_asin),
    number_function("acos", 1, fn_acos),
    number_function("atan", 1, fn_atan),
    number_function("atan2", 2, fn_atan2),
    number_function("sqrt", 1, fn_sqrt),
    number_function("exp", 1, fn_exp),
    number_function("exp10", 1, fn_exp10),
    number_function("pi", 0, fn_pi),
};

}  // namespace

std::span<const Function> number_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
