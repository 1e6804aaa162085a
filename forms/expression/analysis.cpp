// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/analysis.h"

#include <algorithm>

#include "forms/expression/function.h"
#include "forms/expression/parser.h"

namespace vigil::forms {
namespace {

Reference::Axis reference_axis(Axis axis) {
  switch (axis) {
    case Axis::kChild:
      return Reference::Axis::kChild;
    case Axis::kParent:
      return Reference::Axis::kParent;
    case Axis::kSelf:
      return Reference::Axis::kSelf;
    case Axis::kAttribute:
      return Reference::Axis::kAttribute;
    case Axis::kDescendantOrSelf:
      return Reference::Axis::kDescendantOrSelf;
    default:
      return Reference::Axis::kOther;
  }
}

// Does the value of `term` change with the item a predicate looks at?
bool hangs_on_item(const Term& term) {
  if (term.op == Op::kPath) {
    const Path& path = *term.path;
    if (path.start == Path::Start::kContext) return true;
    if (path.start == Path::Start::kTerm && hangs_on_item(*path.term)) return true;
    return false;  // predicates of an absolute path look at their own items
  }
  if (term.op == Op::kFunction &&
      (term.function->reads_focus || term.function->hangs == Hangs::kOnRandom ||
       (term.function->context_instead && term.operands.empty()))) {
    return true;
  }
  return std::any_of(term.operands.begin(), term.operands.end(),
                     [](const Term* operand) { return hangs_on_item(*operand); });
}

bool reads_position(const Term& term) {
  if (term.op == Op::kFunction && term.function->hangs == Hangs::kOnPosition &&
      term.operands.empty()) {
    return true;
  }
  return std::any_of(term.operands.begin(), term.operands.end(),
                     [](const Term* operand) { return reads_position(*operand); });
}

// The child name (or kSelf as the empty name) that `term` is, if it is just that.
std::optional<LocalId> key_of(const Term& term, LocalId empty_name) {
  if (term.op != Op::kPath) return std::nullopt;
  const Path& path = *term.path;
  if (path.start != Path::Start::kContext || path.steps.size() != 1) return std::nullopt;
  const Step& step = path.steps.front();
  if (!step.predicates.empty()) return std::nullopt;
  if (step.axis == Axis::kSelf && step.test == NodeTest::kAnyNode) return empty_name;
  if (step.axis == Axis::kChild && step.test == NodeTest::kLocalName) return step.local;
  return std::nullopt;
}

void plan_index(Predicate& predicate, const Term& term, LocalId empty_name) {
  if (predicate.indexed_value != nullptr) return;
  if (term.op == Op::kAnd) {
    if (reads_position(term)) return;
    for (const Term* part : term.operands) plan_index(predicate, *part, empty_name);
    predicate.index_decides = false;
    return;
  }
  if (term.op != Op::kEqual) return;
  for (const std::size_t side : {0U, 1U}) {
    const Term& key = *term.operands[side];
    const Term& value = *term.operands[1 - side];
    const std::optional<LocalId> name = key_of(key, empty_name);
    if (!name.has_value() || hangs_on_item(value)) continue;
    if (value.type == StaticType::kBoolean || value.type == StaticType::kNumber) continue;
    predicate.indexed_value = &value;
    predicate.indexed_key = *name;
    predicate.index_decides = true;
    return;
  }
}

class Collector {
 public:
  explicit Collector(Program& program) : program_(program) {}

  void run() {
    Reference here;
    here.start = Reference::Start::kContext;
    collect(*program_.root, here, false);
  }

 private:
  void add(Reference reference) {
    auto& known = program_.references;
    if (std::find(known.begin(), known.end(), reference) == known.end()) {
      known.push_back(std::move(reference));
    }
  }

  // `here` is what relative paths start from.
  void collect(const Term& term, const Reference& here, bool in_predicate) {
    if (term.op == Op::kPath) {
      Reference read = follow(term, here, in_predicate);
      read.in_predicate = in_predicate;
      add(std::move(read));
      return;
    }
    if (term.op == Op::kFunction) note(term, here, in_predicate);
    for (const Term* operand : term.operands) collect(*operand, here, in_predicate);
  }

  Reference start_of(const Path& path, const Reference& here, bool in_predicate) {
    Reference read;
    switch (path.start) {
      case Path::Start::kRoot:
        break;
      case Path::Start::kCurrent:
        read.start = Reference::Start::kContext;
        break;
      case Path::Start::kContext:
        read = here;
        break;
      case Path::Start::kTerm:
        if (path.term->op == Op::kFunction && path.term->function->name == "instance") {
          read.start = Reference::Start::kInstance;
          const Term& id = *path.term->operands.front();
          if (id.op == Op::kString) {
            read.instance_id = id.text;
          } else {
            collect(id, here, in_predicate);
          }
        } else if (path.term->op == Op::kPath) {
          read = follow(*path.term, here, in_predicate);
        } else {
          read = start_of_call(*path.term, here, in_predicate);
        }
        break;
    }
    return read;
  }

  // A function (or union) that answers nodes: its arguments are what is read, and the steps go on
  // from each; the first path among them stands for all.
  Reference start_of_call(const Term& call, const Reference& here, bool in_predicate) {
    Reference read;
    if (call.op == Op::kFunction) note(call, here, in_predicate);
    bool found = false;
    for (const Term* operand : call.operands) {
      if (found || operand->op != Op::kPath) {
        collect(*operand, here, in_predicate);
        continue;
      }
      found = true;
      read = follow(*operand, here, in_predicate);
      read.in_predicate = in_predicate;
      add(read);
    }
    return read;
  }

  Reference follow(const Term& term, const Reference& here, bool in_predicate) {
    const Path& path = *term.path;
    Reference read = start_of(path, here, in_predicate);
    visit_predicates(path.start_predicates, read);
    for (const Step& step : path.steps) {
      Reference::Step made;
      made.axis = reference_axis(step.axis);
      if (step.axis == Axis::kDescendant) {
        read.steps.push_back({.axis = Reference::Axis::kDescendantOrSelf, .any_name = true});
        made.axis = Reference::Axis::kChild;
      }
      made.any_name = step.test != NodeTest::kLocalName && step.test != NodeTest::kQualifiedName;
      made.local = step.local;
      made.name = step.name;
      made.with_predicate = !step.predicates.empty();
      read.steps.push_back(made);
      visit_predicates(step.predicates, read);
    }
    return read;
  }

  void visit_predicates(const std::vector<Predicate>& predicates, const Reference& at) {
    for (const Predicate& predicate : predicates) {
      if (predicate.term->type == StaticType::kNumber) program_.volatility.position = true;
      collect(*predicate.term, at, true);
    }
  }

  void note(const Term& term, const Reference& here, bool in_predicate) {
    Volatility& volatility = program_.volatility;
    const std::string_view name = term.function->name;
    switch (term.function->hangs) {
      case Hangs::kOnArguments:
        break;
      case Hangs::kOnClock:
        volatility.clock = true;
        break;
      case Hangs::kOnRandom:
        if (name != "randomize" || term.operands.size() < 2) volatility.random = true;
        break;
      case Hangs::kOnPosition:
        volatility.position = true;
        break;
      case Hangs::kOnOwnValue:
        volatility.once = true;
        break;
      case Hangs::kOnLanguage:
        volatility.language = true;
        break;
      case Hangs::kOnHost:
        volatility.host = true;
        break;
    }
    if (name == "jr:choice-name" && term.operands[1]->op == Op::kString) {
      add_path_in_text(term.operands[1]->text, here, in_predicate);
    }
  }

  void add_path_in_text(const std::string& text, const Reference& here, bool in_predicate) {
    const auto inner = parse_expression(text, program_.names, {});
    if (!inner.has_value() || (*inner)->root->op != Op::kPath) return;
    Reference read = follow(*(*inner)->root, here, in_predicate);
    read.in_predicate = in_predicate;
    add(std::move(read));
  }

  Program& program_;
};

}  // namespace

void analyse(Program& program) {
  const LocalId empty_name = program.names->intern_local("");
  for (Term& term : program.terms) {
    if (term.op != Op::kPath) continue;
    for (Step& step : term.path->steps) {
      if (step.axis != Axis::kChild || step.test != NodeTest::kLocalName) continue;
      if (step.predicates.empty()) continue;
      Predicate& first = step.predicates.front();
      plan_index(first, *first.term, empty_name);
    }
  }
  Collector(program).run();
  const Term& root = *program.root;
  if (root.op == Op::kNumber) program.literal.emplace(root.number);
  if (root.op == Op::kString) program.literal.emplace(root.text);
}

}  // namespace vigil::forms
