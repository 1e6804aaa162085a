// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include <fmt/format.h>

#include "forms/tree/tree.h"

namespace vigil::forms {
namespace {

std::string_view word_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::kText:
      return "text()";
    case NodeKind::kComment:
      return "comment()";
    case NodeKind::kInstruction:
      return "processing-instruction()";
    default:
      return "*";
  }
}

std::string step_to(const Node& node) {
  const Document* document = Document::of(node);
  if (node.kind() == NodeKind::kAttribute) {
    if (document == nullptr) return "/@*";
    const NameTable& names = *document->names();
    const std::string_view uri = names.uri(node.name());
    std::string prefix;
    for (const auto& [known_uri, known_prefix] : document->prefixes()) {
      if (!uri.empty() && known_uri == uri && !known_prefix.empty()) prefix = known_prefix + ":";
    }
    if (uri == "http://www.w3.org/XML/1998/namespace") prefix = "xml:";
    return fmt::format("/@{}{}", prefix, names.local(node.name()));
  }
  std::size_t position = 1;
  for (const Node* before = node.previous_sibling(); before != nullptr;
       before = before->previous_sibling()) {
    if (before->kind() == node.kind()) ++position;
  }
  return fmt::format("/{}[{}]", word_of(node.kind()), position);
}

const Node* nth_child(const Node& parent, NodeKind kind, std::size_t position) {
  for (const Node* child = parent.first_child(); child != nullptr; child = child->next_sibling()) {
    if (child->kind() == kind && --position == 0) return child;
  }
  return nullptr;
}

const Node* attribute_called(const Node& element, std::string_view name) {
  for (const Node* at = element.first_attribute(); at != nullptr; at = at->next_sibling()) {
    if (step_to(*at).substr(2) == name) return at;
  }
  return nullptr;
}

const Node* take_step(const Node& from, std::string_view step) {
  if (step.starts_with('@')) return attribute_called(from, step.substr(1));
  const std::size_t bracket = step.find('[');
  if (bracket == std::string_view::npos || !step.ends_with(']')) return nullptr;
  std::size_t position = 0;
  const char* first = step.data() + bracket + 1;
  const char* last = step.data() + step.size() - 1;
  const auto read = std::from_chars(first, last, position);
  if (read.ec != std::errc() || read.ptr != last || position == 0) return nullptr;
  const std::string_view word = step.substr(0, bracket);
  for (const NodeKind kind :
       {NodeKind::kElement, NodeKind::kText, NodeKind::kComment, NodeKind::kInstruction}) {
    if (word_of(kind) == word) return nth_child(from, kind, position);
  }
  return nullptr;
}

}  // namespace

std::string positional_path(const Node& node) {
  if (node.parent() == nullptr) return "/";
  std::string path;
  for (const Node* at = &node; at->parent() != nullptr; at = at->parent()) {
    path.insert(0, step_to(*at));
  }
  return path;
}

const Node* node_at(const Node& root, std::string_view path) {
  if (path == "/") return &root;
  const Node* at = &root;
  while (at != nullptr && !path.empty()) {
    if (path.front() != '/') return nullptr;
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    at = take_step(*at, path.substr(0, end));
    path.remove_prefix(end);
  }
  return at;
}

}  // namespace vigil::forms
