// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include <fmt/format.h>

#include "forms/expression/function.h"
#include "forms/expression/lexer.h"
#include "forms/expression/number.h"
#include "forms/expression/parser_tables.h"

namespace vigil::forms {
namespace {

// Higher binds tighter.
int precedence(Op op) {
  switch (op) {
    case Op::kOr:
      return 1;
    case Op::kAnd:
      return 2;
    case Op::kEqual:
    case Op::kNotEqual:
      return 3;
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return 4;
    case Op::kSum:
      return 5;
    case Op::kProduct:
      return 6;
    case Op::kUnion:
      return 8;
    default:
      return 0;
  }
}
constexpr int kUnaryPrecedence = 7;
// In one expression, beyond the first of each chain; forms have none at all.
constexpr std::size_t kMaxNestedComparisons = 100;

StaticType type_of(Op op) {
  switch (op) {
    case Op::kSum:
    case Op::kProduct:
      return StaticType::kNumber;
    case Op::kUnion:
      return StaticType::kNodeSet;
    default:
      return StaticType::kBoolean;
  }
}

class Parser {
 public:
  Parser(Program& program, const CompileOptions& options, std::vector<Token> tokens)
      : program_(program), options_(options), tokens_(std::move(tokens)) {}

  Status run() {
    if (now().kind == TokenKind::kEnd) {
      return fail(ErrorKind::kInvalid, "expression.syntax", "the expression is empty");
    }
    VIGIL_ASSIGN(const Term* root, expression(0));
    if (now().kind != TokenKind::kEnd) return unexpected_token("the end or an operator");
    program_.root = root;
    return {};
  }

 private:
  // Depth is what recursion costs: parentheses, arguments, predicates, unary minus, comparisons.
  struct Deeper {
    explicit Deeper(std::size_t& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    std::size_t& depth_;
  };

  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] const Token& ahead(std::size_t n) const {
    return tokens_[std::min(at_ + n, tokens_.size() - 1)];
  }
  [[nodiscard]] bool is(std::string_view text) const { return is_at(0, text); }
  [[nodiscard]] bool is_at(std::size_t n, std::string_view text) const {
    const Token& token = ahead(n);
    return (token.kind == TokenKind::kSymbol || token.kind == TokenKind::kOperator) &&
           token.text == text;
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }

  std::unexpected<Error> unexpected_token(std::string_view wanted) const {
    if (now().kind == TokenKind::kEnd) {
      return fail(ErrorKind::kInvalid, "expression.syntax",
                  fmt::format("the expression ends where {} should come", wanted));
    }
    return fail(ErrorKind::kInvalid, "expression.syntax",
                fmt::format("\"{}\" at character {} stands where {} should come", now().text,
                            character_at(program_.text, now().offset), wanted));
  }

  Term& make(Op op, StaticType type) {
    Term& term = program_.terms.emplace_back();
    term.op = op;
    term.type = type;
    return term;
  }

  Status check_depth() const {
    if (depth_ <= kMaxExpressionDepth) return {};
    return fail(ErrorKind::kInvalid, "expression.depth",
                fmt::format("the expression nests deeper than {} levels", kMaxExpressionDepth));
  }

  [[nodiscard]] const BinaryOperator* binary_operator() const {
    if (now().kind != TokenKind::kOperator) return nullptr;
    for (const BinaryOperator& op : kBinaryOperators) {
      if (op.text == now().text) return &op;
    }
    return nullptr;
  }

  Result<const Term*> expression(int least) {
    const Deeper deeper(depth_);
    VIGIL_TRY(check_depth());
    VIGIL_ASSIGN(const Term* left, unary());
    Term* chain = nullptr;  // the operation made last here, while it may still take operands
    bool nested_comparison = false;
    while (const BinaryOperator* op = binary_operator()) {
      const int level = precedence(op->op);
      if (level <= least) break;
      if (op->op == Op::kUnion) VIGIL_TRY(refuse_beyond_forms("|"));
      ++at_;
      VIGIL_ASSIGN(const Term* right, expression(level));
      const bool flat = level != 3 && level != 4;
      if (flat && chain != nullptr && chain->op == op->op) {
        chain->operands.push_back(right);
        chain->signs.push_back(op->sign);
        continue;
      }
      // a = b = c nests to the left, which the depth of calls here does not show.
      if (!flat && nested_comparison && ++nested_comparisons_ > kMaxNestedComparisons) {
        return fail(
            ErrorKind::kInvalid, "expression.depth",
            fmt::format("the expression chains more than {} comparisons", kMaxNestedComparisons));
      }
      nested_comparison = !flat;
      Term& made = make(op->op, type_of(op->op));
      made.operands = {left, right};
      made.signs = {op->sign == '%' || op->sign == '/' ? '*' : '+', op->sign};
      chain = &made;
      left = &made;
    }
    return left;
  }

  Result<const Term*> unary() {
    std::size_t minuses = 0;
    while (take("-")) ++minuses;
    if (minuses == 0) return path_expression();
    VIGIL_ASSIGN(const Term* operand, expression(kUnaryPrecedence));
    Term& negated = make(Op::kNegate, StaticType::kNumber);
    negated.operands = {operand};
    if (minuses % 2 == 1) return &negated;
    Term& twice = make(Op::kNegate, StaticType::kNumber);
    twice.operands = {&negated};
    return &twice;
  }

  [[nodiscard]] bool starts_function() const {
    if (now().kind != TokenKind::kName || !is_at(1, "(")) return false;
    const std::string_view name = now().text;
    return name != "node" && name != "text" && name != "comment" &&
           name != "processing-instruction";
  }

  Result<const Term*> path_expression() {
    const Term* primary = nullptr;
    if (now().kind == TokenKind::kNumber || now().kind == TokenKind::kLiteral) {
      primary = constant();
    } else if (is("(")) {
      ++at_;
      VIGIL_ASSIGN(primary, expression(0));
      if (!take(")")) return unexpected_token("\")\"");
    } else if (starts_function()) {
      if (now().text == "current" && is_at(2, ")")) {
        at_ += 3;
        return location_path(Path::Start::kCurrent, nullptr);
      }
      VIGIL_ASSIGN(primary, function());
    } else {
      return location_path(Path::Start::kContext, nullptr);
    }
    if (is("[") || is("/") || is("//")) return location_path(Path::Start::kTerm, primary);
    return primary;
  }

  const Term* constant() {
    const Token& token = tokens_[at_++];
    if (token.kind == TokenKind::kLiteral) {
      Term& term = make(Op::kString, StaticType::kString);
      term.text = token.text;
      return &term;
    }
    Term& term = make(Op::kNumber, StaticType::kNumber);
    // Beyond what a double holds is infinite, as it is for number().
    term.number = plain_number(token.text).value_or(0);
    return &term;
  }

  Result<const Term*> function() {
    const std::string_view name = now().text;
    const Function* function = find_function(name);
    if (function == nullptr && !options_.plain_xpath) return unknown_function(name);
    at_ += 2;
    if (function == nullptr) return call_of_unknown(name);
    Term& call = make(Op::kFunction, function->type);
    call.function = function;
    VIGIL_TRY(arguments(call));
    const bool of_context = call.operands.empty() && function->context_instead &&
                            (options_.plain_xpath || function->context_instead_in_forms);
    if (!of_context &&
        (call.operands.size() < function->least || call.operands.size() > function->most)) {
      std::string message = fmt::format("{}() takes {}, not {}", name, arguments_wanted(*function),
                                        call.operands.size());
      if (!options_.plain_xpath) {
        return fail(ErrorKind::kInvalid, "expression.arguments", std::move(message));
      }
      call.function = &impossible_call();
      call.text = std::move(message);
    }
    return &call;
  }

  Status arguments(Term& call) {
    while (!is(")")) {
      VIGIL_ASSIGN(const Term* argument, expression(0));
      call.operands.push_back(argument);
      if (!take(",")) break;
      if (is(")")) return unexpected_token("another argument");
    }
    if (!take(")")) return unexpected_token("\",\" or \")\"");
    return {};
  }

  // Plain XPath: an error only where it is called, so that one that is never reached does no harm.
  Result<const Term*> call_of_unknown(std::string_view name) {
    Term& call = make(Op::kFunction, StaticType::kAny);
    call.function = &impossible_call();
    call.text = unknown_function(name).error().message;
    VIGIL_TRY(arguments(call));
    return &call;
  }

  static std::string arguments_wanted(const Function& function) {
    if (function.most == kAnyCount) return fmt::format("{} or more arguments", function.least);
    if (function.least == function.most) {
      return fmt::format("{} argument{}", function.least, function.least == 1 ? "" : "s");
    }
    return fmt::format("{} to {} arguments", function.least, function.most);
  }

  static std::unexpected<Error> unknown_function(std::string_view name) {
    const std::string_view near = nearest_function(name);
    return fail(ErrorKind::kInvalid, "expression.function",
                near.empty()
                    ? fmt::format("there is no function {}()", name)
                    : fmt::format("there is no function {}(); did you mean {}()?", name, near));
  }

  Status refuse_beyond_forms(std::string_view what) const {
    if (options_.plain_xpath) return {};
    return fail(
        ErrorKind::kInvalid, "expression.unsupported",
        fmt::format("{} is XPath that forms do not have: ODK tools would refuse this form", what));
  }

  // Anything from the first step on; `start` as yet known.
  Result<const Term*> location_path(Path::Start start, const Term* from) {
    Term& term = make(Op::kPath, StaticType::kNodeSet);
    term.path = std::make_unique<Path>();
    Path& path = *term.path;
    path.start = start;
    path.term = from;
    if (start != Path::Start::kContext) {
      while (is("[")) VIGIL_TRY(predicate(path.start_predicates));
    } else if (is("/")) {
      path.start = Path::Start::kRoot;
      ++at_;
      if (!starts_step()) return &term;
      VIGIL_TRY(step(path));
    } else if (is("//")) {
      path.start = Path::Start::kRoot;
    } else {
      if (!starts_step()) return unexpected_token("a value, a path or a function");
      VIGIL_TRY(step(path));
    }
    while (is("/") || is("//")) {
      if (now().text == "//") {
        path.steps.emplace_back().axis = Axis::kDescendantOrSelf;
      }
      ++at_;
      if (!starts_step()) return unexpected_token("the next step of the path");
      VIGIL_TRY(step(path));
    }
    join_descendants(path);
    return &term;
  }

  // "//name" means descendant-or-self::node()/child::name, which without a predicate is the same
  // as descendant::name and much cheaper.
  static void join_descendants(Path& path) {
    for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) {
      Step& next = path.steps[i + 1];
      if (path.steps[i].axis == Axis::kDescendantOrSelf &&
          path.steps[i].test == NodeTest::kAnyNode && path.steps[i].predicates.empty() &&
          next.axis == Axis::kChild && next.predicates.empty()) {
        next.axis = Axis::kDescendant;
        path.steps.erase(path.steps.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }

  [[nodiscard]] bool starts_step() const {
    return now().kind == TokenKind::kName || is("@") || is(".") || is("..");
  }

  Status step(Path& path) {
    Step made;
    if (take(".")) {
      made.axis = Axis::kSelf;
    } else if (take("..")) {
      made.axis = Axis::kParent;
    } else {
      VIGIL_TRY(axis(made));
      VIGIL_TRY(node_test(made));
    }
    while (is("[")) VIGIL_TRY(predicate(made.predicates));
    path.steps.push_back(std::move(made));
    return {};
  }

  Status axis(Step& made) {
    if (take("@")) {
      made.axis = Axis::kAttribute;
      return {};
    }
    if (!is_at(1, "::")) return {};
    const std::string_view name = now().text;
    const auto* found = std::find_if(kAxes.begin(), kAxes.end(),
                                     [name](const NamedAxis& entry) { return entry.name == name; });
    if (found == kAxes.end()) return unexpected_token("an axis");
    made.axis = found->axis;
    if (made.axis != Axis::kChild && made.axis != Axis::kParent && made.axis != Axis::kSelf &&
        made.axis != Axis::kAttribute) {
      VIGIL_TRY(refuse_beyond_forms(fmt::format("{}::", name)));
    }
    at_ += 2;
    return {};
  }

  Status node_test(Step& made) {
    if (now().kind != TokenKind::kName) return unexpected_token("a name");
    const std::string_view name = now().text;
    ++at_;
    if (is("(")) return node_type(name, made);
    if (name == "*") {
      made.test = NodeTest::kAnyName;
      return {};
    }
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) {
      made.local = program_.names->intern_local(name);
      if (options_.plain_xpath && !options_.any_namespace) {
        made.test = NodeTest::kQualifiedName;
        made.name = program_.names->intern("", name);
      } else {
        made.test = NodeTest::kLocalName;
      }
      return {};
    }
    const std::string_view local = name.substr(colon + 1);
    VIGIL_ASSIGN(const std::string uri, uri_of(name.substr(0, colon)));
    if (local == "*") {
      made.test = NodeTest::kAnyInNamespace;
      made.uri = uri;
      return {};
    }
    made.test = NodeTest::kQualifiedName;
    made.name = program_.names->intern(uri, local);
    made.local = program_.names->local_id(made.name);
    return {};
  }

  Status node_type(std::string_view name, Step& made) {
    ++at_;
    if (name == "node") {
      made.test = NodeTest::kAnyNode;
    } else if (name == "text") {
      VIGIL_TRY(refuse_beyond_forms("text()"));
      made.test = NodeTest::kText;
    } else if (name == "comment") {
      VIGIL_TRY(refuse_beyond_forms("comment()"));
      made.test = NodeTest::kComment;
    } else if (name == "processing-instruction") {
      VIGIL_TRY(refuse_beyond_forms("processing-instruction()"));
      made.test = NodeTest::kInstruction;
      if (now().kind == TokenKind::kLiteral) {
        made.uri = now().text;
        ++at_;
      }
    } else {
      return fail(ErrorKind::kInvalid, "expression.syntax",
                  fmt::format("{}() cannot be a step of a path", name));
    }
    if (!take(")")) return unexpected_token("\")\"");
    return {};
  }

  Result<std::string> uri_of(std::string_view prefix) const {
    for (const auto& [known, uri] : options_.namespaces) {
      if (known == prefix) return uri;
    }
    for (const NamedPrefix& known : kKnownPrefixes) {
      if (known.prefix == prefix) return std::string(known.uri);
    }
    return fail(
        ErrorKind::kInvalid, "expression.prefix",
        fmt::format("the prefix \"{}\" is not declared in the form (xmlns:{})", prefix, prefix));
  }

  Status predicate(std::vector<Predicate>& predicates) {
    ++at_;
    VIGIL_ASSIGN(const Term* term, expression(0));
    if (!take("]")) return unexpected_token("\"]\"");
    Predicate made{.term = term};
    if (term->op == Op::kNumber && term->number >= 1 && term->number < 1e9 &&
        term->number == static_cast<double>(static_cast<std::size_t>(term->number))) {
      made.constant_position = static_cast<std::size_t>(term->number);
    }
    predicates.push_back(made);
    return {};
  }

  Program& program_;
  const CompileOptions& options_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t nested_comparisons_ = 0;
};

}  // namespace

Result<std::unique_ptr<Program>> parse_expression(std::string_view text,
                                                  const std::shared_ptr<NameTable>& names,
                                                  const CompileOptions& options) {
  if (text.size() > kMaxExpressionBytes) {
    return fail(ErrorKind::kInvalid, "expression.length",
                fmt::format("the expression is longer than {} KiB", kMaxExpressionBytes / 1024));
  }
  auto program = std::make_unique<Program>();
  program->text = text;
  program->names = names;
  program->plain_xpath = options.plain_xpath;
  VIGIL_ASSIGN(std::vector<Token> tokens, tokenise(program->text));
  VIGIL_TRY(Parser(*program, options, std::move(tokens)).run());
  return program;
}

}  // namespace vigil::forms
