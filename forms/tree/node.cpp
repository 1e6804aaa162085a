// SPDX-License-Identifier: Apache-2.0
#include "forms/tree/child_index.h"
#include "forms/tree/tree.h"

namespace vigil::forms {

ChildRun Node::children_by_local(LocalId local) const {
  if (index_ != nullptr) {
    const ChildIndex::Entry* entry = index_->find(local);
    return entry == nullptr ? ChildRun{} : ChildRun{.first = entry->first, .count = entry->count};
  }
  ChildRun run;
  for (const Node* child = first_child_; child != nullptr; child = child->next_) {
    if (child->local_ != local || child->kind_ != NodeKind::kElement) continue;
    if (run.count++ == 0) run.first = child;
  }
  return run;
}

const Node* Node::child_by_local(LocalId local) const {
  return children_by_local(local).first;
}

const Node* Node::child_by_name(NameId name) const {
  const Node* child = first_child_;
  if (index_ != nullptr) {
    // Only attached elements grow an index, so the document is there to ask.
    child = child_by_local(Document::of(*this)->names()->local_id(name));
  }
  for (; child != nullptr; child = child->next_) {
    if (child->name_ == name && child->kind_ == NodeKind::kElement) return child;
  }
  return nullptr;
}

Node* Node::child_by_local(LocalId local) {
  return const_cast<Node*>(std::as_const(*this).child_by_local(local));
}

Node* Node::child_by_name(NameId name) {
  return const_cast<Node*>(std::as_const(*this).child_by_name(name));
}

const Node* Node::next_same_local() const {
  if (parent_ != nullptr && parent_->index_ != nullptr) {
    const ChildIndex::Entry* entry = parent_->index_->find(local_);
    if (entry != nullptr && entry->count == 1) return nullptr;
  }
  for (const Node* next = next_; next != nullptr; next = next->next_) {
    if (next->local_ == local_ && next->kind_ == NodeKind::kElement) return next;
  }
  return nullptr;
}

const Node* Node::attribute(NameId name) const {
  for (const Node* attribute = first_attribute_; attribute != nullptr;
       attribute = attribute->next_) {
    if (attribute->name_ == name) return attribute;
  }
  return nullptr;
}

std::size_t Node::position_among_same_name() const {
  std::size_t position = 1;
  for (const Node* before = previous_; before != nullptr; before = before->previous_) {
    if (before->name_ == name_ && before->kind_ == kind_) ++position;
  }
  return position;
}

std::string_view string_value(const Node& node, std::string& buffer) {
  const Node* child = node.first_child();
  if (child == nullptr) return node.value();
  if (child->next_sibling() == nullptr && child->kind() == NodeKind::kText) return child->value();
  buffer.clear();
  const Node* at = child;
  while (at != nullptr) {
    if (at->kind() == NodeKind::kText || at->kind() == NodeKind::kElement) buffer += at->value();
    if (at->first_child() != nullptr) {
      at = at->first_child();
      continue;
    }
    while (at != &node && at->next_sibling() == nullptr) at = at->parent();
    if (at == &node) break;
    at = at->next_sibling();
  }
  return buffer;
}

std::string string_value(const Node& node) {
  std::string buffer;
  return std::string(string_value(node, buffer));
}

}  // namespace vigil::forms
