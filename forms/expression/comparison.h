// SPDX-License-Identifier: Apache-2.0
//
// = != < <= > >= with XPath's rules for node-sets and JavaRosa's for numbers. Not for other
// folders.
#pragma once

#include <string>
#include <string_view>

#include "forms/expression/evaluator.h"

namespace vigil::forms {

class Comparison {
 public:
  Comparison(Evaluator& evaluator, const Focus& focus) : evaluator_(evaluator), focus_(focus) {}

  [[nodiscard]] bool holds(const Term& term);

 private:
  struct Side {
    ValueType type = ValueType::kString;
    bool boolean = false;
    double number = 0;
    std::string_view text;
    std::string buffer;
    const Node* one = nullptr;  // a node-set of one
    NodeSet many;
    Value held;
    [[nodiscard]] std::size_t size() const { return one != nullptr ? 1 : many.size(); }
    [[nodiscard]] const Node& at(std::size_t i) const { return one != nullptr ? *one : *many[i]; }
  };

  void load(const Term& term, Side& side);
  void take(Value value, Side& side);
  [[nodiscard]] bool with_nodes(Op op, const Side& left, const Side& right);
  [[nodiscard]] bool scalars(Op op, const Side& left, const Side& right) const;
  [[nodiscard]] bool node_and_scalar(Op op, const Node& node, const Side& other, bool swapped);
  [[nodiscard]] bool nodes(Op op, const Node& left, const Node& right);
  [[nodiscard]] bool as_boolean(const Side& side) const;
  [[nodiscard]] double as_number(const Side& side) const;

  Evaluator& evaluator_;
  const Focus& focus_;
};

}  // namespace vigil::forms
