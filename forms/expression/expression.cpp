// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/expression.h"

#include "forms/expression/analysis.h"
#include "forms/expression/evaluator.h"
#include "forms/expression/function.h"
#include "forms/expression/parser.h"

namespace vigil::forms {
namespace {

Focus focus_of(const EvaluationContext& context) {
  return {.node = context.context, .position = context.position, .size = context.size};
}

bool yields_boolean(const Term& term) {
  if (term.type == StaticType::kBoolean) return true;
  return term.op == Op::kFunction && term.function->name == "if" && term.operands.size() == 3 &&
         yields_boolean(*term.operands[1]) && yields_boolean(*term.operands[2]);
}

}  // namespace

Result<Expression> Expression::compile(std::string_view text,
                                       const std::shared_ptr<NameTable>& names,
                                       const CompileOptions& options) {
  VIGIL_ASSIGN(std::unique_ptr<Program> program, parse_expression(text, names, options));
  analyse(*program);
  return Expression(std::shared_ptr<const Program>(std::move(program)));
}

const std::string& Expression::text() const {
  return program_->text;
}
const std::vector<Reference>& Expression::references() const {
  return program_->references;
}
const Volatility& Expression::volatility() const {
  return program_->volatility;
}

const Value* Expression::literal() const {
  return program_->literal.has_value() ? &*program_->literal : nullptr;
}

bool Expression::is_path() const {
  return program_->root->op == Op::kPath;
}
bool Expression::is_boolean() const {
  return yields_boolean(*program_->root);
}

Result<Value> Expression::evaluate(const EvaluationContext& context) const {
  Evaluator evaluator(*program_, context);
  Value result = evaluator.value(*program_->root, focus_of(context));
  if (evaluator.failed()) return std::unexpected(evaluator.take_error());
  return result;
}

Result<bool> Expression::evaluate_boolean(const EvaluationContext& context) const {
  Evaluator evaluator(*program_, context);
  const bool result = evaluator.boolean(*program_->root, focus_of(context));
  if (evaluator.failed()) return std::unexpected(evaluator.take_error());
  return result;
}

Result<double> Expression::evaluate_number(const EvaluationContext& context) const {
  Evaluator evaluator(*program_, context);
  const double result = evaluator.number(*program_->root, focus_of(context));
  if (evaluator.failed()) return std::unexpected(evaluator.take_error());
  return result;
}

Result<std::string> Expression::evaluate_string(const EvaluationContext& context) const {
  Evaluator evaluator(*program_, context);
  std::string buffer;
  std::string result(evaluator.text(*program_->root, focus_of(context), buffer));
  if (evaluator.failed()) return std::unexpected(evaluator.take_error());
  return result;
}

Result<NodeSet> Expression::evaluate_nodes(const EvaluationContext& context,
                                           bool include_irrelevant) const {
  Evaluator evaluator(*program_, context);
  evaluator.include_irrelevant = include_irrelevant || context.include_irrelevant;
  NodeSet found;
  evaluator.nodes(*program_->root, focus_of(context), found);
  if (evaluator.failed()) return std::unexpected(evaluator.take_error());
  return found;
}

}  // namespace vigil::forms
