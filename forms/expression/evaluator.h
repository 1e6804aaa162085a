// SPDX-License-Identifier: Apache-2.0
//
// Evaluation of a Program. Typed questions (boolean, number, text, nodes) avoid building a Value
// where the answer needs none. Not for other folders.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "forms/expression/expression.h"
#include "forms/expression/program.h"

namespace vigil::forms {

struct Focus {
  const Node* node = nullptr;
  std::size_t position = 1;
  std::size_t size = 1;
};

// The longest text an expression may make: a thousand pages, and no answer is a book.
inline constexpr std::size_t kMaxTextBytes = std::size_t{1} << 20U;

class Evaluator {
 public:
  Evaluator(const Program& program, const EvaluationContext& context);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  [[nodiscard]] Value value(const Term& term, const Focus& focus);
  [[nodiscard]] bool boolean(const Term& term, const Focus& focus);
  [[nodiscard]] double number(const Term& term, const Focus& focus);
  // A view into a node, the program, or `buffer`.
  [[nodiscard]] std::string_view text(const Term& term, const Focus& focus, std::string& buffer);
  // Appends; an error where the term yields no nodes.
  void nodes(const Term& term, const Focus& focus, NodeSet& out);

  // Conversions with the host's time zone.
  [[nodiscard]] double number_from(std::string_view text) const;
  [[nodiscard]] double number_from(const Node& node) const;
  [[nodiscard]] bool boolean_from(const Value& value) const;
  [[nodiscard]] bool node_as_boolean(const Node& node) const;
  [[nodiscard]] double number_from(const Value& value) const;
  [[nodiscard]] std::string text_from(const Value& value) const;

  [[nodiscard]] const EvaluationContext& context() const { return context_; }
  [[nodiscard]] const Program& program() const { return program_; }
  [[nodiscard]] const Node* root() const { return root_; }
  [[nodiscard]] const Node* topmost() const;
  [[nodiscard]] const Node* current() const { return current_; }
  [[nodiscard]] ExpressionHost& host() const { return *context_.host; }

  void set_error(std::string_view code, std::string message);
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  [[nodiscard]] Error take_error() { return std::move(*error_); }

  // Every node looked at costs one; past kMaxNodesVisited the evaluation is refused, so that an
  // expression like //*[//*[//*]] ends.
  [[nodiscard]] bool spend(std::size_t nodes);

  // False, with an error, where a text grows past kMaxTextBytes: concat() of concat() of concat()
  // would fill the memory.
  [[nodiscard]] bool fits(std::size_t bytes);

  bool include_irrelevant;
  // Absolute paths keep to the repeat instances that current() stands in, as in JavaRosa:
  // /data/person/age asked in /data/person[2] is that person's age. Not in plain XPath.
  bool own_repeats;

 private:
  friend class PathWalk;
  friend class Comparison;

  [[nodiscard]] bool is_number_of_date(const Term& term, const Focus& focus);
  [[nodiscard]] double sum(const Term& term, const Focus& focus);
  [[nodiscard]] double product(const Term& term, const Focus& focus);
  // The only node of a simple path, or nullptr where there is none; nullopt where the general way
  // must be gone.
  [[nodiscard]] std::optional<const Node*> single_node(const Path& path, const Focus& focus);
  // Where `step`, not the last one of an absolute path, goes from `at` to several instances: the
  // one that current() stands in, else nullptr.
  [[nodiscard]] const Node* own_instance(const Path& path, const Step& step, const Node* at) const;
  [[nodiscard]] const Node* first_node(const Term& term, const Focus& focus);
  [[nodiscard]] bool counts(const Node& node) const { return node.relevant || include_irrelevant; }

  const Program& program_;
  const EvaluationContext& context_;
  const Node* root_;
  const Node* current_;
  std::optional<Error> error_;
  std::size_t spent_ = 0;
};

// While it lives, absolute paths mean all repeat instances.
class AllRepeats {
 public:
  explicit AllRepeats(Evaluator& evaluator)
      : evaluator_(evaluator), before_(evaluator.own_repeats) {
    evaluator.own_repeats = false;
  }
  ~AllRepeats() { evaluator_.own_repeats = before_; }
  AllRepeats(const AllRepeats&) = delete;
  AllRepeats& operator=(const AllRepeats&) = delete;

 private:
  Evaluator& evaluator_;
  bool before_;
};

// One call of a function: its arguments, evaluated when asked for.
class Call {
 public:
  Call(Evaluator& evaluator, const Term& term, const Focus& focus)
      : evaluator_(evaluator), term_(term), focus_(focus) {}

  [[nodiscard]] std::size_t count() const { return term_.operands.size(); }
  [[nodiscard]] StaticType type(std::size_t i) const { return term_.operands[i]->type; }
  [[nodiscard]] Value value(std::size_t i) { return evaluator_.value(argument(i), focus_); }
  [[nodiscard]] bool boolean(std::size_t i) { return evaluator_.boolean(argument(i), focus_); }
  [[nodiscard]] double number(std::size_t i) { return evaluator_.number(argument(i), focus_); }
  [[nodiscard]] std::string_view text(std::size_t i, std::string& buffer) {
    return evaluator_.text(argument(i), focus_, buffer);
  }
  [[nodiscard]] std::string text(std::size_t i) {
    std::string buffer;
    return std::string(text(i, buffer));
  }
  [[nodiscard]] NodeSet nodes(std::size_t i) {
    NodeSet found;
    evaluator_.nodes(argument(i), focus_, found);
    return found;
  }
  // The string-values of all nodes of argument i, or its one string.
  [[nodiscard]] std::vector<std::string> texts(std::size_t i);

  // The term's own text (the message of a call that cannot be made).
  [[nodiscard]] const std::string& own_text() const { return term_.text; }
  [[nodiscard]] Evaluator& evaluator() { return evaluator_; }
  [[nodiscard]] ExpressionHost& host() { return evaluator_.host(); }
  [[nodiscard]] const Focus& focus() const { return focus_; }
  [[nodiscard]] const Term& argument(std::size_t i) const { return *term_.operands[i]; }
  // Ends the evaluation; the value returned is not used.
  Value refuse(std::string_view code, std::string message) {
    evaluator_.set_error(code, std::move(message));
    return Value();
  }

 private:
  Evaluator& evaluator_;
  const Term& term_;
  const Focus& focus_;
};

}  // namespace vigil::forms
