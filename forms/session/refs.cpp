// SPDX-License-Identifier: Apache-2.0
//
// Refs: paths with [n] on repeat instances, to nodes and back.
#include <charconv>

#include <fmt/format.h>

#include "forms/session/session_state.h"

namespace vigil::forms {

Node* Session::child_of(const Node& parent, const SchemaNode& child) {
  if (child.attribute) return const_cast<Node*>(parent.attribute(child.name));
  return const_cast<Node*>(parent.child_by_name(child.name));
}

Result<Place> Session::find(std::string_view ref) const {
  // The path without positions, and the positions by depth.
  std::string path;
  std::vector<std::uint32_t> positions;
  std::size_t depth = 0;
  const auto unknown = [&] {
    return fail(ErrorKind::kInvalid, "session.ref",
                fmt::format("There is no node {} in this form.", ref));
  };
  for (std::size_t i = 0; i < ref.size();) {
    if (ref[i] == '[') {
      const std::size_t end = ref.find(']', i);
      if (end == std::string_view::npos || depth == 0) return unknown();
      std::uint32_t position = 0;
      const auto [stop, error] = std::from_chars(ref.data() + i + 1, ref.data() + end, position);
      if (error != std::errc() || stop != ref.data() + end || position == 0) return unknown();
      positions.resize(depth, 0);
      positions[depth - 1] = position;
      i = end + 1;
      continue;
    }
    if (ref[i] == '/') ++depth;
    path += ref[i++];
  }
  const SchemaIndex target = form_->find(path);
  if (target == kNone || depth > kMaxDocumentDepth) return unknown();
  positions.resize(depth, 0);

  std::vector<SchemaIndex> way;
  for (SchemaIndex at = target; at != 0; at = form_->schema[at].parent) way.push_back(at);
  Place place;
  place.node = const_cast<Node*>(document_->root_element());
  std::size_t level = 1;
  for (auto step = way.rbegin(); step != way.rend(); ++step, ++level) {
    const SchemaNode& node = form_->schema[*step];
    const std::uint32_t position = level < positions.size() ? positions[level] : 0;
    if (node.is_repeat && position == 0 && *step == target) {
      place.range = target;
      return place;
    }
    Node* found = child_of(*place.node, node);
    for (std::uint32_t n = 1; n < position && found != nullptr; ++n) {
      found = found->next_sibling();
      if (found != nullptr && found->bind != *step) found = nullptr;
    }
    if (found == nullptr) return unknown();
    place.node = found;
  }
  return place;
}

std::string Session::ref_of(const Node& node) const {
  const SchemaNode& own = schema(node);
  if (own.repeat == kNone) return own.path;
  const SchemaNode& repeat = form_->schema[own.repeat];
  // The tail below the innermost repeat instance is the same for all of them.
  const Node* instance = &node;
  while (instance->bind != own.repeat) instance = instance->parent();
  std::string ref = instance->parent() == nullptr ? repeat.path : ref_of(*instance->parent());
  ref += repeat.step;
  ref += fmt::format("[{}]", entry(*instance).position);
  ref += std::string_view(own.path).substr(repeat.path.size());
  return ref;
}

std::string Session::range_ref(const Node& parent, SchemaIndex repeat) const {
  return ref_of(parent) + form_->schema[repeat].step;
}

Session::OrderKey Session::order_key(const Node& node) const {
  OrderKey key;
  key.push_back(node.bind);
  SchemaIndex repeat = schema(node).repeat;
  const Node* at = &node;
  while (repeat != kNone) {
    while (at->bind != repeat) at = at->parent();
    key.insert(key.begin(), {repeat, entry(*at).position});
    if (at->parent() == nullptr || form_->schema[repeat].parent == kNone) break;
    repeat = form_->schema[form_->schema[repeat].parent].repeat;
    at = at->parent();
  }
  return key;
}

Node* Session::nearest(const Node& from, SchemaIndex target) const {
  const Node* at = &from;
  while (at->bind != target && !(at->bind < target && target < form_->schema[at->bind].end)) {
    at = at->parent();
    if (at == nullptr || at->bind == Node::kNoSlot) return nullptr;
  }
  std::vector<SchemaIndex> way;
  for (SchemaIndex step = target; step != at->bind; step = form_->schema[step].parent)
    way.push_back(step);
  for (auto step = way.rbegin(); step != way.rend() && at != nullptr; ++step)
    at = child_of(*at, form_->schema[*step]);
  return const_cast<Node*>(at);
}

}  // namespace vigil::forms
