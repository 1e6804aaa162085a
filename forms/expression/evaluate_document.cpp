// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/evaluate_document.h"

#include <fmt/format.h>

#include "forms/expression/expression.h"

namespace vigil::forms {

struct QuestionedDocument::State {
  std::shared_ptr<NameTable> names = std::make_shared<NameTable>();
  std::unique_ptr<Document> document;
  bool plain_xpath = true;
  bool is_xform = false;
};

namespace {

// The next node in document order within `top`.
const Node* next_in(const Node* at, const Node* top) {
  if (at->first_child() != nullptr) return at->first_child();
  while (at != top && at->next_sibling() == nullptr) at = at->parent();
  return at == top ? nullptr : at->next_sibling();
}

// Finds instances and translations where an XForm has them.
class DocumentHost : public ExpressionHost {
 public:
  DocumentHost(const Document& document, const DocumentQuestion& question, std::uint64_t (*draw)())
      : document_(document), question_(question), draw_(draw) {}

  WallTime now() const override { return question_.now; }
  int utc_offset_minutes(WallTime time) const override {
    return question_.zone.offset_minutes(time);
  }
  std::uint64_t random_bits() override { return draw_(); }

  const Node* instance(std::string_view id) const override {
    for (const Node* at = &document_.root(); at != nullptr; at = next_in(at, &document_.root())) {
      if (is(*at, "instance") && attribute(*at, "id") == id) return at;
    }
    return nullptr;
  }

  std::vector<const Node*> itext_nodes(std::string_view id) const override {
    const Node* translation = find_translation();
    std::vector<const Node*> all;
    if (translation == nullptr) return all;
    for (const Node* text = translation->first_child(); text != nullptr;
         text = text->next_sibling()) {
      if (!is(*text, "text") || attribute(*text, "id") != id) continue;
      for (const Node* value = text->first_child(); value != nullptr;
           value = value->next_sibling()) {
        if (is(*value, "value")) all.push_back(value);
      }
    }
    return all;
  }

  std::string form_version() const override {
    const Node* root = document_.root_element();
    return root == nullptr ? std::string() : std::string(attribute(*root, "version"));
  }

 private:
  [[nodiscard]] bool is(const Node& node, std::string_view name) const {
    return node.kind() == NodeKind::kElement && document_.names()->local(node.name()) == name;
  }
  [[nodiscard]] std::string_view attribute(const Node& node, std::string_view name) const {
    for (const Node* at = node.first_attribute(); at != nullptr; at = at->next_sibling()) {
      if (document_.names()->local(at->name()) == name) return at->value();
    }
    return {};
  }

  // The asked language's, else the one marked default, else the first.
  [[nodiscard]] const Node* find_translation() const {
    const Node* first = nullptr;
    const Node* marked = nullptr;
    for (const Node* at = &document_.root(); at != nullptr; at = next_in(at, &document_.root())) {
      if (!is(*at, "translation")) continue;
      if (!question_.language.empty() && attribute(*at, "lang") == question_.language) return at;
      if (first == nullptr) first = at;
      if (marked == nullptr && !attribute(*at, "default").empty()) marked = at;
    }
    return marked != nullptr ? marked : first;
  }

  const Document& document_;
  const DocumentQuestion& question_;
  std::uint64_t (*draw_)();
};

Result<DocumentAnswer> answer_of(const Expression& expression, const EvaluationContext& context) {
  VIGIL_ASSIGN(const Value value, expression.evaluate(context));
  DocumentAnswer answer;
  VIGIL_ASSIGN(answer.as_string, expression.evaluate_string(context));
  VIGIL_ASSIGN(answer.as_number, expression.evaluate_number(context));
  VIGIL_ASSIGN(answer.as_boolean, expression.evaluate_boolean(context));
  switch (value.type()) {
    case ValueType::kNumber:
      answer.type = "number";
      answer.value = value.number();
      return answer;
    case ValueType::kString:
      answer.type = "string";
      answer.value = value.text();
      return answer;
    case ValueType::kBoolean:
      answer.type = "boolean";
      answer.value = value.boolean();
      return answer;
    case ValueType::kNodeSet:
      break;
  }
  answer.type = "nodeset";
  std::vector<std::string> paths;
  for (const Node* node : value.nodes()) paths.push_back(positional_path(*node));
  answer.value = std::move(paths);
  return answer;
}

Result<const Node*> find_node(const Document& document, std::string_view path,
                              const CompileOptions& options, DocumentHost& host) {
  if (path.empty()) return &document.root();
  if (const Node* node = node_at(document.root(), path)) return node;
  VIGIL_ASSIGN(const Expression expression, Expression::compile(path, document.names(), options));
  const EvaluationContext context{.context = &document.root(), .host = &host};
  VIGIL_ASSIGN(const NodeSet found, expression.evaluate_nodes(context));
  if (found.empty()) {
    return fail(ErrorKind::kUsage, "xpath.context",
                fmt::format("the document has no node at {}", path));
  }
  return found.front();
}

}  // namespace

QuestionedDocument::QuestionedDocument(std::unique_ptr<State> state) : state_(std::move(state)) {}
QuestionedDocument::QuestionedDocument(QuestionedDocument&&) noexcept = default;
QuestionedDocument& QuestionedDocument::operator=(QuestionedDocument&&) noexcept = default;
QuestionedDocument::~QuestionedDocument() = default;

Result<QuestionedDocument> QuestionedDocument::open(std::string_view xml) {
  auto state = std::make_unique<State>();
  VIGIL_ASSIGN(state->document, parse_document(xml, state->names, TextNodes::kKept));
  state->document->freeze();
  const NameId model = state->names->intern("http://www.w3.org/2002/xforms", "model");
  const Node* top = &state->document->root();
  for (const Node* at = top; at != nullptr && !state->is_xform; at = next_in(at, top)) {
    state->is_xform = at->name() == model;
  }
  return QuestionedDocument(std::move(state));
}

QuestionedDocument QuestionedDocument::none() {
  auto state = std::make_unique<State>();
  state->plain_xpath = false;
  state->document = std::make_unique<Document>(state->names);
  state->document->append(state->document->root(),
                          state->document->create_element(state->names->intern("", "data")));
  state->document->freeze();
  return QuestionedDocument(std::move(state));
}

Result<DocumentAnswer> QuestionedDocument::ask(const DocumentQuestion& question,
                                               std::uint64_t (*random_bits)()) const {
  const Document& document = *state_->document;
  CompileOptions options{.namespaces = question.namespaces,
                         .plain_xpath = state_->plain_xpath,
                         .any_namespace = state_->is_xform};
  for (const auto& [uri, prefix] : document.prefixes()) {
    if (!prefix.empty()) options.namespaces.emplace_back(prefix, uri);
  }
  VIGIL_ASSIGN(const Expression expression,
               Expression::compile(question.expression, document.names(), options));
  DocumentHost host(document, question, random_bits);
  VIGIL_ASSIGN(const Node* context, find_node(document, question.context, options, host));
  VIGIL_ASSIGN(const Node* root, find_node(document, question.root, options, host));
  return answer_of(expression, {.context = context, .root = root, .host = &host});
}

}  // namespace vigil::forms
