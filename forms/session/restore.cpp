// SPDX-License-Identifier: Apache-2.0
//
// A saved instance into a new session, maybe of another version of the form: what has a place is
// taken, what has none is listed. The form's own structure rules: its order, its names.
#include <fmt/format.h>

#include "forms/session/session_state.h"

namespace vigil::forms {
namespace {

// The saved children by name, in their order.
using SavedChildren = std::unordered_map<NameId, std::vector<const Node*>>;

SavedChildren children_by_name(const Node& saved) {
  SavedChildren children;
  for (const Node* child = saved.first_child(); child != nullptr; child = child->next_sibling())
    if (child->kind() == NodeKind::kElement) children[child->name()].push_back(child);
  return children;
}

}  // namespace

std::unexpected<Error> was_sent() {
  return fail(ErrorKind::kConflict, "session.sent",
              "This was sent as it stands here; it cannot be changed.");
}

void Session::note_lost(const Node& saved, const std::string& ref) {
  if (saved.first_child() == nullptr) {
    if (!saved.value().empty()) not_restored_.push_back(ref);
    return;
  }
  for (const Node* child = saved.first_child(); child != nullptr; child = child->next_sibling())
    if (child->kind() == NodeKind::kElement)
      note_lost(*child, ref + "/" + std::string(form_->names->local(child->name())));
}

void Session::fill_repeat(Node& parent, SchemaIndex repeat, const std::vector<const Node*>& saved) {
  std::vector<Node*> instances;
  each_child_instance(parent, repeat, [&](Node& node) { instances.push_back(&node); });
  while (instances.size() > saved.size()) {
    document_->remove(*instances.back());
    instances.pop_back();
  }
  Node* last = instances.empty() ? nullptr : instances.back();
  for (std::size_t i = 0; i < saved.size(); ++i) {
    if (i >= instances.size()) {
      // Instances beyond the form's own start from the pattern, so nodes the saved form lacked are
      // there with their defaults.
      const Node* pattern = pattern_for(repeat, i + 1);
      if (pattern == nullptr || i >= kMaxRepeatInstances) {
        for (; i < saved.size(); ++i) note_lost(*saved[i], form_->schema[repeat].path);
        return;
      }
      Node& added = document_->copy(*pattern);
      if (last != nullptr) {
        document_->insert_after(*last, added);
      } else {
        Node* next = nullptr;
        bool behind = false;
        for (const SchemaIndex sibling : schema(parent).children) {
          if (behind && next == nullptr && !form_->schema[sibling].attribute)
            next = child_of(parent, form_->schema[sibling]);
          behind = behind || sibling == repeat;
        }
        if (next == nullptr)
          document_->append(parent, added);
        else
          document_->insert_before(*next, added);
      }
      instances.push_back(&added);
    }
    last = instances[i];
    fill_node(*last, *saved[i], fmt::format("{}[{}]", form_->schema[repeat].path, i + 1));
  }
}

void Session::fill_node(Node& node, const Node& saved, const std::string& ref) {
  const SchemaNode& own = schema(node);
  for (const Node* at = saved.first_attribute(); at != nullptr; at = at->next_sibling())
    if (Node* kept = const_cast<Node*>(node.attribute(at->name()));
        kept != nullptr && node.bind != 0)
      document_->set_value(*kept, at->value());
  if (own.leaf) {
    if (saved.first_child() == nullptr)
      document_->set_value(node, saved.value());
    else
      note_lost(saved, ref);
    return;
  }
  if (saved.first_child() == nullptr && !saved.value().empty()) not_restored_.push_back(ref);
  SavedChildren children = children_by_name(saved);
  for (const SchemaIndex child : own.children) {
    const SchemaNode& wanted = form_->schema[child];
    if (wanted.attribute) continue;
    const auto found = children.find(wanted.name);
    if (!wanted.is_repeat) {
      const Node* from = found == children.end() ? nullptr : found->second.front();
      Node* to = child_of(node, wanted);
      if (from != nullptr && to == nullptr && child == form_->deprecated_id) {
        to = &document_->create_element(wanted.name);
        to->bind = child;
        document_->append(node, *to);
      }
      if (from != nullptr && to != nullptr) fill_node(*to, *from, wanted.path);
      // The form has room for one.
      for (std::size_t i = 1; from != nullptr && i < found->second.size(); ++i)
        note_lost(*found->second[i], wanted.path);
      // The saved instance had none of it: a calculated identity must not be made up.
      if (from == nullptr && to != nullptr && child == form_->instance_id)
        document_->set_value(*to, "");
      if (from == nullptr && to != nullptr && sent_) leave_out(*to);
      continue;
    }
    fill_repeat(node, child, found == children.end() ? std::vector<const Node*>() : found->second);
  }
  for (const SchemaIndex child : own.children)
    if (!form_->schema[child].attribute) children.erase(form_->schema[child].name);
  if (children.empty()) return;
  for (const Node* at = saved.first_child(); at != nullptr; at = at->next_sibling())
    if (at->kind() == NodeKind::kElement && children.contains(at->name()))
      note_lost(*at, ref + "/" + std::string(form_->names->local(at->name())));
}

Result<std::unique_ptr<Document>> Session::read_saved(std::string_view xml) const {
  auto saved = parse_document(xml, form_->names, TextNodes::kLeafValues);
  if (!saved.has_value())
    return fail(ErrorKind::kInvalid, "session.instance",
                "The saved instance cannot be read: " + saved.error().message);
  const Node* root = (*saved)->root_element();
  const Node& own = *document_->root_element();
  if (root == nullptr || root->local() != own.local())
    return fail(ErrorKind::kInvalid, "session.instance",
                "The saved instance is not one of this form: its root element has another name.");
  const NameId id = form_->names->intern("", "id");
  const Node* saved_id = root->attribute(id);
  // A form whose own id attribute is empty is known by its namespace, which is not saved there.
  const Node* own_id = own.attribute(id);
  const std::string_view expected = own_id != nullptr ? own_id->value() : form_->id();
  if (saved_id != nullptr && !expected.empty() && saved_id->value() != expected)
    return fail(ErrorKind::kInvalid, "session.instance",
                "The saved instance is not one of this form: it was made with another form id.");
  return std::move(*saved);
}

Status Session::fill_from(std::string_view xml) {
  VIGIL_ASSIGN(const auto saved, read_saved(xml));
  Node& own = *document_->root_element();
  fill_node(own, *saved->root_element(), schema(own).path);
  return {};
}

// What does not stand in a submission did not apply when it was sent.
void Session::leave_out(Node& node) {
  node.relevant = node.own_relevant = false;
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    leave_out(*child);
}

// The second part of a submission has the structure of the first; what is there beyond it has no
// place.
void Session::fill_rest(Node& node, const Node& saved) {
  const SchemaNode& own = schema(node);
  if (!node.relevant) return note_lost(saved, own.path);
  if (own.leaf) {
    if (node.value().empty()) document_->set_value(node, saved.value());
    return;
  }
  const SavedChildren children = children_by_name(saved);
  for (const SchemaIndex child : own.children) {
    const auto found = children.find(form_->schema[child].name);
    if (form_->schema[child].attribute || found == children.end()) continue;
    std::size_t next = 0;
    each_child_instance(node, child, [&](Node& instance) {
      if (next < found->second.size()) fill_rest(instance, *found->second[next++]);
    });
    for (; next < found->second.size(); ++next)
      note_lost(*found->second[next], form_->schema[child].path);
  }
}

Status Session::open_sent(const SessionOptions& options) {
  sent_ = true;
  VIGIL_TRY(fill_from(*options.sent_xml));
  Node& root = *document_->root_element();
  if (options.sent_restricted_xml.has_value()) {
    VIGIL_ASSIGN(const auto saved, read_saved(*options.sent_restricted_xml));
    fill_rest(root, *saved->root_element());
  }
  register_subtree(root);
  complete_repeats(root);
  begin_operation();
  for (Entry& own : entries_)
    if (own.node != nullptr) own.violation = validity(*own.node);
  return {};
}

}  // namespace vigil::forms
