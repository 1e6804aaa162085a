// SPDX-License-Identifier: Apache-2.0
#include "app/visit/sources.h"

#include <algorithm>

namespace vigil::visit {

bool counts_as_statement(std::string_view value) {
  return !value.empty() && value != "not_seen" && value != "not_applicable";
}

bool holds_value(const forms::NodeState& node) {
  return node.type == forms::NodeType::kQuestion || node.type == forms::NodeType::kTrigger ||
         node.type == forms::NodeType::kModelOnly;
}

std::string value_label(const forms::NodeState& node) {
  if (node.choices.empty()) return node.value;
  std::string labels;
  std::string_view rest = node.value;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view value = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto choice = std::find_if(node.choices.begin(), node.choices.end(),
                                     [&](const forms::Choice& c) { return c.value == value; });
    if (!labels.empty()) labels += ", ";
    labels +=
        choice == node.choices.end() || choice->label.empty() ? std::string(value) : choice->label;
  }
  return labels;
}

std::string label_in_table(const std::vector<forms::NodeState>& state,
                           const forms::NodeState& node) {
  const auto group = std::ranges::find(state, node.parent_ref, &forms::NodeState::ref);
  if (group != state.end() && group->type == forms::NodeType::kSources)
    return group->label + " (" + node.label + ")";
  return node.label.empty() ? node.ref.substr(node.ref.rfind('/') + 1) : node.label;
}

std::string label_with_place(const std::vector<forms::NodeState>& state, std::string_view ref,
                             const std::string& label) {
  std::string place;
  for (std::size_t open = ref.find('['); open != std::string_view::npos;
       open = ref.find('[', open + 1)) {
    const std::size_t close = ref.find(']', open);
    if (close == std::string_view::npos) break;
    const std::string_view range_ref = ref.substr(0, open);
    const auto range = std::ranges::find(state, range_ref, &forms::NodeState::ref);
    const bool named = range != state.end() && !range->label.empty();
    if (!place.empty()) place += ", ";
    place += named ? range->label : std::string(range_ref.substr(range_ref.rfind('/') + 1));
    place += ' ';
    place += ref.substr(open + 1, close - open - 1);
  }
  return place.empty() ? label : place + ": " + label;
}

std::vector<Mismatch> find_mismatches(const std::vector<forms::NodeState>& state) {
  std::vector<Mismatch> mismatches;
  for (std::size_t i = 0; i < state.size(); ++i) {
    const forms::NodeState& group = state[i];
    if (group.type != forms::NodeType::kSources || !group.relevant) continue;
    Mismatch found{group.ref, group.label, {}};
    for (std::size_t k = i + 1; k < state.size() && state[k].parent_ref == group.ref; ++k) {
      const forms::NodeState& cell = state[k];
      if (!cell.relevant || !counts_as_statement(cell.value)) continue;
      found.answers.push_back(
          {cell.ref.substr(cell.ref.rfind('/') + 1), cell.label, cell.value, value_label(cell)});
    }
    const bool differ = std::any_of(
        found.answers.begin(), found.answers.end(),
        [&](const SourceAnswer& answer) { return answer.value != found.answers.front().value; });
    if (differ) mismatches.push_back(std::move(found));
  }
  return mismatches;
}

}  // namespace vigil::visit
