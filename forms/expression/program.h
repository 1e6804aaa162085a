// SPDX-License-Identifier: Apache-2.0
//
// A compiled expression: what the parser makes and the evaluator reads. Not for other folders.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "forms/expression/expression.h"

namespace vigil::forms {

struct Function;

enum class Op : std::uint8_t {
  kNumber,
  kString,
  kPath,
  kFunction,
  kOr,  // any number of operands, as for kAnd, kSum, kProduct and kUnion: long chains stay flat
  kAnd,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kSum,      // operand i is added or subtracted as signs[i] tells
  kProduct,  // operand i multiplies, divides or takes the remainder as signs[i] tells
  kNegate,
  kUnion,
};

// What an operation yields as far as its text tells.
enum class StaticType : std::uint8_t { kBoolean, kNumber, kString, kNodeSet, kAny };

enum class Axis : std::uint8_t {
  kChild,
  kParent,
  kSelf,
  kAttribute,
  kDescendant,
  kDescendantOrSelf,
  kAncestor,
  kAncestorOrSelf,
  kFollowing,
  kFollowingSibling,
  kPreceding,
  kPrecedingSibling,
  kNamespace,
};

enum class NodeTest : std::uint8_t {
  kLocalName,       // name without prefix in a form: any namespace
  kQualifiedName,   // name in one namespace
  kAnyName,         // *
  kAnyInNamespace,  // prefix:*
  kAnyNode,         // node()
  kText,
  kComment,
  kInstruction,
};

struct Term;

struct Predicate {
  const Term* term = nullptr;
  // Set where the predicate is, or has among its and-ed parts, "key = value" with a key that is a
  // child name or "." and a value that does not hang on the item: then an index can answer.
  const Term* indexed_value = nullptr;
  LocalId indexed_key = 0;
  bool index_decides = false;         // the whole predicate is that one comparison
  std::size_t constant_position = 0;  // the predicate is this number; 0: it is not one
};

struct Step {
  Axis axis = Axis::kChild;
  NodeTest test = NodeTest::kAnyNode;
  NameId name = kNoName;
  LocalId local = 0;
  std::string uri;  // kAnyInNamespace; target of kInstruction
  std::vector<Predicate> predicates;
};

struct Path {
  enum class Start : std::uint8_t { kContext, kRoot, kCurrent, kTerm };
  Start start = Start::kContext;
  const Term* term = nullptr;               // kTerm: what the steps go from
  std::vector<Predicate> start_predicates;  // (term)[...]
  std::vector<Step> steps;
};

struct Term {
  Op op = Op::kNumber;
  StaticType type = StaticType::kAny;
  double number = 0;
  std::string text;
  std::vector<const Term*> operands;
  std::vector<char> signs;
  const Function* function = nullptr;
  std::unique_ptr<Path> path;
};

struct Program {
  std::string text;
  std::shared_ptr<NameTable> names;
  bool plain_xpath = false;
  std::deque<Term> terms;  // a deque: operands point into it
  const Term* root = nullptr;
  std::vector<Reference> references;
  Volatility volatility;
  std::optional<Value> literal;
};

}  // namespace vigil::forms
