// SPDX-License-Identifier: Apache-2.0
//
// vigilctl evidence ...: chosen answers and files of a sealed visit, with their proofs, for a
// court.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/office/evidence.h"
#include "core/base/json.h"
#include "core/log/receipt.h"

namespace vigil::ctl {
namespace {

struct EvidenceOptions {
  std::string folder;
  PassphraseOptions passphrase;
  std::string bundle;
  office::EvidenceChoice choice;
  std::string receipt_path;
  std::string output;
};

std::string_view part_name(std::size_t payload) {
  return payload == 0 ? "general" : "restricted";
}

// How the command line chooses it.
std::string chosen_as(std::size_t payload, const std::string& name) {
  return (payload == 0 ? "" : std::string(office::kRestrictedPrefix)) + name;
}

Status list(const EvidenceOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto shown, office::showable(*vault, files(), options.bundle));
  if (outcome.json) {
    Json::List files_json;
    for (const auto& file : shown.files)
      files_json.push_back(
          Json::Object{{"part", part_name(file.payload)},
                       {"name", file.name},
                       {"size_bytes", static_cast<std::int64_t>(file.size_bytes)}});
    Json::List answers;
    for (const auto& answer : shown.answers)
      answers.push_back(Json::Object{{"part", part_name(answer.payload)},
                                     {"ref", answer.text.ref},
                                     {"value", answer.text.value}});
    print_line(emit_json(Json::Object{{"bundle", bundle::to_string(shown.id)},
                                      {"files", std::move(files_json)},
                                      {"answers", std::move(answers)},
                                      {"restricted_closed", shown.restricted_closed}}));
    return {};
  }
  print_line("Bundle " + bundle::to_string(shown.id));
  for (const auto& answer : shown.answers)
    print_line("  --answer " + chosen_as(answer.payload, answer.text.ref) + "  " +
               one_line(answer.text.value));
  for (const auto& file : shown.files)
    print_line("  --file " + chosen_as(file.payload, file.name) + "  " +
               std::to_string(file.size_bytes) + " bytes");
  if (shown.restricted_closed)
    print_line("  There is a restricted part that this office may not open.");
  return {};
}

// The receipt that was named, or the one that `pull` put beside the bundle.
Result<std::string> find_receipt(const EvidenceOptions& options) {
  std::vector<std::string> candidates{options.folder + "/fetched/" + options.bundle + ".receipt"};
  if (options.bundle.ends_with(".vigil"))
    candidates.push_back(options.bundle.substr(0, options.bundle.size() - 6) + ".receipt");
  std::string path = options.receipt_path;
  for (const std::string& candidate : candidates)
    if (path.empty() && files().exists(candidate)) path = candidate;
  if (path.empty()) return std::string();
  VIGIL_ASSIGN(const auto content, files().read(path, log::kReceiptLimitBytes));
  return std::string(as_text(content));
}

Status make(EvidenceOptions options) {
  VIGIL_ASSIGN(options.choice.receipt, find_receipt(options));
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto pack,
               office::make_evidence(*vault, files(), options.bundle, options.choice));
  VIGIL_TRY(files().write_atomically(options.output, pack, true));
  print_line("The evidence is in " + options.output +
             ". Whoever has it reads what was chosen, and nothing else of the visit; "
             "`vigil-verify evidence` checks it.");
  if (options.choice.receipt.empty())
    print_line(
        "It has no receipt of the log (--receipt): that the visit was sealed before a given "
        "day is not proved.");
  return {};
}

}  // namespace

void add_evidence_command(CLI::App& app, Outcome& outcome) {
  CLI::App* evidence = app.add_subcommand("evidence", "Show chosen answers of a visit to a court");
  evidence->require_subcommand(1);
  const auto options = std::make_shared<EvidenceOptions>();
  const auto command = [&](const char* name, const char* about) {
    CLI::App* sub = evidence->add_subcommand(name, about);
    sub->add_option("DIR", options->folder, "The office's folder")->required();
    sub->add_option("BUNDLE", options->bundle, "A bundle's file, or the id of an imported one")
        ->required();
    add_passphrase_options(*sub, options->passphrase);
    return sub;
  };
  CLI::App* show = command("list", "List what could be shown");
  show->callback([=, &outcome] { outcome.finish(list(*options, outcome)); });

  CLI::App* pack = command("make", "Write chosen answers and files with what proves them");
  pack->add_option("--answer", options->choice.answers,
                   "An answer by its ref; one that ends in / takes all below it (may be repeated)")
      ->allow_extra_args(false);
  pack->add_option("--file", options->choice.files, "A whole file (may be repeated)")
      ->allow_extra_args(false);
  pack->add_option("--receipt", options->receipt_path, "The log's receipt for this bundle");
  pack->add_option("-o,--output", options->output, "The evidence's file")->required();
  pack->callback([=, &outcome] { outcome.finish(make(*options)); });
}

}  // namespace vigil::ctl
