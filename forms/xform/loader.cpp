// SPDX-License-Identifier: Apache-2.0
#include "forms/xform/loader.h"

#include <fmt/format.h>

namespace vigil::forms {

std::string_view local_name(const Loader& loader, const Node& node) {
  return node.kind() == NodeKind::kElement ? loader.form.names->local(node.name())
                                           : std::string_view();
}

bool is_element(const Loader& loader, const Node& node, std::string_view local) {
  return local_name(loader, node) == local;
}

const Node* first_element(const Loader& loader, const Node& parent, std::string_view local) {
  for (const Node* child = parent.first_child(); child != nullptr; child = child->next_sibling())
    if (is_element(loader, *child, local)) return child;
  return nullptr;
}

const std::string* attribute_of(const Loader& loader, const Node& node, std::string_view local,
                                std::string_view uri) {
  for (const Node* at = node.first_attribute(); at != nullptr; at = at->next_sibling())
    if (loader.form.names->local(at->name()) == local && loader.form.names->uri(at->name()) == uri)
      return &at->value();
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

Result<ExpressionIndex> compile_expression(Loader& loader, std::string_view text,
                                           std::string_view where) {
  const std::string key(trimmed(text));
  if (const auto known = loader.compiled.find(key); known != loader.compiled.end())
    return known->second;
  CompileOptions options;
  options.namespaces = loader.form.namespaces;
  auto expression = Expression::compile(key, loader.form.names, options);
  if (!expression.has_value())
    return fail(ErrorKind::kInvalid, expression.error().code,
                fmt::format("The {} cannot be used: {}", where, expression.error().message));
  const auto index = static_cast<ExpressionIndex>(loader.form.expressions.size());
  loader.form.expressions.push_back(std::move(*expression));
  loader.compiled.emplace(key, index);
  return index;
}

namespace {

bool is_plain(std::string_view path) {
  return !path.empty() && path.find_first_of("[]()*|'\" \t\r\n=<>,$") == std::string_view::npos &&
         path.find("//") == std::string_view::npos;
}

}  // namespace

std::string resolve_path_text(std::string_view context, std::string_view path,
                              std::string_view root_name) {
  path = trimmed(path);
  if (path.starts_with("current()/")) path.remove_prefix(10);
  if (!is_plain(path)) return {};
  std::string at;
  if (path.front() != '/')
    at = context.empty() ? "/" + std::string(root_name) : std::string(context);
  while (!path.empty()) {
    if (path.front() == '/') path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view step = path.substr(0, end);
    path.remove_prefix(end);
    if (step.empty()) return {};
    if (step == ".") continue;
    if (step == "..") {
      const std::size_t cut = at.rfind('/');
      if (cut == std::string::npos) return {};
      at.resize(cut);
      continue;
    }
    at += '/';
    at += step;
  }
  return at;
}

SchemaIndex resolve_path(const Loader& loader, SchemaIndex context, std::string_view path) {
  const std::string_view root = loader.form.schema.empty()
                                    ? std::string_view()
                                    : std::string_view(loader.form.schema[0].path).substr(1);
  const std::string text = resolve_path_text(
      context == kNone ? std::string_view() : std::string_view(loader.form.schema[context].path),
      path, root);
  return text.empty() ? kNone : loader.form.find(text);
}

bool is_own_id(const Form& form, SchemaIndex index) {
  return form.schema[index].attribute && form.schema[index].path == form.schema[0].path + "/@id";
}

Form::Form() : names(std::make_shared<NameTable>()) {}

const std::string& Form::title_in(std::string_view language) const {
  for (std::size_t index = 0; index < titles_.size(); ++index) {
    if (languages_[index] == language && !titles_[index].empty()) return titles_[index];
  }
  return title_;
}

SchemaIndex Form::find(std::string_view path) const {
  const auto found = schema_by_path.find(std::string(path));
  return found == schema_by_path.end() ? kNone : found->second;
}

}  // namespace vigil::forms
