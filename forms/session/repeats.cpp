// SPDX-License-Identifier: Apache-2.0
//
// Repeat instances: by count, by hand, by template.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "forms/session/session_state.h"

namespace vigil::forms {

std::size_t Session::instance_count(const Node& parent, SchemaIndex repeat) const {
  std::size_t count = 0;
  each_child_instance(const_cast<Node&>(parent), repeat, [&](Node&) { ++count; });
  return count;
}

const Node* Session::pattern_for(SchemaIndex repeat, std::size_t position) const {
  const SchemaNode& node = form_->schema[repeat];
  if (position <= node.defaults.size()) return node.defaults[position - 1];
  return node.repeat_template;
}

void Session::renumber(Node& parent, SchemaIndex repeat) {
  std::uint32_t position = 0;
  each_child_instance(parent, repeat, [&](Node& node) { entry(node).position = ++position; });
}

Node& Session::add_instance(Node& parent, SchemaIndex repeat, const Node& pattern, Node* last) {
  Node& added = document_->copy(pattern);
  if (last == nullptr) each_child_instance(parent, repeat, [&](Node& node) { last = &node; });
  if (last != nullptr) {
    document_->insert_after(*last, added);
  } else {
    // Before the first of the nodes that come after it in the form.
    Node* next = nullptr;
    bool behind = false;
    for (const SchemaIndex sibling : schema(parent).children) {
      if (behind && next == nullptr && !form_->schema[sibling].attribute)
        next = child_of(parent, form_->schema[sibling]);
      behind = behind || sibling == repeat;
    }
    if (next == nullptr) {
      document_->append(parent, added);
    } else {
      document_->insert_before(*next, added);
    }
  }
  const std::uint32_t position = last == nullptr ? 1 : entry(*last).position + 1;
  register_subtree(added);
  entry(added).position = position;
  complete_repeats(added);
  if (!parent.relevant) apply_relevance(added, false);
  if (entry(parent).readonly) apply_readonly(added, true);
  enqueue_subtree(added);
  enqueue_list(form_->structural[repeat], added);
  enqueue_list(form_->dependents[repeat], added);
  const std::function<void(Node&)> mark = [&](Node& node) {
    if (node.slot == Node::kNoSlot) return;
    mark_changed(node);
    for (const SchemaIndex child : schema(node).children)
      if (form_->schema[child].is_repeat) changed_ranges_.emplace_back(node.slot, child);
    for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
      mark(*child);
  };
  mark(added);
  changed_ranges_.emplace_back(parent.slot, repeat);
  if (events_live_) events_.emplace_back(static_cast<std::uint8_t>(kEventNewRepeat), added.slot);
  return added;
}

// Numbers instances below `node` and gives fixed repeats their one instance.
void Session::complete_repeats(Node& node) {
  if (node.bind == Node::kNoSlot) return;
  for (const SchemaIndex child : schema(node).children) {
    const SchemaNode& own = form_->schema[child];
    if (!own.is_repeat) continue;
    renumber(node, child);
    if (!sent_ && own.fixed && own.repeat_template != nullptr && instance_count(node, child) == 0)
      add_instance(node, child, *own.repeat_template);
  }
  for (Node* child = node.first_child(); child != nullptr; child = child->next_sibling())
    complete_repeats(*child);
}

void Session::remove_instance(Node& node) {
  Node& parent = *node.parent();
  const SchemaIndex repeat = node.bind;
  // What read this instance from outside has to be asked again.
  enqueue_list(form_->structural[repeat], node);
  enqueue_list(form_->dependents[repeat], node);
  std::vector<Node*> behind;
  bool passed = false;
  each_child_instance(parent, repeat, [&](Node& instance) {
    if (passed) behind.push_back(&instance);
    passed = passed || &instance == &node;
  });
  release_subtree(node);
  document_->remove(node);
  renumber(parent, repeat);
  for (const RuleIndex rule : form_->position_rules) {
    const Rule& own = form_->rules[rule];
    const SchemaIndex site =
        own.aspect == Aspect::kCount ? form_->schema[own.target].parent : own.target;
    if (site < repeat || site >= form_->schema[repeat].end) continue;
    for (Node* instance : behind)
      each_instance(*instance, site, [&](Node& at) { enqueue(rule, at); });
  }
  changed_ranges_.emplace_back(parent.slot, repeat);
}

void Session::run_count(const Rule& rule, Node& parent) {
  auto wanted = form_->expressions[rule.expression].evaluate_number(context_of(parent));
  if (!wanted.has_value()) {
    problem(parent, "repeat count", wanted.error());
    return;
  }
  const double number = std::isnan(*wanted) ? 0 : std::floor(*wanted);
  const auto target =
      static_cast<std::size_t>(std::clamp(number, 0.0, static_cast<double>(kMaxRepeatInstances)));
  std::vector<Node*> instances;
  each_child_instance(parent, rule.target, [&](Node& node) { instances.push_back(&node); });
  while (instances.size() > target) {
    std::vector<NodeState> states;
    append_states(*instances.back(), states);
    for (const NodeState& state : states) removed_.push_back(state.ref);
    remove_instance(*instances.back());
    instances.pop_back();
  }
  for (std::size_t position = instances.size() + 1; position <= target; ++position) {
    const Node* pattern = pattern_for(rule.target, position);
    if (pattern == nullptr || entries_.size() > kMaxSessionNodes) return;
    Node* last = instances.empty() ? nullptr : instances.back();
    instances.push_back(&add_instance(parent, rule.target, *pattern, last));
  }
}

Result<Change> Session::add_repeat(std::string_view ref) {
  if (sent_) return was_sent();
  VIGIL_ASSIGN(const Place place, find(ref));
  if (place.range == kNone)
    return fail(ErrorKind::kInvalid, "session.not_a_repeat",
                fmt::format("{} is not a repeat, so no instance can be added.", ref));
  const SchemaNode& repeat = form_->schema[place.range];
  const std::size_t count = instance_count(*place.node, place.range);
  if (repeat.fixed || repeat.rules[static_cast<std::size_t>(Aspect::kCount)] != kNone)
    return fail(ErrorKind::kInvalid, "session.repeat_fixed",
                fmt::format("The form itself decides how many instances {} has.", ref));
  if (!range_relevant(*place.node, place.range))
    return fail(ErrorKind::kInvalid, "session.irrelevant",
                fmt::format("{} does not apply at present.", ref));
  if (count >= kMaxRepeatInstances || entries_.size() > kMaxSessionNodes ||
      repeat.repeat_template == nullptr)
    return fail(ErrorKind::kInvalid, "session.repeat_full",
                fmt::format("{} has as many instances as it can.", ref));
  begin_operation();
  add_instance(*place.node, place.range, *repeat.repeat_template);
  settle();
  return take_change();
}

namespace {

bool same_violation(const std::optional<Violation>& a, const std::optional<Violation>& b) {
  return a.has_value() == b.has_value() &&
         (!a.has_value() || (a->condition == b->condition && a->message == b->message));
}

bool same_choices(const std::vector<Choice>& a, const std::vector<Choice>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Choice& x, const Choice& y) {
    return x.value == y.value && x.label == y.label && x.image == y.image;
  });
}

bool same_state(const NodeState& a, const NodeState& b) {
  return a.value == b.value && a.relevant == b.relevant && a.readonly == b.readonly &&
         a.required == b.required && a.label == b.label && a.hint == b.hint &&
         a.instances == b.instances && same_violation(a.violation, b.violation) &&
         same_choices(a.choices, b.choices);
}

}  // namespace

Result<Change> Session::remove_repeat(std::string_view ref) {
  if (sent_) return was_sent();
  VIGIL_ASSIGN(const Place place, find(ref));
  if (place.range != kNone || !schema(*place.node).is_repeat)
    return fail(ErrorKind::kInvalid, "session.not_a_repeat",
                fmt::format("{} is not an instance of a repeat: say which one, as in "
                            "\"/data/person[2]\".",
                            ref));
  const SchemaIndex index = place.node->bind;
  const SchemaNode& repeat = form_->schema[index];
  if (repeat.fixed || repeat.rules[static_cast<std::size_t>(Aspect::kCount)] != kNone)
    return fail(ErrorKind::kInvalid, "session.repeat_fixed",
                fmt::format("The form itself decides how many instances {} has.", ref));
  begin_operation();
  // Refs behind the gap move up, so what changed is told by comparing refs.
  Node& parent = *place.node->parent();
  std::vector<NodeState> before;
  bool from_here = false;
  each_child_instance(parent, index, [&](Node& node) {
    from_here = from_here || &node == place.node;
    if (from_here) append_states(node, before);
  });
  const std::uint32_t first = entry(*place.node).position;
  remove_instance(*place.node);
  settle();
  std::unordered_map<std::string_view, const NodeState*> old;
  for (const NodeState& state : before) old.emplace(state.ref, &state);
  each_child_instance(parent, index, [&](Node& node) {
    if (entry(node).position < first) return;
    std::vector<NodeState> now;
    append_states(node, now);
    for (const NodeState& state : now) {
      const auto was = old.find(state.ref);
      const bool same = was != old.end() && same_state(*was->second, state);
      if (was != old.end()) old.erase(was);
      const Result<Place> at = find(state.ref);
      if (!at.has_value() || at->range != kNone) {
        if (at.has_value() && !same) changed_ranges_.emplace_back(at->node->slot, at->range);
        continue;
      }
      Entry& own = entry(*at->node);
      if (same) {
        if (own.changed) std::erase(changed_, at->node->slot);
        own.changed = false;
      } else {
        mark_changed(*at->node);
      }
    }
  });
  for (const NodeState& state : before)
    if (old.contains(state.ref)) removed_.push_back(state.ref);
  return take_change();
}

}  // namespace vigil::forms
