// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/problems.h"

#include <algorithm>
#include <tuple>

namespace vigil::forms::xlsform {
namespace {

// The order of the sheets in most workbooks.
int sheet_order(const std::string& sheet) {
  if (sheet.empty()) return 0;
  if (sheet == "survey") return 1;
  if (sheet == "choices") return 2;
  return 3;
}

std::vector<FormProblem> in_order(std::vector<FormProblem> list) {
  const auto key = [](const FormProblem& problem) {
    return std::tuple(sheet_order(problem.sheet), problem.sheet, problem.row);
  };
  std::ranges::stable_sort(list, {}, key);
  return list;
}

}  // namespace

void Problems::add(std::vector<FormProblem>& list, const Place& place, std::string message) {
  if (list.size() >= kMost) return;
  FormProblem problem{std::string(place.sheet), place.row, std::string(place.column),
                      std::move(message)};
  const bool known = std::ranges::any_of(list, [&](const FormProblem& other) {
    return other.row == problem.row && other.sheet == problem.sheet &&
           other.column == problem.column && other.message == problem.message;
  });
  if (!known) list.push_back(std::move(problem));
}

void Problems::move_into(Conversion& conversion) {
  // An expression with a reference to nothing cannot be read either: that is one mistake.
  std::erase_if(expressions_, [this](const FormProblem& expression) {
    return std::ranges::any_of(errors_, [&](const FormProblem& error) {
      return error.sheet == expression.sheet && error.row == expression.row &&
             error.column == expression.column;
    });
  });
  conversion.errors = in_order(std::move(errors_));
  conversion.warnings = in_order(std::move(warnings_));
  conversion.expression_errors = in_order(std::move(expressions_));
}

}  // namespace vigil::forms::xlsform
