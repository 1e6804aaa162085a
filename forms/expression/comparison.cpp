// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/comparison.h"

#include <cmath>

namespace vigil::forms {
namespace {

// JavaRosa: numbers this near are equal, so that 6.1 - 7.8 = -1.7.
constexpr double kTolerance = 1e-12;

bool compare(Op op, double left, double right) {
  switch (op) {
    case Op::kEqual:
      return left == right || std::abs(left - right) < kTolerance;
    case Op::kNotEqual:
      return !compare(Op::kEqual, left, right);
    case Op::kLess:
      return left < right;
    case Op::kLessEqual:
      return left <= right;
    case Op::kGreater:
      return left > right;
    default:
      return left >= right;
  }
}

bool is_equality(Op op) {
  return op == Op::kEqual || op == Op::kNotEqual;
}

bool is_number(const Node& node, std::string_view text) {
  return node.value_kind == ValueKind::kNumber && !text.empty();
}

}  // namespace

bool Comparison::holds(const Term& term) {
  Side left;
  Side right;
  load(*term.operands[0], left);
  load(*term.operands[1], right);
  if (evaluator_.failed()) return false;
  if (left.type == ValueType::kNodeSet || right.type == ValueType::kNodeSet) {
    return with_nodes(term.op, left, right);
  }
  return scalars(term.op, left, right);
}

void Comparison::load(const Term& term, Side& side) {
  switch (term.op) {
    case Op::kNumber:
      side.type = ValueType::kNumber;
      side.number = term.number;
      return;
    case Op::kString:
      side.text = term.text;
      return;
    case Op::kPath: {
      const auto single = evaluator_.single_node(*term.path, focus_);
      if (single.has_value()) {
        side.one = *single;
      } else {
        evaluator_.nodes(term, focus_, side.many);
      }
      side.type = ValueType::kNodeSet;
      break;
    }
    case Op::kSum:
    case Op::kProduct:
    case Op::kNegate:
      side.type = ValueType::kNumber;
      side.number = evaluator_.number(term, focus_);
      return;
    default:
      take(evaluator_.value(term, focus_), side);
      break;
  }
  // In a form nothing is as good as an empty answer: ${skipped} = '' holds.
  if (side.type == ValueType::kNodeSet && side.size() == 0 && !evaluator_.program().plain_xpath) {
    side.type = ValueType::kString;
    side.text = {};
  }
}

void Comparison::take(Value value, Side& side) {
  side.held = std::move(value);
  side.type = side.held.type();
  switch (side.type) {
    case ValueType::kBoolean:
      side.boolean = side.held.boolean();
      break;
    case ValueType::kNumber:
      side.number = side.held.number();
      break;
    case ValueType::kString:
      side.text = side.held.text();
      break;
    case ValueType::kNodeSet:
      side.many = side.held.nodes();
      break;
  }
}

bool Comparison::as_boolean(const Side& side) const {
  switch (side.type) {
    case ValueType::kBoolean:
      return side.boolean;
    case ValueType::kNumber:
      return std::abs(side.number) > kTolerance && !std::isnan(side.number);
    case ValueType::kString:
      return !side.text.empty();
    case ValueType::kNodeSet:
      return side.size() > 1 || (side.size() == 1 && evaluator_.node_as_boolean(side.at(0)));
  }
  return false;
}

double Comparison::as_number(const Side& side) const {
  switch (side.type) {
    case ValueType::kBoolean:
      return side.boolean ? 1 : 0;
    case ValueType::kNumber:
      return side.number;
    default:
      return evaluator_.number_from(side.text);
  }
}

bool Comparison::scalars(Op op, const Side& left, const Side& right) const {
  if (!is_equality(op)) return compare(op, as_number(left), as_number(right));
  if (left.type == ValueType::kBoolean || right.type == ValueType::kBoolean) {
    return (as_boolean(left) == as_boolean(right)) == (op == Op::kEqual);
  }
  if (left.type == ValueType::kNumber || right.type == ValueType::kNumber) {
    return compare(op, as_number(left), as_number(right));
  }
  return (left.text == right.text) == (op == Op::kEqual);
}

bool Comparison::nodes(Op op, const Node& left, const Node& right) {
  std::string left_buffer;
  std::string right_buffer;
  const std::string_view a = string_value(left, left_buffer);
  const std::string_view b = string_value(right, right_buffer);
  if (is_equality(op) && !is_number(left, a) && !is_number(right, b)) {
    return (a == b) == (op == Op::kEqual);
  }
  return compare(op, evaluator_.number_from(left), evaluator_.number_from(right));
}

bool Comparison::node_and_scalar(Op op, const Node& node, const Side& other, bool swapped) {
  std::string buffer;
  const std::string_view text = string_value(node, buffer);
  if (is_equality(op) && other.type == ValueType::kString && !is_number(node, text)) {
    return (text == other.text) == (op == Op::kEqual);
  }
  const double own = evaluator_.number_from(node);
  const double theirs = as_number(other);
  return swapped ? compare(op, theirs, own) : compare(op, own, theirs);
}

bool Comparison::with_nodes(Op op, const Side& left, const Side& right) {
  if (left.type == ValueType::kBoolean || right.type == ValueType::kBoolean) {
    if (is_equality(op)) return (as_boolean(left) == as_boolean(right)) == (op == Op::kEqual);
    // Order has no meaning for truth: peers compare the nodes' numbers with 1 or 0.
  }
  if (left.type != ValueType::kNodeSet) {
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (node_and_scalar(op, right.at(i), left, true)) return true;
    }
    return false;
  }
  if (right.type != ValueType::kNodeSet) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (node_and_scalar(op, left.at(i), right, false)) return true;
    }
    return false;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!evaluator_.spend(right.size())) return false;
    for (std::size_t j = 0; j < right.size(); ++j) {
      if (nodes(op, left.at(i), right.at(j))) return true;
    }
  }
  return false;
}

}  // namespace vigil::forms
