// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/evaluator.h"

#include <cmath>
#include <limits>

#include "forms/expression/comparison.h"
#include "forms/expression/function.h"
#include "forms/expression/moment.h"
#include "forms/expression/number.h"
#include "forms/expression/path_walk.h"

namespace vigil::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// JavaRosa takes numbers this near to zero for zero.
constexpr double kTolerance = 1e-12;

bool boolean_of(double number) {
  return std::abs(number) > kTolerance && !std::isnan(number);
}

const Node* topmost_of(const Node* node) {
  while (node->parent() != nullptr) node = node->parent();
  return node;
}

}  // namespace

Evaluator::Evaluator(const Program& program, const EvaluationContext& context)
    : include_irrelevant(context.include_irrelevant),
      own_repeats(!program.plain_xpath),
      program_(program),
      context_(context),
      root_(context.root != nullptr ? context.root : topmost_of(context.context)),
      current_(context.current != nullptr ? context.current : context.context) {}

Evaluator::~Evaluator() {
  constexpr std::size_t kSmall = 64;
  if (spent_ > kSmall && context_.host != nullptr) context_.host->worked(spent_);
}

const Node* Evaluator::topmost() const {
  return topmost_of(context_.context);
}

bool Evaluator::spend(std::size_t nodes) {
  spent_ += nodes;
  if (spent_ <= kMaxNodesVisited) return true;
  set_error("expression.cost",
            "the expression looks at too many nodes; use fewer \"//\" and nested predicates");
  return false;
}

bool Evaluator::fits(std::size_t bytes) {
  if (bytes <= kMaxTextBytes) return true;
  set_error("expression.text", "the expression makes a text of more than 1 MiB");
  return false;
}

void Evaluator::set_error(std::string_view code, std::string message) {
  if (error_.has_value()) return;
  error_ = Error{ErrorKind::kInvalid, std::string(code), std::move(message)};
}

double Evaluator::number_from(std::string_view text) const {
  if (const auto plain = plain_number(text)) return *plain;
  if (program_.plain_xpath) {
    if (const auto scientific = scientific_number(text)) return *scientific;
  }
  // A date has at least two hyphens: most texts need not be looked at further.
  if (text.size() < 8 || text.find('-') == std::string_view::npos) return kNaN;
  const auto iso = parse_iso(text);
  if (!iso.has_value()) return kNaN;
  return days_of(moment_of(*iso, host()), program_.plain_xpath ? DayCount::kUtc : DayCount::kLocal);
}

double Evaluator::number_from(const Node& node) const {
  std::string buffer;
  const std::string_view answer = string_value(node, buffer);
  if (node.value_kind == ValueKind::kBoolean && (answer == "true" || answer == "false")) {
    return answer == "true" ? 1 : 0;
  }
  return number_from(answer);
}

bool Evaluator::boolean_from(const Value& value) const {
  switch (value.type()) {
    case ValueType::kBoolean:
      return value.boolean();
    case ValueType::kNumber:
      return boolean_of(value.number());
    case ValueType::kString:
      return !value.text().empty();
    case ValueType::kNodeSet:
      break;
  }
  if (value.nodes().empty()) return false;
  if (program_.plain_xpath || value.nodes().size() > 1) return true;
  return node_as_boolean(*value.nodes().front());
}

bool Evaluator::node_as_boolean(const Node& node) const {
  if (program_.plain_xpath) return true;
  // In a form a question counts by its answer, as in JavaRosa.
  std::string buffer;
  const std::string_view answer = string_value(node, buffer);
  if (node.value_kind == ValueKind::kNumber && !answer.empty()) {
    return boolean_of(number_from(answer));
  }
  if (node.value_kind == ValueKind::kBoolean && (answer == "false" || answer == "0")) return false;
  return !answer.empty();
}

double Evaluator::number_from(const Value& value) const {
  switch (value.type()) {
    case ValueType::kBoolean:
      return value.boolean() ? 1 : 0;
    case ValueType::kNumber:
      return value.number();
    case ValueType::kString:
      return number_from(value.text());
    case ValueType::kNodeSet:
      return value.nodes().empty() ? kNaN : number_from(*value.nodes().front());
  }
  return kNaN;
}

std::string Evaluator::text_from(const Value& value) const {
  return value.to_string();
}

const Node* Evaluator::own_instance(const Path& path, const Step& step, const Node* at) const {
  if (!own_repeats || path.start != Path::Start::kRoot || &step == &path.steps.back()) {
    return nullptr;
  }
  const Node* below = current_;
  while (below != nullptr && below->parent() != at) below = below->parent();
  if (below == nullptr || !matches(step, *below, *program_.names)) return nullptr;
  return below;
}

std::optional<const Node*> Evaluator::single_node(const Path& path, const Focus& focus) {
  const Node* at = nullptr;
  switch (path.start) {
    case Path::Start::kContext:
      at = focus.node;
      break;
    case Path::Start::kRoot:
      at = root_;
      break;
    case Path::Start::kCurrent:
      at = current_;
      break;
    case Path::Start::kTerm:
      return std::nullopt;
  }
  if (!path.start_predicates.empty()) return std::nullopt;
  for (const Step& step : path.steps) {
    if (!step.predicates.empty()) return std::nullopt;
    switch (step.axis) {
      case Axis::kSelf:
        break;
      case Axis::kParent:
        at = at->parent();
        break;
      case Axis::kChild: {
        if (step.test != NodeTest::kLocalName && step.test != NodeTest::kQualifiedName) {
          return std::nullopt;
        }
        const ChildRun run = at->children_by_local(step.local);
        if (run.count > 1) {
          at = own_instance(path, step, at);
          if (at == nullptr) return std::nullopt;
        } else {
          at = run.first;
        }
        break;
      }
      default:
        return std::nullopt;
    }
    if (at == nullptr) return nullptr;
    if (step.test != NodeTest::kLocalName && step.test != NodeTest::kAnyNode &&
        !matches(step, *at, *program_.names)) {
      return nullptr;
    }
    if (step.test == NodeTest::kLocalName && at->local() != step.local) return nullptr;
  }
  return counts(*at) ? at : nullptr;
}

const Node* Evaluator::first_node(const Term& term, const Focus& focus) {
  if (term.op == Op::kPath) {
    const auto single = single_node(*term.path, focus);
    if (single.has_value()) return *single;
  }
  NodeSet found;
  nodes(term, focus, found);
  return found.empty() ? nullptr : found.front();
}

void Evaluator::nodes(const Term& term, const Focus& focus, NodeSet& out) {
  if (failed()) return;
  switch (term.op) {
    case Op::kPath: {
      const auto single = single_node(*term.path, focus);
      if (!single.has_value()) {
        PathWalk(*this, *term.path, focus).run(out);
      } else if (*single != nullptr) {
        out.push_back(*single);
      }
      return;
    }
    case Op::kUnion: {
      NodeSet found;
      for (const Term* operand : term.operands) nodes(*operand, focus, found);
      sort_in_document_order(found);
      out.insert(out.end(), found.begin(), found.end());
      return;
    }
    case Op::kFunction: {
      if (term.type != StaticType::kNodeSet && term.type != StaticType::kAny) break;
      const Value result = value(term, focus);
      if (failed()) return;
      if (result.type() != ValueType::kNodeSet) break;
      out.insert(out.end(), result.nodes().begin(), result.nodes().end());
      return;
    }
    default:
      break;
  }
  set_error("expression.value", "a path is needed here, not a value");
}

double Evaluator::sum(const Term& term, const Focus& focus) {
  double total = number(*term.operands.front(), focus);
  for (std::size_t i = 1; i < term.operands.size(); ++i) {
    const double operand = number(*term.operands[i], focus);
    total = term.signs[i] == '-' ? total - operand : total + operand;
  }
  return total;
}

double Evaluator::product(const Term& term, const Focus& focus) {
  double total = number(*term.operands.front(), focus);
  for (std::size_t i = 1; i < term.operands.size(); ++i) {
    const double operand = number(*term.operands[i], focus);
    switch (term.signs[i]) {
      case '*':
        total *= operand;
        break;
      case '/':
        total /= operand;
        break;
      default:
        total = std::fmod(total, operand);
        break;
    }
  }
  return total;
}

Value Evaluator::value(const Term& term, const Focus& focus) {
  if (failed()) return Value();
  switch (term.op) {
    case Op::kNumber:
      return Value(term.number);
    case Op::kString:
      return Value(term.text);
    case Op::kSum:
      return Value(sum(term, focus));
    case Op::kProduct:
      return Value(product(term, focus));
    case Op::kNegate:
      return Value(-number(*term.operands.front(), focus));
    case Op::kPath:
    case Op::kUnion: {
      NodeSet found;
      nodes(term, focus, found);
      return Value(std::move(found));
    }
    case Op::kFunction: {
      Call call(*this, term, focus);
      return term.function->call(call);
    }
    default:
      return Value(boolean(term, focus));
  }
}

bool Evaluator::boolean(const Term& term, const Focus& focus) {
  if (failed()) return false;
  switch (term.op) {
    case Op::kOr:
      for (const Term* operand : term.operands) {
        if (boolean(*operand, focus)) return true;
      }
      return false;
    case Op::kAnd:
      for (const Term* operand : term.operands) {
        if (!boolean(*operand, focus)) return false;
      }
      return true;
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return Comparison(*this, focus).holds(term);
    case Op::kPath: {
      const auto single = single_node(*term.path, focus);
      if (single.has_value()) return *single != nullptr && node_as_boolean(**single);
      return boolean_from(value(term, focus));
    }
    case Op::kString:
      return !term.text.empty();
    case Op::kNumber:
    case Op::kSum:
    case Op::kProduct:
    case Op::kNegate:
      return boolean_of(number(term, focus));
    default:
      return boolean_from(value(term, focus));
  }
}

double Evaluator::number(const Term& term, const Focus& focus) {
  if (failed()) return kNaN;
  switch (term.op) {
    case Op::kNumber:
      return term.number;
    case Op::kString:
      return number_from(term.text);
    case Op::kSum:
      return sum(term, focus);
    case Op::kProduct:
      return product(term, focus);
    case Op::kNegate:
      return -number(*term.operands.front(), focus);
    case Op::kPath:
    case Op::kUnion: {
      const Node* first = first_node(term, focus);
      return first == nullptr ? kNaN : number_from(*first);
    }
    case Op::kFunction:
      return number_from(value(term, focus));
    default:
      return boolean(term, focus) ? 1 : 0;
  }
}

bool Evaluator::is_number_of_date(const Term& term, const Focus& focus) {
  if (term.function->name != "number" || term.operands.size() != 1) return false;
  if (term.operands.front()->type == StaticType::kNumber) return false;
  std::string buffer;
  return parse_iso(text(*term.operands.front(), focus, buffer)).has_value();
}

std::string_view Evaluator::text(const Term& term, const Focus& focus, std::string& buffer) {
  if (failed()) return {};
  switch (term.op) {
    case Op::kString:
      return term.text;
    case Op::kPath:
    case Op::kUnion: {
      const Node* first = first_node(term, focus);
      return first == nullptr ? std::string_view() : string_value(*first, buffer);
    }
    case Op::kFunction:
      // web-forms: a date made a number reads as whole days.
      if (program_.plain_xpath && is_number_of_date(term, focus)) {
        buffer = string_of(std::floor(number(term, focus)));
        return buffer;
      }
      [[fallthrough]];
    default:
      buffer = text_from(value(term, focus));
      return buffer;
  }
}

std::vector<std::string> Call::texts(std::size_t i) {
  const Value given = value(i);
  if (given.type() != ValueType::kNodeSet) return {evaluator_.text_from(given)};
  std::vector<std::string> all;
  all.reserve(given.nodes().size());
  std::size_t bytes = 0;
  for (const Node* node : given.nodes()) {
    all.push_back(string_value(*node));
    bytes += all.back().size();
    if (!evaluator_.fits(bytes)) break;
  }
  return all;
}

}  // namespace vigil::forms
