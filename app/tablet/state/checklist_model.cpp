// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/checklist_model.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "app/tablet/state/question_model.h"
#include "app/ui/utf8.h"
#include "app/visit/sources.h"

namespace vigil::tablet {
namespace {

using forms::NodeState;
using forms::NodeType;

bool lies_in(std::string_view ref, std::string_view ancestor) {
  return ref.starts_with(ancestor) && ref.size() > ancestor.size() &&
         (ref[ancestor.size()] == '/' || ref[ancestor.size()] == '[');
}

bool is_drawn(const NodeState& node) {
  return node.type == NodeType::kQuestion || node.type == NodeType::kTrigger ||
         node.type == NodeType::kNote || node.type == NodeType::kSources;
}

bool is_asked(const NodeState& node) {
  return (node.type == NodeType::kQuestion || node.type == NodeType::kTrigger) && !node.readonly;
}

// Nodes [first, last) of one section.
struct Section {
  std::size_t first = 0;
  std::size_t last = 0;
  std::string key;
  std::string title;
  bool general = false;  // of questions that stand outside of groups
};

std::string last_name(std::string_view ref) {
  return std::string(ref.substr(ref.rfind('/') + 1));
}

bool holds_something(const std::vector<NodeState>& nodes, const Section& section) {
  for (std::size_t index = section.first; index < section.last; ++index) {
    const bool repeats = nodes[index].type == NodeType::kRepeatRange;
    if (nodes[index].relevant && (is_drawn(nodes[index]) || repeats)) return true;
  }
  return false;
}

// Top groups and top repeats are sections; questions beside them go into a section of their own.
std::vector<Section> sections_of(const std::vector<NodeState>& nodes, const words::Words& words) {
  std::vector<Section> sections;
  if (nodes.empty()) return sections;
  for (std::size_t index = 1; index < nodes.size();) {
    const NodeState& node = nodes[index];
    std::size_t end = index + 1;
    while (end < nodes.size() && lies_in(nodes[end].ref, node.ref)) ++end;
    const bool own = node.type == NodeType::kGroup || node.type == NodeType::kRepeatRange;
    if (own) {
      std::string title = node.label.empty() ? last_name(node.ref) : node.label;
      if (node.type == NodeType::kRepeatRange) title += fmt::format(" · {}", node.instances);
      sections.push_back({index, end, last_name(node.ref), std::move(title), false});
    } else if (sections.empty() || sections.back().last != index || !sections.back().general) {
      sections.push_back({index, end, fmt::format("general{}", sections.size()),
                          std::string(words("General")), true});
    } else {
      sections.back().last = end;
    }
    index = end;
  }
  std::erase_if(sections, [&](const Section& section) {
    const NodeState& first = nodes[section.first];
    const bool hidden = !section.general && !first.relevant;
    return hidden || !holds_something(nodes, section);
  });
  int general = 0;
  for (Section& section : sections) {
    if (!section.general) continue;
    if (++general > 1) section.title += fmt::format(" {}", general);
  }
  return sections;
}

struct Count {
  int answered = 0;
  int asked = 0;
  bool to_mend = false;
};

// As visit::Checklist::progress() counts: a question per source counts once.
Count count(const ChecklistInput& input, std::size_t first, std::size_t last) {
  Count count;
  std::string sources;
  bool sources_answered = false;
  for (std::size_t index = first; index < last; ++index) {
    const NodeState& node = input.nodes[index];
    if (!node.relevant) continue;
    if (node.type == NodeType::kSources) {
      sources = node.ref;
      sources_answered = false;
      ++count.asked;
      continue;
    }
    if (!is_asked(node)) continue;
    const bool wrong =
        node.violation && node.violation->condition == forms::ViolatedCondition::kConstraint;
    if (wrong || input.unstored.contains(node.ref)) count.to_mend = true;
    const bool in_sources = !sources.empty() && node.parent_ref == sources;
    if (in_sources) {
      if (!node.value.empty() && !sources_answered) {
        sources_answered = true;
        ++count.answered;
      }
    } else {
      ++count.asked;
      if (!node.value.empty()) ++count.answered;
    }
  }
  return count;
}

// Of a repeat, so many are found without help.
constexpr int kInstancesInSight = 3;

class BlockBuilder {
 public:
  BlockBuilder(const ChecklistInput& input, std::vector<Block>& blocks)
      : input_(input), blocks_(blocks), mismatches_(visit::find_mismatches(input.nodes)) {}

  void build(const Section& section) {
    for (std::size_t index = section.first; index < section.last; ++index) {
      const NodeState& node = input_.nodes[index];
      close_ranges(node.ref);
      if (node.type == NodeType::kSources) sources_ = node.ref;
      if (!node.relevant) continue;
      add(node, index, index == section.first);
    }
    close_ranges("");
  }

 private:
  // A range whose instances have all been shown gets its button behind them.
  void close_ranges(std::string_view next_ref) {
    while (!open_ranges_.empty() && !lies_in(next_ref, open_ranges_.back()->ref)) {
      const NodeState& range = *open_ranges_.back();
      open_ranges_.pop_back();
      if (!range.repeat_count_fixed) {
        const std::string name = range.label.empty() ? last_name(range.ref) : range.label;
        blocks_.emplace_back(RepeatAdd{
            range.ref, words::fill(input_.words("Add: {0}"), {name}),
            range.instances > 0 ? words::fill(input_.words("Another like the last: {0}"),
                                              {fmt::format("{} {}", name, range.instances)})
                                : std::string()});
      }
    }
  }

  void add(const NodeState& node, std::size_t index, bool is_section) {
    switch (node.type) {
      case NodeType::kGroup:
        if (!is_section && !node.label.empty())
          blocks_.emplace_back(GroupHeading{node.ref, node.label});
        return;
      case NodeType::kRepeatRange:
        open_ranges_.push_back(&node);
        if (node.instances > kInstancesInSight) {
          blocks_.emplace_back(RepeatIndex{
              node.ref, node.label.empty() ? last_name(node.ref) : node.label, node.instances});
        }
        return;
      case NodeType::kRepeatInstance:
        return add_instance(node);
      case NodeType::kSources:
        blocks_.emplace_back(sources_card(input_, index, mismatches_));
        return;
      case NodeType::kQuestion:
      case NodeType::kTrigger:
      case NodeType::kNote:
        if (!in_sources(node)) blocks_.emplace_back(question_card(input_, node));
        return;
      case NodeType::kModelOnly:
        return;
    }
  }

  void add_instance(const NodeState& node) {
    const NodeState* const range = open_ranges_.empty() ? nullptr : open_ranges_.back();
    const auto bracket = node.ref.rfind('[');
    const std::string number = node.ref.substr(bracket + 1, node.ref.size() - bracket - 2);
    const std::string name = range == nullptr || range->label.empty()
                                 ? (node.label.empty() ? last_name(node.parent_ref) : node.label)
                                 : range->label;
    const bool fixed = range != nullptr && range->repeat_count_fixed;
    blocks_.emplace_back(RepeatHeading{node.ref, fmt::format("{} {}", name, number), !fixed});
  }

  // Parents come first, so the last group of sources is the only one that may hold it.
  [[nodiscard]] bool in_sources(const NodeState& node) const {
    return !sources_.empty() && node.parent_ref == sources_;
  }

  const ChecklistInput& input_;
  std::vector<Block>& blocks_;
  std::vector<visit::Mismatch> mismatches_;
  std::vector<const NodeState*> open_ranges_;
  std::string_view sources_;  // ref of the last group of sources
};

// A rail longer than this is read by nobody: then another word is wanted.
constexpr std::size_t kMostFound = 40;

// All words of the search, in any order, in a question or in its hint.
bool has_words(const NodeState& node, std::string_view search) {
  const std::string text = node.label + " " + node.hint;
  std::istringstream words{std::string(search)};
  for (std::string word; words >> word;) {
    if (!ui::holds_folded(text, word)) return false;
  }
  return true;
}

void find_questions(const ChecklistInput& input, const std::vector<Section>& sections,
                    ChecklistModel& model) {
  model.search = input.search;
  if (input.search.find_first_not_of(' ') == std::string_view::npos) return;
  for (const Section& section : sections) {
    std::string_view sources;
    for (std::size_t index = section.first; index < section.last; ++index) {
      const NodeState& node = input.nodes[index];
      if (node.type == NodeType::kSources) sources = node.ref;
      const bool cell = !sources.empty() && node.parent_ref == sources;
      if (!node.relevant || !is_drawn(node) || cell || node.label.empty()) continue;
      if (!has_words(node, input.search)) continue;
      if (model.found.size() == kMostFound) {
        model.more_found = true;
        return;
      }
      model.found.push_back(
          {node.ref, visit::label_with_place(input.nodes, node.ref, node.label), section.title});
    }
  }
}

}  // namespace

ChecklistModel checklist_model(const ChecklistInput& input) {
  ChecklistModel model;
  const std::vector<Section> sections = sections_of(input.nodes, input.words);
  for (const Section& section : sections) {
    const Count counted = count(input, section.first, section.last);
    model.answered += counted.answered;
    model.asked += counted.asked;
    model.sections.push_back(
        {section.key, section.title, counted.answered, counted.asked, counted.to_mend});
  }
  model.to_mend = static_cast<int>(refs_to_mend(input).size());
  model.mismatches = static_cast<int>(refs_with_mismatch(input).size());
  model.later = static_cast<int>(refs_for_later(input).size());
  model.unsaved =
      std::ranges::any_of(input.unstored, [](const auto& typed) { return typed.second.storage; });
  find_questions(input, sections, model);
  if (sections.empty()) return model;
  model.section = std::min(input.section, sections.size() - 1);
  model.last_section = model.section + 1 == sections.size();
  BlockBuilder(input, model.blocks).build(sections[model.section]);
  return model;
}

std::size_t section_of(const ChecklistInput& input, std::string_view ref) {
  const std::vector<Section> sections = sections_of(input.nodes, input.words);
  for (std::size_t number = 0; number < sections.size(); ++number) {
    for (std::size_t index = sections[number].first; index < sections[number].last; ++index) {
      if (input.nodes[index].ref == ref) return number;
    }
  }
  return 0;
}

std::vector<std::string> refs_to_mend(const ChecklistInput& input) {
  std::vector<std::string> refs;
  for (const NodeState& node : input.nodes) {
    if (!node.relevant) continue;
    const bool wrong =
        node.violation && node.violation->condition == forms::ViolatedCondition::kConstraint;
    if (wrong || input.unstored.contains(node.ref)) refs.push_back(card_ref(input.nodes, node.ref));
  }
  return refs;
}

std::vector<std::string> refs_with_mismatch(const ChecklistInput& input) {
  std::vector<std::string> refs;
  for (const visit::Mismatch& mismatch : visit::find_mismatches(input.nodes)) {
    refs.push_back(mismatch.ref);
  }
  return refs;
}

std::vector<std::string> refs_for_later(const ChecklistInput& input) {
  std::vector<std::string> refs;
  for (const NodeState& node : input.nodes) {
    if (!node.relevant) continue;
    const bool later = std::ranges::any_of(input.flags, [&](const vault::Flag& flag) {
      return flag.kind == vault::FlagKind::kLater && flag.ref == node.ref;
    });
    if (later) refs.push_back(node.ref);
  }
  return refs;
}

std::string card_ref(const std::vector<NodeState>& nodes, std::string_view ref) {
  const auto node = std::ranges::find(nodes, ref, &NodeState::ref);
  if (node == nodes.end()) return std::string(ref);
  const auto parent = std::ranges::find(nodes, node->parent_ref, &NodeState::ref);
  const bool cell = parent != nodes.end() && parent->type == NodeType::kSources;
  return cell ? parent->ref : std::string(ref);
}

}  // namespace vigil::tablet
