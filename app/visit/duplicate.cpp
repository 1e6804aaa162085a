// SPDX-License-Identifier: Apache-2.0
#include "app/visit/duplicate.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace vigil::visit {
namespace {

using forms::Change;
using forms::NodeState;
using forms::NodeType;

// Several changes as one: each node once, as it is in the end.
class Changes {
 public:
  void add(Change change) {
    for (std::string& ref : change.removed) all_.removed.push_back(std::move(ref));
    for (NodeState& node : change.changed) {
      const auto [place, fresh] = places_.emplace(node.ref, all_.changed.size());
      if (fresh) {
        all_.changed.push_back(std::move(node));
      } else {
        all_.changed[place->second] = std::move(node);
      }
    }
  }
  Change take() { return std::move(all_); }

 private:
  Change all_;
  std::unordered_map<std::string, std::size_t> places_;
};

// What is written in words names one thing or tells of it: the number of a cell, what was seen in
// it.
bool can_be_copied(const NodeState& node) {
  const bool asked = node.type == NodeType::kQuestion || node.type == NodeType::kTrigger;
  const bool words = node.control == "input" && node.value_type == "string";
  return asked && !words && node.relevant && !node.readonly && node.control != "upload";
}

}  // namespace

Result<Change> duplicate_last_instance(forms::FormSession& session, std::string_view range_ref) {
  VIGIL_ASSIGN(const NodeState range, session.node(range_ref));
  if (range.type != NodeType::kRepeatRange || range.instances == 0) {
    return fail(ErrorKind::kInvalid, "visit.nothing_to_copy",
                "There is nothing yet that another one could be like.");
  }
  const std::string from = fmt::format("{}[{}]", range_ref, range.instances);
  const std::string to = fmt::format("{}[{}]", range_ref, range.instances + 1);
  std::vector<NodeState> wanted = session.state();
  std::erase_if(wanted, [&](const NodeState& node) { return !node.ref.starts_with(from + "/"); });
  Changes changes;
  VIGIL_ASSIGN(Change added, session.add_repeat(range_ref));
  changes.add(std::move(added));
  for (const NodeState& node : wanted) {
    const std::string ref = to + node.ref.substr(from.size());
    const auto there = session.node(ref);
    if (!there) continue;
    if (node.type == NodeType::kRepeatRange && !node.repeat_count_fixed) {
      for (int count = there->instances; count < node.instances; ++count) {
        VIGIL_ASSIGN(Change inner, session.add_repeat(ref));
        changes.add(std::move(inner));
      }
    } else if (can_be_copied(node) && node.value != there->value) {
      auto set = session.set(ref, node.value);
      if (set) changes.add(std::move(*set));
    }
  }
  return changes.take();
}

}  // namespace vigil::visit
