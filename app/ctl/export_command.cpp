// SPDX-License-Identifier: Apache-2.0
//
// vigilctl export: an imported visit out of the office's vault, only as far as the sensitivity of
// each question allows.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/visit_text.h"
#include "app/visit/sources.h"

namespace vigil::ctl {
namespace {

// 1 is "internal": what is confidential, medical or identifying must be asked for by its number.
constexpr int kInternal = 1;
constexpr int kDefaultSensitivity = kInternal;

struct ExportOptions {
  std::string folder;
  PassphraseOptions passphrase;
  std::string code;
  std::string format = "csv";
  std::string output;
  std::string language = "en";
  int sensitivity = kDefaultSensitivity;
};

// RFC 4180; a leading =, +, - or @ is what spreadsheet programs run as a formula, so it is defused.
std::string csv_field(const std::string& text) {
  std::string field = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
      text.find_first_not_of("+-.0123456789") != std::string::npos)
    field += "'";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + "\"";
}

std::vector<forms::NodeState> allowed(std::vector<forms::NodeState> state, int sensitivity) {
  std::erase_if(state, [&](const forms::NodeState& node) {
    return node.sensitivity > sensitivity && !node.value.empty();
  });
  return state;
}

// A note may go out as far as the question it hangs on; one on a question per source as far as
// its most sensitive cell.
std::vector<vault::Flag> allowed(std::vector<vault::Flag> flags,
                                 const std::vector<forms::NodeState>& state, int sensitivity) {
  std::erase_if(flags, [&](const vault::Flag& flag) {
    bool known = false;
    for (const forms::NodeState& node : state) {
      if (node.ref != flag.ref && node.parent_ref != flag.ref) continue;
      known = true;
      if (node.sensitivity > sensitivity) return true;
    }
    return !known;
  });
  return flags;
}

std::string csv_of(const std::vector<forms::NodeState>& state,
                   const std::vector<vault::Flag>& flags) {
  std::string text = "ref,label,value,value_label\r\n";
  for (const forms::NodeState& node : state) {
    if (!visit::holds_value(node) || !node.relevant || node.value.empty()) continue;
    text += csv_field(node.ref) + "," + csv_field(visit::label_in_table(state, node)) + "," +
            csv_field(node.value) + "," + csv_field(visit::value_label(node)) + "\r\n";
  }
  for (const vault::Flag& flag : flags) {
    text += csv_field(flag.ref) + "," + csv_field(std::string(vault::to_string(flag.kind))) + "," +
            csv_field(flag.text) + ",\"\"\r\n";
  }
  return text;
}

Status export_visit(const ExportOptions& options, bool json) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto all, vault::submissions(*vault));
  std::string text;
  Json::List checklists;
  vault::Team team;
  bool found = false;
  for (const vault::ImportedSubmission& summary : all) {
    if (summary.visit_code != options.code) continue;
    found = true;
    // Of the office's own people, and how few they were: not for the public.
    if (options.sensitivity >= kInternal) team = summary.team;
    VIGIL_ASSIGN(const auto submission, vault::submission(*vault, summary.id));
    VIGIL_ASSIGN(auto state, submission_state(*vault, submission, options.language));
    const auto flags = allowed(submission.flags, state, options.sensitivity);
    state = allowed(std::move(state), options.sensitivity);
    if (json) {
      checklists.push_back(checklist_json(state, flags));
    } else {
      text += csv_of(state, flags);
    }
  }
  if (!found) {
    return fail(ErrorKind::kNotFound, "visit.absent",
                "No visit of this code has been imported; `vigilctl visit list` shows them.");
  }
  if (json) {
    Json::Object object{{"visit", options.code}};
    add_team(object, team);
    object.emplace_back("checklists", std::move(checklists));
    text = emit_json(std::move(object)) + "\n";
  }
  if (options.output.empty() || options.output == "-") {
    std::fputs(text.c_str(), stdout);
    return {};
  }
  return files().write_atomically(options.output, as_bytes(text), true);
}

}  // namespace

void add_export_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* sub = app.add_subcommand("export", "Write an imported visit as a table or JSON");
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  sub->add_option("--visit", options->code, "The visit's code")->required();
  sub->add_option("--format", options->format, "csv or json")
      ->check(CLI::IsMember({"csv", "json"}));
  sub->add_option("--sensitivity", options->sensitivity,
                  "Include questions up to this: 0 public, 1 internal, 2 confidential, 3 medical")
      ->check(CLI::Range(0, 3));
  sub->add_option("--language", options->language, "Of labels, such as ru");
  sub->add_option("-o,--output", options->output, "File; standard output without it");
  add_passphrase_options(*sub, options->passphrase);
  sub->callback([=, &outcome] {
    outcome.finish(export_visit(*options, outcome.json || options->format == "json"));
  });
}

}  // namespace vigil::ctl
