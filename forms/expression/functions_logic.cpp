// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "forms/expression/function.h"
#include "forms/expression/number.h"

namespace vigil::forms {
namespace {

Value fn_if(Call& call) {
  return call.boolean(0) ? call.value(1) : call.value(2);
}

bool is_empty(Call& call, const Value& value) {
  if (value.type() == ValueType::kNumber) return std::isnan(value.number());
  return call.evaluator().text_from(value).empty();
}

Value fn_coalesce(Call& call) {
  for (std::size_t i = 0; i + 1 < call.count(); ++i) {
    Value value = call.value(i);
    if (!is_empty(call, value)) return value;
  }
  return call.value(call.count() - 1);
}

// The context node's own value where it has one: computed once, then kept.
Value fn_once(Call& call) {
  std::string own = string_value(*call.focus().node);
  if (!own.empty()) return Value(std::move(own));
  Value made = call.value(0);
  return is_empty(call, made) ? Value() : made;
}

Value fn_true(Call&) {
  return Value(true);
}
Value fn_false(Call&) {
  return Value(false);
}
Value fn_boolean(Call& call) {
  return Value(call.boolean(0));
}
Value fn_not(Call& call) {
  return Value(!call.boolean(0));
}

Value fn_boolean_from_string(Call& call) {
  const Value given = call.value(0);
  if (given.type() == ValueType::kBoolean) return given;
  const std::string text = call.evaluator().text_from(given);
  return Value(text == "1" || text == "true");
}

// The first argument; the others only make the graph recompute it.
Value fn_depend(Call& call) {
  return call.value(0);
}

// Truth of each node of argument i, or of its one value.
std::vector<bool> truths(Call& call, std::size_t i) {
  const Value given = call.value(i);
  if (given.type() != ValueType::kNodeSet) return {call.evaluator().boolean_from(given)};
  std::vector<bool> all;
  for (const Node* node : given.nodes()) all.push_back(call.evaluator().node_as_boolean(*node));
  return all;
}

std::vector<double> numbers(Call& call, std::size_t i) {
  const Value given = call.value(i);
  if (given.type() != ValueType::kNodeSet) return {call.evaluator().number_from(given)};
  std::vector<double> all;
  for (const Node* node : given.nodes()) all.push_back(call.evaluator().number_from(*node));
  return all;
}

// A negative bound is no bound.
bool within(double sum, double least, double most) {
  return (least < 0 || sum >= least) && (most < 0 || sum <= most);
}

Value fn_checklist(Call& call) {
  double sum = 0;
  for (std::size_t i = 2; i < call.count(); ++i) {
    for (const bool truth : truths(call, i)) sum += truth ? 1 : 0;
  }
  return Value(within(sum, call.number(0), call.number(1)));
}

Value fn_weighted_checklist(Call& call) {
  double sum = 0;
  for (std::size_t i = 2; i + 1 < call.count(); i += 2) {
    const std::vector<bool> conditions = truths(call, i);
    const std::vector<double> weights = numbers(call, i + 1);
    for (std::size_t n = 0; n < conditions.size() && n < weights.size(); ++n) {
      if (conditions[n]) sum += weights[n];
    }
  }
  if (call.count() % 2 != 0) {
    return call.refuse("expression.value",
                       "weighted-checklist() takes two bounds and then pairs of answer and weight");
  }
  const double least = call.number(0);
  const double most = call.number(1);
  // Weights may be negative: in JavaRosa every bound counts; web-forms takes -1 for none here too.
  if (!call.evaluator().program().plain_xpath) return Value(sum >= least && sum <= most);
  return Value(within(sum, least, most));
}

Value fn_property(Call& call) {
  return Value(call.host().property(call.text(0)));
}
Value fn_version(Call& call) {
  return Value(call.host().form_version());
}

Value fn_extract_signed(Call& call) {
  const std::string text = call.text(0);
  return Value(call.host().extract_signed(text, call.text(1)).value_or(std::string()));
}

constexpr auto kBoolean = StaticType::kBoolean;
constexpr auto kString = StaticType::kString;
constexpr auto kAny = StaticType::kAny;

constexpr std::array kFunctions{
    Function{.name = "if", .least = 3, .most = 3, .type = kAny, .call = fn_if},
    Function{.name = "coalesce", .least = 2, .most = kAnyCount, .type = kAny, .call = fn_coalesce},
    Function{.name = "once",
             .least = 1,
             .most = 1,
             .type = kAny,
             .call = fn_once,
             .hangs = Hangs::kOnOwnValue,
             .reads_focus = true},
    Function{.name = "true", .least = 0, .most = 0, .type = kBoolean, .call = fn_true},
    Function{.name = "false", .least = 0, .most = 0, .type = kBoolean, .call = fn_false},
    Function{.name = "boolean", .least = 1, .most = 1, .type = kBoolean, .call = fn_boolean},
    Function{.name = "boolean-from-string",
             .least = 1,
             .most = 1,
             .type = kBoolean,
             .call = fn_boolean_from_string},
    Function{.name = "not", .least = 1, .most = 1, .type = kBoolean, .call = fn_not},
    Function{.name = "depend", .least = 1, .most = kAnyCount, .type = kAny, .call = fn_depend},
    Function{
        .name = "checklist", .least = 3, .most = kAnyCount, .type = kBoolean, .call = fn_checklist},
    Function{.name = "weighted-checklist",
             .least = 4,
             .most = kAnyCount,
             .type = kBoolean,
             .call = fn_weighted_checklist},
    Function{.name = "property",
             .least = 1,
             .most = 1,
             .type = kString,
             .call = fn_property,
             .hangs = Hangs::kOnHost},
    Function{.name = "version",
             .least = 0,
             .most = 0,
             .type = kString,
             .call = fn_version,
             .hangs = Hangs::kOnHost},
    Function{.name = "extract-signed",
             .least = 2,
             .most = 2,
             .type = kString,
             .call = fn_extract_signed,
             .hangs = Hangs::kOnHost},
};

}  // namespace

std::span<const Function> logic_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
