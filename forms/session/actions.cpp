// SPDX-License-Identifier: Apache-2.0
//
// setvalue: which nodes, what value, when.
#include "forms/session/session_state.h"
#include "forms/session/value_type.h"

namespace vigil::forms {

// `source` kNone: wherever the action is written (load events); else only those written there, and
// for a new instance of a repeat those of the model that set something in it.
void Session::fire(std::uint8_t event, SchemaIndex source, Node* node) {
  if (source == kNone) {
    for (const Action& action : form_->actions)
      if ((action.events & event) != 0) run_action(action, nullptr);
    return;
  }
  for (const std::uint32_t index : actions_by_source_[source]) {
    if ((form_->actions[index].events & event) == 0) continue;
    run_action(form_->actions[index], node);
    if (node != nullptr && node->slot == Node::kNoSlot) return;
  }
  if (event != kEventNewRepeat) return;
  // Older forms write what a new instance starts with in the model.
  for (const Action& action : form_->actions)
    if (action.source == kNone && (action.events & event) != 0 && action.target != kNone &&
        action.target > source && action.target < form_->schema[source].end)
      run_action(action, node);
}

void Session::run_action(const Action& action, Node* source) {
  if (++actions_run_ > kMaxActionsPerOperation) return;
  if (action.target == kNone) {
    // A ref with predicates or functions: evaluated where the action stands.
    Node* from = source == nullptr ? document_->root_element() : source;
    auto nodes = form_->expressions[action.target_path].evaluate_nodes(context_of(*from), true);
    if (!nodes.has_value() || nodes->empty()) return;
    Node* target = const_cast<Node*>(nodes->front());
    if (target->slot != Node::kNoSlot) perform(action, *target);
    return;
  }
  if (source != nullptr) {
    if (Node* target = nearest(*source, action.target)) perform(action, *target);
    return;
  }
  // On load: every instance there is.
  std::vector<Node*> targets;
  each_instance(*document_->root_element(), action.target,
                [&](Node& node) { targets.push_back(&node); });
  // What does not apply when the form opens gets no first value, as in JavaRosa.
  for (Node* target : targets)
    if (target->relevant) perform(action, *target);
}

void Session::perform(const Action& action, Node& target) {
  if (action.only_where_host_knows || !schema(target).leaf) return;
  std::string value = action.text;
  if (action.value != kNone) {
    auto result = form_->expressions[action.value].evaluate_string(context_of(target));
    if (!result.has_value()) problem(target, "setvalue", result.error());
    value = result.has_value() ? *result : std::string();
  }
  if (value == "NaN") value.clear();
  const DataType type = schema(target).type;
  if (type != DataType::kString) value = computed_value(type, value);
  withheld_.erase(target.slot);
  write_value(target, value);
  drain();
}

}  // namespace vigil::forms
