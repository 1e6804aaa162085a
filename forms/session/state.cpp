// SPDX-License-Identifier: Apache-2.0
//
// What a client sees of a node, and what an operation changed.
#include <algorithm>

#include "forms/session/session_state.h"

namespace vigil::forms {

void Session::describe_control(const SchemaNode& node, const Node& context, bool repeat,
                               NodeState& state) const {
  for (const std::uint32_t index : {node.control, node.repeat_control}) {
    if (index == kNone || (index == node.repeat_control && !repeat)) continue;
    const Control& control = form_->controls[index];
    state.control = control.element;
    if (std::string label = text_of(control.label, TextForm::kPlain, context, decimal_mark_);
        !label.empty())
      state.label = std::move(label);
    if (control.hint.kind != TextSource::Kind::kNothing) {
      state.hint = text_of(control.hint, TextForm::kPlain, context, decimal_mark_);
      state.guidance = text_of(control.hint, TextForm::kGuidance, context, decimal_mark_);
    }
    for (const std::string& appearance : control.appearances)
      if (std::find(state.appearances.begin(), state.appearances.end(), appearance) ==
          state.appearances.end())
        state.appearances.push_back(appearance);
    state.parameters.insert(state.parameters.end(), control.parameters.begin(),
                            control.parameters.end());
    constexpr std::pair<TextForm, const char*> kMedia[] = {{TextForm::kImage, "image"},
                                                           {TextForm::kBigImage, "big-image"},
                                                           {TextForm::kAudio, "audio"},
                                                           {TextForm::kVideo, "video"}};
    if (control.label.kind == TextSource::Kind::kItext)
      for (const auto& [form, name] : kMedia)
        if (std::string file = text_of(control.label, form, context); !file.empty())
          state.parameters.emplace_back(name, std::move(file));
  }
}

std::optional<Violation> Session::violation_of(const Node& node, std::uint8_t kind) const {
  if (kind == 0) return std::nullopt;
  const SchemaNode& own = schema(node);
  const bool constraint = kind == 1;
  return Violation{constraint ? ViolatedCondition::kConstraint : ViolatedCondition::kRequired,
                   text_of(constraint ? own.constraint_message : own.required_message,
                           TextForm::kPlain, node, decimal_mark_)};
}

NodeState Session::state_of(const Node& node) const {
  const SchemaNode& own = schema(node);
  const Entry& known = entry(node);
  NodeState state;
  state.ref = ref_of(node);
  if (node.parent() != nullptr && node.parent()->slot != Node::kNoSlot)
    state.parent_ref =
        own.is_repeat ? range_ref(*node.parent(), node.bind) : ref_of(*node.parent());
  state.relevant = node.relevant;
  state.readonly = known.readonly;
  state.required = known.required;
  state.sensitivity = own.sensitivity;
  state.standard = own.standard;
  state.limit = own.limit;
  describe_control(own, node, own.is_repeat, state);
  if (own.is_repeat) {
    state.type = NodeType::kRepeatInstance;
    return state;
  }
  if (!own.leaf) {
    const bool sources = own.control != kNone && form_->controls[own.control].sources;
    state.type = sources ? NodeType::kSources : NodeType::kGroup;
    return state;
  }
  state.value_type = own.type_name;
  if (node.relevant) state.value = node.value();
  state.violation = violation_of(node, known.violation);
  if (own.control == kNone) {
    state.type = NodeType::kModelOnly;
    return state;
  }
  const Control& control = form_->controls[own.control];
  if (control.element == "trigger") {
    state.type = NodeType::kTrigger;
  } else if (control.element == "group") {
    state.type = NodeType::kGroup;
  } else {
    const bool note = control.element == "input" && own.readonly_always &&
                      own.type == DataType::kString &&
                      own.rules[static_cast<std::size_t>(Aspect::kCalculate)] == kNone;
    state.type = note ? NodeType::kNote : NodeType::kQuestion;
  }
  if (control.offers_choices()) state.choices = choices_of(node);
  return state;
}

// A repeat applies where one of its instances does, or, having none, where a new one would.
bool Session::range_relevant(const Node& parent, SchemaIndex repeat) const {
  const SchemaNode& own = form_->schema[repeat];
  if (!parent.relevant || own.relevant_at_parent == kNone) return parent.relevant;
  bool any = false;
  bool relevant = false;
  each_child_instance(const_cast<Node&>(parent), repeat, [&](Node& node) {
    any = true;
    relevant = relevant || node.relevant;
  });
  if (any) return relevant;
  return form_->expressions[own.relevant_at_parent]
      .evaluate_boolean(context_of(parent))
      .value_or(true);
}

NodeState Session::state_of_range(const Node& parent, SchemaIndex repeat) const {
  const SchemaNode& own = form_->schema[repeat];
  NodeState state;
  state.type = NodeType::kRepeatRange;
  state.ref = range_ref(parent, repeat);
  state.parent_ref = ref_of(parent);
  state.relevant = range_relevant(parent, repeat);
  state.readonly = entry(parent).readonly;
  state.instances = static_cast<int>(instance_count(parent, repeat));
  state.repeat_count_fixed =
      own.fixed || own.rules[static_cast<std::size_t>(Aspect::kCount)] != kNone;
  state.sensitivity = own.sensitivity;
  describe_control(own, parent, true, state);
  return state;
}

void Session::append_states(const Node& node, std::vector<NodeState>& out) const {
  if (node.slot == Node::kNoSlot) return;
  out.push_back(state_of(node));
  for (const SchemaIndex child : schema(node).children) {
    const SchemaNode& own = form_->schema[child];
    if (own.attribute) continue;
    if (own.is_repeat) out.push_back(state_of_range(node, child));
    each_child_instance(const_cast<Node&>(node), child,
                        [&](Node& instance) { append_states(instance, out); });
  }
}

std::vector<NodeState> Session::state() const {
  std::vector<NodeState> out;
  append_states(*document_->root_element(), out);
  return out;
}

Result<NodeState> Session::node(std::string_view ref) const {
  VIGIL_ASSIGN(const Place place, find(ref));
  return place.range == kNone ? state_of(*place.node) : state_of_range(*place.node, place.range);
}

std::vector<NodeState> Session::violations() const {
  std::vector<const Node*> broken;
  for (const Entry& own : entries_)
    if (own.node != nullptr && own.violation != 0) broken.push_back(own.node);
  std::sort(broken.begin(), broken.end(),
            [&](const Node* a, const Node* b) { return order_key(*a) < order_key(*b); });
  std::vector<NodeState> out;
  out.reserve(broken.size());
  for (const Node* node : broken) out.push_back(state_of(*node));
  return out;
}

void Session::begin_operation() {
  evaluations_ = 0;
  actions_run_ = 0;
  first_problem_.reset();
}

void Session::forget_changes() {
  for (const std::uint32_t slot : changed_) entries_[slot].changed = false;
  changed_.clear();
  changed_ranges_.clear();
  removed_.clear();
}

Change Session::take_change() {
  struct Shown {
    OrderKey key;
    const Node* node;
    SchemaIndex range;
  };
  std::vector<Shown> places;
  places.reserve(changed_.size() + changed_ranges_.size());
  for (const std::uint32_t slot : changed_) {
    Entry& own = entries_[slot];
    if (own.node == nullptr || !own.changed) continue;
    own.changed = false;
    if (!schema(*own.node).attribute) places.push_back({order_key(*own.node), own.node, kNone});
  }
  for (const auto& [slot, repeat] : changed_ranges_) {
    const Node* parent = entries_[slot].node;
    if (parent == nullptr || form_->schema[repeat].parent != parent->bind) continue;
    OrderKey key = order_key(*parent);
    // Before its first instance.
    key.back() = repeat;
    key.push_back(0);
    places.push_back({std::move(key), parent, repeat});
  }
  changed_.clear();
  changed_ranges_.clear();
  std::sort(places.begin(), places.end(),
            [](const Shown& a, const Shown& b) { return a.key < b.key; });
  Change change;
  change.changed.reserve(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Shown& place = places[i];
    if (i > 0 && places[i - 1].node == place.node && places[i - 1].range == place.range) continue;
    change.changed.push_back(place.range == kNone ? state_of(*place.node)
                                                  : state_of_range(*place.node, place.range));
  }
  change.removed = std::move(removed_);
  removed_.clear();
  return change;
}

}  // namespace vigil::forms
