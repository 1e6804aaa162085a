// SPDX-License-Identifier: Apache-2.0
#include "forms/xform/sensitivity.h"

#include <algorithm>

#include <fmt/format.h>

namespace vigil::forms {
namespace {

constexpr int kRestrictedSensitivity = 3;  // medical or identifying: docs/form-author.md

// The value of `to` is made from the value of `from`.
struct Made {
  SchemaIndex from = kNone;
  SchemaIndex to = kNone;
};

class Follower {
 public:
  Follower(const ReadFinder& finder, const Form& form) : finder_(finder), form_(form) {}

  void follow_rule(const Rule& rule, const std::vector<Read>& reads) {
    if (rule.aspect == Aspect::kCalculate) {
      note(rule.target, reads);
      std::vector<Read> saved;
      finder_.append_last_saved(rule.target, form_.expressions[rule.expression], saved);
      note(rule.target, saved);
    } else if (rule.aspect == Aspect::kChoices) {
      follow_choices(rule.target, reads);
    }
  }

  // A value set by an action is made from what it reads; that it is set tells that the question
  // which sets it was answered.
  void follow_action(const Action& action) {
    for (const SchemaIndex target : targets_of(action)) {
      if (action.source != kNone && (action.events & kEventValueChanged) != 0)
        made_.push_back({action.source, target});
      if (action.value == kNone) continue;
      std::vector<Read> reads;
      finder_.append(target, form_.expressions[action.value], reads);
      finder_.append_last_saved(target, form_.expressions[action.value], reads);
      note(target, reads);
    }
  }

  void spread(std::vector<SchemaNode>& schema) const {
    // Edges by their start; a level rises at most three times, so each is walked four times at
    // most.
    std::vector<std::uint32_t> first(schema.size() + 1, 0);
    for (const Made& edge : made_) ++first[edge.from + 1];
    for (std::size_t at = 1; at < first.size(); ++at) first[at] += first[at - 1];
    std::vector<SchemaIndex> targets(made_.size());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const Made& edge : made_) targets[next[edge.from]++] = edge.to;
    std::vector<SchemaIndex> risen;
    for (SchemaIndex index = 0; index < schema.size(); ++index)
      if (first[index] != first[index + 1]) risen.push_back(index);
    while (!risen.empty()) {
      const SchemaIndex from = risen.back();
      risen.pop_back();
      const int level = schema[from].sensitivity;
      for (std::uint32_t at = first[from]; at < first[from + 1]; ++at) {
        SchemaNode& target = schema[targets[at]];
        if (level <= target.sensitivity) continue;
        if (target.sensitivity_stated && level < kRestrictedSensitivity) continue;
        target.sensitivity = level;
        risen.push_back(targets[at]);
      }
    }
  }

 private:
  void note(SchemaIndex target, const std::vector<Read>& reads) {
    for (const Read& read : reads) made_.push_back({read.node, target});
  }

  // An answer chosen from answers is a copy of one.
  void follow_choices(SchemaIndex target, const std::vector<Read>& reads) {
    const Itemset& itemset = form_.itemsets[form_.controls[form_.schema[target].control].itemset];
    if (itemset.in_answers) note(target, reads);
    std::vector<Read> items;
    finder_.append_last_saved(target, form_.expressions[itemset.nodes], items);
    note(target, items);
    for (const Read& item : items) {
      std::vector<Read> values;
      finder_.append(item.node, form_.expressions[itemset.value], values);
      note(target, values);
    }
  }

  [[nodiscard]] std::vector<SchemaIndex> targets_of(const Action& action) const {
    if (action.target != kNone) return {action.target};
    std::vector<Read> found;
    finder_.append(action.source == kNone ? 0 : action.source,
                   form_.expressions[action.target_path], found);
    std::vector<SchemaIndex> targets;
    for (const Read& read : found) targets.push_back(read.node);
    return targets;
  }

  const ReadFinder& finder_;
  const Form& form_;
  std::vector<Made> made_;
};

}  // namespace

void spread_sensitivity(const std::vector<Rule>& rules, const std::vector<std::vector<Read>>& reads,
                        const ReadFinder& finder, Form& form) {
  Follower follower(finder, form);
  for (std::size_t at = 0; at < rules.size(); ++at) follower.follow_rule(rules[at], reads[at]);
  for (const Action& action : form.actions) follower.follow_action(action);
  follower.spread(form.schema);
  for (std::size_t at = 0; at < rules.size(); ++at) {
    const SchemaNode& target = form.schema[rules[at].target];
    if (rules[at].aspect != Aspect::kRelevant || target.sensitivity >= kRestrictedSensitivity)
      continue;
    const bool restricted =
        std::any_of(reads[at].begin(), reads[at].end(), [&form](const Read& read) {
          return form.schema[read.node].sensitivity >= kRestrictedSensitivity;
        });
    if (restricted)
      form.warnings_.push_back(fmt::format(
          "{} is asked only because of a restricted answer, so having asked it tells that answer: "
          "give it vigil::sensitivity 3.",
          target.path));
  }
}

}  // namespace vigil::forms
