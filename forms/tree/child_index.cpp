// SPDX-License-Identifier: Apache-2.0
#include "forms/tree/child_index.h"

namespace vigil::forms {

ChildIndex::ChildIndex(Node& parent) : entries_(32) {
  for (Node* child = parent.first_child(); child != nullptr; child = child->next_sibling()) {
    if (child->kind() != NodeKind::kElement) continue;
    Entry& entry = place(child->local());
    if (entry.count++ == 0) entry.first = child;
  }
}

const ChildIndex::Entry* ChildIndex::find(LocalId local) const {
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t at = start(local);; at = (at + 1) & mask) {
    const Entry& entry = entries_[at];
    if (entry.local == local) return entry.count != 0 ? &entry : nullptr;
    if (entry.local == 0) return nullptr;
  }
}

ChildIndex::Entry& ChildIndex::place(LocalId local) {
  if (used_ * 2 >= entries_.size()) grow();
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t at = start(local);; at = (at + 1) & mask) {
    Entry& entry = entries_[at];
    if (entry.local == local) return entry;
    if (entry.local == 0) {
      entry.local = local;
      ++used_;
      return entry;
    }
  }
}

void ChildIndex::grow() {
  std::vector<Entry> old(entries_.size() * 2);
  old.swap(entries_);
  const std::size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.local == 0) continue;
    std::size_t at = start(entry.local);
    while (entries_[at].local != 0) at = (at + 1) & mask;
    entries_[at] = entry;
  }
}

void ChildIndex::inserted(Node& child) {
  Entry& entry = place(child.local());
  if (entry.count++ == 0) {
    entry.first = &child;
    return;
  }
  // Same-named siblings stand together in forms (repeat instances) and new ones come last, so the
  // neighbours nearly always tell whether the new one is the first.
  const auto same = [&child](const Node* node) {
    return node != nullptr && node->kind() == NodeKind::kElement && node->local() == child.local();
  };
  if (same(child.previous_sibling())) return;
  for (Node* next = child.next_sibling(); next != nullptr; next = next->next_sibling()) {
    if (next != entry.first) continue;
    entry.first = &child;
    return;
  }
}

void ChildIndex::removing(Node& child) {
  Entry& entry = place(child.local());
  --entry.count;
  if (entry.first != &child) return;
  Node* next = entry.count == 0 ? nullptr : child.next_sibling();
  while (next != nullptr &&
         (next->kind() != NodeKind::kElement || next->local() != child.local())) {
    next = next->next_sibling();
  }
  entry.first = next;
}

}  // namespace vigil::forms
