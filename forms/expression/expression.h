// SPDX-License-Identifier: Apache-2.0
//
// XPath 1.0 as ODK XForms speak it, compiled once and evaluated often. Functions: all of the ODK
// XForms specification and what current engines add; rules where engines differ are JavaRosa's.
// List, limits and deviations: docs/formats/forms.md, "Expressions".
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "forms/expression/host.h"
#include "forms/expression/reference.h"
#include "forms/expression/value.h"
#include "forms/tree/tree.h"

namespace vigil::forms {

// Refused before it is evaluated: no if() chain of real forms nests this deep, and a level may cost
// 10 KiB of stack in a build with sanitizers (about 1 KiB without).
inline constexpr std::size_t kMaxExpressionDepth = 400;
inline constexpr std::size_t kMaxExpressionBytes = std::size_t{256} * 1024;
// Nodes one evaluation may look at: well under a second, and hundreds of times what large forms
// need.
inline constexpr std::size_t kMaxNodesVisited = 5'000'000;

struct CompileOptions {
  // prefix -> namespace uri. The prefixes that ODK forms use (jr, orx, odk, h, xsd, ev, entities)
  // are known without.
  std::vector<std::pair<std::string, std::string>> namespaces;
  // false, as in ODK forms: a name without prefix matches by local name in any namespace. true, as
  // in plain XPath 1.0: it matches names in no namespace only, and text() means text nodes.
  bool plain_xpath = false;
  // With plain_xpath: names without prefix match in any namespace after all (an XForm's own nodes
  // are in the XForms namespace by default, and no form writes a prefix for them).
  bool any_namespace = false;
};

// All pointers outlive the evaluation; `context` and `host` are never null.
struct EvaluationContext {
  const Node* context = nullptr;
  // What "/" means; nullptr: the topmost ancestor of `context`.
  const Node* root = nullptr;
  // What current() means; nullptr: `context`.
  const Node* current = nullptr;
  ExpressionHost* host = nullptr;
  std::size_t position = 1;
  std::size_t size = 1;
  // JavaRosa's rule for forms: an absolute path keeps to the repeat instance that current() is in.
  // Each step but the last, as long as no step had a predicate and the name is that of current()'s
  // ancestor at that depth, goes to that ancestor alone: in person[2]/age, /data/person/name is
  // person[2]'s, /data/person all persons. The session sets it.
  bool keep_to_repeat_instance = false;
  // Nodes that are not relevant count like the others.
  bool include_irrelevant = false;
};

struct Program;

// A value: copies share the compiled form, which never changes; any thread may evaluate it.
class Expression {
 public:
  // Fails kInvalid: "expression.syntax" (with the character where), "expression.function" (unknown,
  // the nearest known name offered), "expression.arguments" (how many it takes),
  // "expression.prefix", "expression.depth", "expression.length".
  [[nodiscard]] static Result<Expression> compile(std::string_view text,
                                                  const std::shared_ptr<NameTable>& names,
                                                  const CompileOptions& options = {});

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const std::vector<Reference>& references() const;
  [[nodiscard]] const Volatility& volatility() const;
  // The value of an expression that is a single literal, else nullptr.
  [[nodiscard]] const Value* literal() const;
  // True where the expression is nothing but a path (as nodeset= and ref= must be).
  [[nodiscard]] bool is_path() const;
  // True where the result is true or false whatever the answers are, also through if().
  [[nodiscard]] bool is_boolean() const;

  // Nodes with relevant == false count as absent. Fails kInvalid, and only where JavaRosa throws
  // too or a bound is reached: "expression.value" (a wrong argument), "expression.date"
  // (date('nonsense')), "expression.instance" (no such instance), "expression.regex" (bad or
  // exploding pattern), "expression.cost" (kMaxNodesVisited).
  [[nodiscard]] Result<Value> evaluate(const EvaluationContext& context) const;
  // The same converted, without building the Value in between: relevance and constraints,
  // calculations. The fast ones.
  [[nodiscard]] Result<bool> evaluate_boolean(const EvaluationContext& context) const;
  [[nodiscard]] Result<double> evaluate_number(const EvaluationContext& context) const;
  [[nodiscard]] Result<std::string> evaluate_string(const EvaluationContext& context) const;
  // The nodes of a path; fails "expression.value" where the result is something else.
  // `include_irrelevant`: for the engine's own use of nodeset= and ref=, which must see all nodes.
  [[nodiscard]] Result<NodeSet> evaluate_nodes(const EvaluationContext& context,
                                               bool include_irrelevant = false) const;

 private:
  explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

}  // namespace vigil::forms
