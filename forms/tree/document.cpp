// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "core/base/check.h"
#include "forms/tree/child_index.h"
#include "forms/tree/document_node.h"
#include "forms/tree/tree.h"

namespace vigil::forms {
namespace {

// Below this many children a scan beats an index.
constexpr std::uint32_t kIndexedFrom = 12;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using MatchesByValue = std::unordered_map<std::string, KeyMatches, TextHash, std::equal_to<>>;

struct KeyName {
  const Node* parent;
  LocalId item;
  LocalId key;
  friend bool operator==(const KeyName&, const KeyName&) = default;
};

struct KeyNameHash {
  std::size_t operator()(const KeyName& name) const {
    return std::hash<const void*>{}(name.parent) ^
           (std::size_t{name.item} * 0x9E3779B97F4A7C15ULL) ^ (std::size_t{name.key} << 32U);
  }
};

void add_match(MatchesByValue& matches, std::string_view value, const Node& item) {
  auto place = matches.find(value);
  if (place == matches.end()) place = matches.emplace(value, KeyMatches{}).first;
  if (place->second.empty() || place->second.back() != &item) place->second.push_back(&item);
}

MatchesByValue read_keys(const KeyName& name, LocalId empty_name) {
  MatchesByValue matches;
  std::string buffer;
  for (const Node* item = name.parent->child_by_local(name.item); item != nullptr;
       item = item->next_sibling()) {
    if (item->kind() != NodeKind::kElement || item->local() != name.item) continue;
    if (name.key == empty_name) {
      add_match(matches, string_value(*item, buffer), *item);
      continue;
    }
    for (const Node* key = item->child_by_local(name.key); key != nullptr;
         key = key->next_same_local()) {
      add_match(matches, string_value(*key, buffer), *item);
    }
  }
  return matches;
}

}  // namespace

struct Document::KeyIndexes {
  std::shared_mutex mutex;
  std::unordered_map<KeyName, std::unique_ptr<MatchesByValue>, KeyNameHash> by_name;
};

Document::Document(std::shared_ptr<NameTable> names)
    : names_(std::move(names)),
      root_(std::make_unique<DocumentNode>(*this)),
      keys_(std::make_unique<KeyIndexes>()) {}

Document::~Document() {
  for (Node& node : pool_) delete node.index_;
  delete root_->index_;
}

Node& Document::root() {
  return *root_;
}
const Node& Document::root() const {
  return *root_;
}

Node* Document::root_element() {
  return const_cast<Node*>(std::as_const(*this).root_element());
}

const Node* Document::root_element() const {
  const Node* child = root_->first_child();
  while (child != nullptr && child->kind() != NodeKind::kElement) child = child->next_sibling();
  return child;
}

const Document* Document::of(const Node& node) {
  const Node* top = &node;
  while (top->parent() != nullptr) top = top->parent();
  if (top->kind() != NodeKind::kDocument) return nullptr;
  return &static_cast<const DocumentNode*>(top)->document;
}

Node& Document::allocate(NodeKind kind) {
  if (free_.empty()) return pool_.emplace_back(kind);
  Node* node = free_.back();
  free_.pop_back();
  std::destroy_at(node);
  return *std::construct_at(node, kind);
}

void Document::release(Node& node) {
  delete node.index_;
  node.index_ = nullptr;
  node.value_.clear();
  free_.push_back(&node);
}

Node& Document::create_element(NameId name, std::string_view value) {
  Node& node = allocate(NodeKind::kElement);
  node.name_ = name;
  node.local_ = names_->local_id(name);
  node.value_ = value;
  return node;
}

Node& Document::create_text(NodeKind kind, std::string_view value) {
  Node& node = allocate(kind);
  node.value_ = value;
  return node;
}

Node& Document::create_instruction(std::string_view target, std::string_view value) {
  Node& node = create_text(NodeKind::kInstruction, value);
  node.name_ = names_->intern("", target);
  node.local_ = names_->local_id(node.name_);
  return node;
}

Node& Document::copy(const Node& source) {
  Node& made = allocate(source.kind_);
  made.name_ = source.name_;
  made.local_ = source.local_;
  made.value_ = source.value_;
  made.relevant = source.relevant;
  made.own_relevant = source.own_relevant;
  made.value_kind = source.value_kind;
  made.bind = source.bind;
  made.slot = source.slot;
  Node* last = nullptr;
  for (const Node* attribute = source.first_attribute_; attribute != nullptr;
       attribute = attribute->next_) {
    Node& copied = copy(*attribute);
    copied.parent_ = &made;
    copied.previous_ = last;
    (last == nullptr ? made.first_attribute_ : last->next_) = &copied;
    last = &copied;
  }
  for (const Node* child = source.first_child_; child != nullptr; child = child->next_) {
    link(made, made.last_child_, copy(*child));
  }
  return made;
}

void Document::link(Node& parent, Node* previous, Node& child) {
  CHECK(!frozen_ && child.parent_ == nullptr);
  Node* next = previous == nullptr ? parent.first_child_ : previous->next_;
  child.parent_ = &parent;
  child.previous_ = previous;
  child.next_ = next;
  (previous == nullptr ? parent.first_child_ : previous->next_) = &child;
  (next == nullptr ? parent.last_child_ : next->previous_) = &child;
  ++parent.children_;
  ++revision_;
  if (parent.index_ != nullptr) {
    if (child.kind_ == NodeKind::kElement) parent.index_->inserted(child);
  } else if (parent.children_ >= kIndexedFrom) {
    parent.index_ = new ChildIndex(parent);
  }
}

void Document::append(Node& parent, Node& child) {
  link(parent, parent.last_child_, child);
}

void Document::insert_before(Node& next, Node& child) {
  CHECK(next.parent_ != nullptr);
  link(*next.parent_, next.previous_, child);
}

void Document::insert_after(Node& previous, Node& child) {
  CHECK(previous.parent_ != nullptr);
  link(*previous.parent_, &previous, child);
}

void Document::detach(Node& node) {
  CHECK(!frozen_ && node.kind_ != NodeKind::kAttribute);
  Node* parent = node.parent_;
  if (parent == nullptr) return;
  if (parent->index_ != nullptr && node.kind_ == NodeKind::kElement) parent->index_->removing(node);
  (node.previous_ == nullptr ? parent->first_child_ : node.previous_->next_) = node.next_;
  (node.next_ == nullptr ? parent->last_child_ : node.next_->previous_) = node.previous_;
  node.parent_ = node.previous_ = node.next_ = nullptr;
  --parent->children_;
  ++revision_;
}

void Document::remove(Node& node) {
  CHECK(&node != root_.get());
  detach(node);
  // Without recursion, so that depth costs no stack.
  std::vector<Node*> doomed{&node};
  while (!doomed.empty()) {
    Node* at = doomed.back();
    doomed.pop_back();
    for (Node* child = at->first_child_; child != nullptr; child = child->next_) {
      doomed.push_back(child);
    }
    for (Node* attribute = at->first_attribute_; attribute != nullptr;
         attribute = attribute->next_) {
      doomed.push_back(attribute);
    }
    release(*at);
  }
}

Node& Document::set_attribute(Node& element, NameId name, std::string_view value) {
  CHECK(!frozen_);
  Node* last = nullptr;
  for (Node* at = element.first_attribute_; at != nullptr; at = at->next_) {
    if (at->name_ == name) {
      at->value_ = value;
      return *at;
    }
    last = at;
  }
  Node& made = allocate(NodeKind::kAttribute);
  made.name_ = name;
  made.local_ = names_->local_id(name);
  made.value_ = value;
  made.parent_ = &element;
  made.previous_ = last;
  (last == nullptr ? element.first_attribute_ : last->next_) = &made;
  ++revision_;
  return made;
}

void Document::remove_attribute(Node& element, NameId name) {
  CHECK(!frozen_);
  Node* at = element.first_attribute_;
  while (at != nullptr && at->name_ != name) at = at->next_;
  if (at == nullptr) return;
  (at->previous_ == nullptr ? element.first_attribute_ : at->previous_->next_) = at->next_;
  if (at->next_ != nullptr) at->next_->previous_ = at->previous_;
  at->parent_ = nullptr;
  ++revision_;
  release(*at);
}

void Document::renumber() const {
  std::uint32_t order = 0;
  const Node* at = root_.get();
  while (at != nullptr) {
    at->order_ = order++;
    for (const Node* attribute = at->first_attribute_; attribute != nullptr;
         attribute = attribute->next_) {
      attribute->order_ = order++;
    }
    if (at->first_child_ != nullptr) {
      at = at->first_child_;
      continue;
    }
    while (at != nullptr && at->next_ == nullptr) at = at->parent_;
    if (at != nullptr) at = at->next_;
  }
  numbered_revision_ = revision_;
}

int Document::compare_order(const Node& a, const Node& b) const {
  if (numbered_revision_ != revision_) renumber();
  return a.order_ < b.order_ ? -1 : (a.order_ > b.order_ ? 1 : 0);
}

void Document::freeze() {
  renumber();
  frozen_ = true;
}

const KeyMatches* Document::by_key(const Node& parent, LocalId item, LocalId key,
                                   std::string_view value) const {
  CHECK(frozen_);
  static const KeyMatches kNone;
  const KeyName name{.parent = &parent, .item = item, .key = key};
  const MatchesByValue* matches = nullptr;
  {
    const std::shared_lock lock(keys_->mutex);
    const auto found = keys_->by_name.find(name);
    if (found != keys_->by_name.end()) matches = found->second.get();
  }
  if (matches == nullptr) {
    auto made = std::make_unique<MatchesByValue>(read_keys(name, names_->local_id(kNoName)));
    const std::unique_lock lock(keys_->mutex);
    // Another thread may have been faster; then its index is the one, and ours goes.
    matches = keys_->by_name.emplace(name, std::move(made)).first->second.get();
  }
  const auto found = matches->find(value);
  return found == matches->end() ? &kNone : &found->second;
}

void Document::declare_prefix(std::string_view uri, std::string_view prefix) {
  for (const auto& [known_uri, known_prefix] : prefixes_) {
    if (known_uri == uri && known_prefix == prefix) return;
  }
  prefixes_.emplace_back(uri, prefix);
}

}  // namespace vigil::forms
