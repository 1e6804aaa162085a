// SPDX-License-Identifier: Apache-2.0
//
// One expression on one XML document, as `vigilctl xpath` promises it: plain XPath 1.0 together
// with the ODK functions. Without a document the expression is judged by the rules of forms, which
// are stricter (docs/formats/forms.md, "Expressions").
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "forms/expression/time_zone.h"

namespace vigil::forms {

struct DocumentQuestion {
  std::string expression;
  // Positional ("/*[1]/*[2]") or any path; empty: the document.
  std::string context;
  // What "/" means; empty: the document.
  std::string root;
  // For jr:itext(); empty: the document's default translation.
  std::string language;
  // Beside the document's own prefixes.
  std::vector<std::pair<std::string, std::string>> namespaces;
  WallTime now;
  TimeZone zone;
};

struct DocumentAnswer {
  std::string type;  // "number", "string", "boolean" or "nodeset"
  // Of a node-set: the positional paths of its nodes.
  std::variant<double, std::string, bool, std::vector<std::string>> value;
  // The same turned into the other types, as a calculation or a condition would take it.
  std::string as_string;
  double as_number = 0;
  bool as_boolean = false;
};

// A document, read once and asked often. `random_bits` is called for random() and uuid().
class QuestionedDocument {
 public:
  // Fails as parse_document() does.
  [[nodiscard]] static Result<QuestionedDocument> open(std::string_view xml);
  // For expressions that need none: an empty one, and the rules of forms.
  [[nodiscard]] static QuestionedDocument none();
  QuestionedDocument(QuestionedDocument&&) noexcept;
  QuestionedDocument& operator=(QuestionedDocument&&) noexcept;
  ~QuestionedDocument();

  // Fails kInvalid as Expression does, and kUsage "xpath.context" where context or root is no node.
  [[nodiscard]] Result<DocumentAnswer> ask(const DocumentQuestion& question,
                                           std::uint64_t (*random_bits)()) const;

 private:
  struct State;
  explicit QuestionedDocument(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vigil::forms
