// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/visit_text.h"

#include <algorithm>

#include "app/ctl/command.h"
#include "app/ctl/shown.h"
#include "app/visit/sources.h"

namespace vigil::ctl {
namespace {

std::string indent_of(const std::string& ref) {
  const auto depth = std::count(ref.begin(), ref.end(), '/');
  return std::string(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, depth - 2)) * 2, ' ');
}

// A note of several lines stays under its question.
std::string indented(const std::string& text, const std::string& indent) {
  std::string lines;
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += indent + "  | ";
  }
  return lines;
}

bool is_shown(const forms::NodeState& node) {
  if (!node.relevant || node.label.empty()) return false;
  switch (node.type) {
    case forms::NodeType::kQuestion:
    case forms::NodeType::kTrigger:
      return !node.value.empty();
    case forms::NodeType::kNote:
    case forms::NodeType::kGroup:
    case forms::NodeType::kSources:
    case forms::NodeType::kRepeatInstance:
      return true;
    case forms::NodeType::kRepeatRange:
    case forms::NodeType::kModelOnly:
      return false;
  }
  return false;
}

}  // namespace

namespace {

std::string in_words(const std::vector<forms::NodeState>& state, const forms::NodeState& node) {
  return visit::label_with_place(state, node.ref, visit::label_in_table(state, node));
}

// A team that was sent away seals what it has: nobody shall take such an answer for a checked one.
std::string broken_rules_text(const std::vector<forms::NodeState>& state,
                              const words::Words& words) {
  std::string text;
  for (const forms::NodeState& node : state) {
    if (!breaks_rule(node)) continue;
    text += "  " + one_line(in_words(state, node)) + ": " + one_line(shown_value(words, node));
    if (!node.violation->message.empty()) text += "\n    " + one_line(node.violation->message);
    text += '\n';
  }
  if (text.empty()) return text;
  return "\n" + std::string(words("These answers contradict the form's own rules.")) + "\n" + text;
}

Json broken_rules_json(const std::vector<forms::NodeState>& state) {
  Json::List list;
  for (const forms::NodeState& node : state) {
    if (!breaks_rule(node)) continue;
    list.emplace_back(Json::Object{{"ref", node.ref},
                                   {"label", in_words(state, node)},
                                   {"value", node.value},
                                   {"message", node.violation->message}});
  }
  return list;
}

}  // namespace

bool breaks_rule(const forms::NodeState& node) {
  return node.relevant && node.violation &&
         node.violation->condition == forms::ViolatedCondition::kConstraint;
}

std::string checklist_text(const std::vector<forms::NodeState>& state, const words::Words& words) {
  std::string text;
  for (const forms::NodeState& node : state) {
    if (!is_shown(node)) continue;
    text += indent_of(node.ref) + node.label;
    if (!node.value.empty()) text += ": " + indented(shown_value(words, node), indent_of(node.ref));
    text += '\n';
  }
  const auto mismatches = visit::find_mismatches(state);
  if (!mismatches.empty()) text += "\n" + std::string(words("Sources disagree")) + ":\n";
  for (const visit::Mismatch& mismatch : mismatches) {
    text += "  " + mismatch.label + "\n    ";
    for (std::size_t i = 0; i < mismatch.answers.size(); ++i) {
      const visit::SourceAnswer& answer = mismatch.answers[i];
      text += (i > 0 ? ", " : "") + answer.source_label + ": " + answer.value_label;
    }
    text += '\n';
  }
  return text + broken_rules_text(state, words);
}

Json flags_json(const std::vector<vault::Flag>& flags) {
  Json::List list;
  for (const vault::Flag& flag : flags)
    list.emplace_back(Json::Object{
        {"ref", flag.ref}, {"kind", vault::to_string(flag.kind)}, {"text", flag.text}});
  return list;
}

std::string flags_text(const std::vector<vault::Flag>& flags,
                       const std::vector<forms::NodeState>& state, const words::Words& words) {
  std::string text;
  for (const vault::Flag& flag : flags) {
    const auto node = std::ranges::find(state, flag.ref, &forms::NodeState::ref);
    const std::string about = node == state.end() ? flag.ref : visit::label_in_table(state, *node);
    const std::string said = flag.text == kUrgentText ? "" : one_line(flag.text);
    text += "  " + shown_mark(words, flag) + ", " + one_line(about) +
            (said.empty() ? "" : ": " + said) + "\n";
  }
  return text;
}

Json checklist_json(const std::vector<forms::NodeState>& state,
                    const std::vector<vault::Flag>& flags) {
  Json::List answers;
  for (const forms::NodeState& node : state) {
    if (!visit::holds_value(node) || !node.relevant || node.value.empty()) continue;
    answers.emplace_back(Json::Object{{"ref", node.ref},
                                      {"label", visit::label_in_table(state, node)},
                                      {"value", node.value},
                                      {"value_label", visit::value_label(node)},
                                      {"sensitivity", std::int64_t{node.sensitivity}}});
  }
  Json::List mismatches;
  for (const visit::Mismatch& mismatch : visit::find_mismatches(state)) {
    Json::List sources;
    for (const visit::SourceAnswer& answer : mismatch.answers)
      sources.emplace_back(Json::Object{{"source", answer.source}, {"value", answer.value}});
    mismatches.emplace_back(Json::Object{
        {"ref", mismatch.ref}, {"label", mismatch.label}, {"answers", std::move(sources)}});
  }
  return Json::Object{{"answers", std::move(answers)},
                      {"mismatches", std::move(mismatches)},
                      {"wrong", broken_rules_json(state)},
                      {"flags", flags_json(flags)}};
}

void add_team(Json::Object& object, const vault::Team& team) {
  object.emplace_back("team", std::int64_t{team.persons});
  Json::List tasks;
  for (const std::string& task : team.tasks) tasks.emplace_back(task);
  object.emplace_back("tasks", std::move(tasks));
}

}  // namespace vigil::ctl
