// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/visit_text.h"
#include "app/visit/checklist.h"
#include "app/visit/instance.h"
#include "app/visit/sources.h"
#include "core/base/language.h"
#include "core/crypto/secret_bytes.h"

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

std::string checklist_text(const std::vector<forms::NodeState>& state) {
  std::string text;
  for (const forms::NodeState& node : state) {
    if (!is_shown(node)) continue;
    text += indent_of(node.ref) + node.label;
    if (!node.value.empty()) text += ": " + indented(visit::value_label(node), indent_of(node.ref));
    text += '\n';
  }
  const auto mismatches = visit::find_mismatches(state);
  if (!mismatches.empty()) text += "\nSources disagree:\n";
  for (const visit::Mismatch& mismatch : mismatches) {
    text += "  " + mismatch.label + "\n    ";
    for (std::size_t i = 0; i < mismatch.answers.size(); ++i) {
      const visit::SourceAnswer& answer = mismatch.answers[i];
      text += (i > 0 ? ", " : "") + answer.source_label + ": " + answer.value_label;
    }
    text += '\n';
  }
  return text;
}

Json flags_json(const std::vector<vault::Flag>& flags) {
  Json::List list;
  for (const vault::Flag& flag : flags)
    list.emplace_back(Json::Object{
        {"ref", flag.ref}, {"kind", vault::to_string(flag.kind)}, {"text", flag.text}});
  return list;
}

std::string flags_text(const std::vector<vault::Flag>& flags) {
  std::string text;
  for (const vault::Flag& flag : flags)
    text += "  " + std::string(vault::to_string(flag.kind)) + ", " + flag.ref + ": " +
            one_line(flag.text) + "\n";
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
                      {"flags", flags_json(flags)}};
}

std::string team_text(const vault::Team& team) {
  std::string text;
  if (team.persons > 0) text = "team of " + std::to_string(team.persons);
  const char* before = team.persons > 0 ? ": " : "tasks: ";
  for (const std::string& task : team.tasks) {
    text += before + task;
    before = ", ";
  }
  return text;
}

void add_team(Json::Object& object, const vault::Team& team) {
  object.emplace_back("team", std::int64_t{team.persons});
  Json::List tasks;
  for (const std::string& task : team.tasks) tasks.emplace_back(task);
  object.emplace_back("tasks", std::move(tasks));
}

Result<std::vector<forms::NodeState>> submission_state(vault::Vault& vault,
                                                       const vault::ImportedSubmission& submission,
                                                       const std::string& language) {
  VIGIL_ASSIGN(auto form, visit::load_form(vault, submission.form_id, submission.form_version));
  const std::string language_name = visit::find_language(*form, language);
  forms::SessionOptions options;
  options.restore_xml =
      visit::instance_from_answers(submission.form_id, submission.form_version, submission.answers);
  visit::DeviceHost host(clock());
  VIGIL_ASSIGN(const auto session, forms::open_session(std::move(form), host, options));
  if (!language_name.empty()) VIGIL_TRY(session->set_language(language_name));
  return session->state();
}

}  // namespace vigil::ctl
session->set_decimal_mark(decimal_mark(language_code(session->language())));
