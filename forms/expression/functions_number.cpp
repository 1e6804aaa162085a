// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "forms/expression/function.h"

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

// All numbers of the arguments, node-sets flattened; false where one of them is none.
bool gather(Call& call, std::vector<double>& all) {
  for (std::size_t i = 0; i < call.count(); ++i) {
    const Value given = call.value(i);
    if (given.type() != ValueType::kNodeSet) {
      all.push_back(call.evaluator().number_from(given));
      continue;
    }
    for (const Node* node : given.nodes()) all.push_back(call.evaluator().number_from(*node));
  }
  for (const double number : all) {
    if (std::isnan(number)) return false;
  }
  return true;
}

Value fn_sum(Call& call) {
  double total = 0;
  const Value given = call.value(0);
  if (given.type() != ValueType::kNodeSet) return Value(call.evaluator().number_from(given));
  for (const Node* node : given.nodes()) {
    // In a form an unanswered question adds nothing, as in JavaRosa.
    if (!call.evaluator().program().plain_xpath && node->first_child() == nullptr &&
        node->value().empty()) {
      continue;
    }
    total += call.evaluator().number_from(*node);
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

// JavaRosa (Java's Math.round): half a unit goes towards positive infinity.
double round_up(double number) {
  const double rounded = std::floor(number + 0.5);
  return rounded == 0 && std::signbit(number) ? -0.0 : rounded;
}

// web-forms: half a unit goes away from zero.
double round_away_from_zero(double number) {
  return std::round(number);
}

Value fn_round(Call& call) {
  const double number = call.number(0);
  const double digits = call.count() > 1 ? std::trunc(call.number(1)) : 0;
  if (std::isnan(number) || std::isinf(number)) return Value(number);
  if (std::isnan(digits) || std::abs(digits) > 300) return Value(digits > 0 ? number : 0.0);
  const bool plain = call.evaluator().program().plain_xpath;
  const double scale = std::pow(10.0, std::abs(digits));
  const double scaled = digits > 0 ? number * scale : number / scale;
  const double rounded = plain ? round_away_from_zero(scaled) : round_up(scaled);
  return Value(digits > 0 ? rounded / scale : rounded * scale);
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
