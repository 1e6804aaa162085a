// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/dependency_cycles.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "forms/xlsform/references.h"

namespace vigil::forms::xlsform {
namespace {

constexpr std::size_t kMostNamed = 12;  // members of a circle that a message tells

class CycleFinder {
 public:
  CycleFinder(const FormModel& model, Problems& problems) : model_(model), problems_(problems) {}

  void find() {
    for_each_node(*model_.root, [&](const SurveyNode& node) {
      index_.emplace(&node, nodes_.size());
      nodes_.push_back(&node);
    });
    edges_.resize(nodes_.size());
    for (std::size_t at = 0; at < nodes_.size(); ++at) add_edges(at);
    walk();
  }

 private:
  void add_edges(std::size_t at) {
    const SurveyNode& node = *nodes_[at];
    // What a group hides has no value.
    if (node.parent != nullptr) edges_[at].push_back(index_.at(node.parent));
    for (const std::string_view name : {"calculate", "relevant"}) {
      // A triggered value is set by an event, not kept up to date.
      if (name == "calculate" && !node.trigger.value.empty()) continue;
      if (const Attribute* attribute = node.bind_attribute(name)) {
        add_references(attribute->value, edges_[at]);
      }
    }
  }

  void add_references(std::string_view text, std::vector<std::size_t>& edges) {
    Surroundings surroundings;
    scan_references(
        text, [&](std::string_view part) { surroundings.read(part); },
        [&](std::string_view reference) {
          if (surroundings.in_predicate() || surroundings.in_indexed_repeat()) return true;
          const auto found = model_.nodes_by_name.find(reference.substr(0, reference.find('/')));
          if (found != model_.nodes_by_name.end() && found->second.size() == 1) {
            edges.push_back(index_.at(found->second.front()));
          }
          return true;
        });
  }

  // Depth first, without recursion: chains of calculations grow as long as the form.
  void walk() {
    enum class Mark : char { kNew, kOpen, kDone };
    std::vector<Mark> marks(nodes_.size(), Mark::kNew);
    struct Frame {
      std::size_t node;
      std::size_t next_edge;
    };
    std::vector<Frame> path;
    for (std::size_t start = 0; start < nodes_.size(); ++start) {
      if (marks[start] != Mark::kNew) continue;
      path.push_back({start, 0});
      marks[start] = Mark::kOpen;
      while (!path.empty()) {
        Frame& frame = path.back();
        if (frame.next_edge == edges_[frame.node].size()) {
          marks[frame.node] = Mark::kDone;
          path.pop_back();
          continue;
        }
        const std::size_t to = edges_[frame.node][frame.next_edge++];
        if (marks[to] == Mark::kNew) {
          marks[to] = Mark::kOpen;
          path.push_back({to, 0});
        } else if (marks[to] == Mark::kOpen) {
          auto from = std::ranges::find(path, to, &Frame::node);
          std::vector<const SurveyNode*> members;
          for (; from != path.end(); ++from) members.push_back(nodes_[from->node]);
          report(members);
        }
      }
    }
  }

  void report(const std::vector<const SurveyNode*>& members) {
    std::string names;
    for (std::size_t at = 0; at < members.size() && at < kMostNamed; ++at) {
      names += members[at]->name + " -> ";
    }
    if (members.size() > kMostNamed) names += "... -> ";
    names += members.front()->name;
    const Attribute* attribute = members.front()->bind_attribute("calculate");
    if (attribute == nullptr) attribute = members.front()->bind_attribute("relevant");
    problems_.expression(
        {"survey", members.front()->row, attribute == nullptr ? "calculation" : attribute->header},
        fmt::format("These depend on each other in a circle: {}.", names));
  }

  const FormModel& model_;
  Problems& problems_;
  std::vector<const SurveyNode*> nodes_;
  std::unordered_map<const SurveyNode*, std::size_t> index_;
  std::vector<std::vector<std::size_t>> edges_;
};

}  // namespace

void report_cycles(const FormModel& model, Problems& problems) {
  CycleFinder(model, problems).find();
}

}  // namespace vigil::forms::xlsform
