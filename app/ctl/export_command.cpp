// SPDX-License-Identifier: Apache-2.0
//
// vigilctl export: an imported visit out of the office's vault, only as far as the sensitivity of
// each question allows.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/office_visits.h"
#include "app/ctl/shown.h"
#include "app/ctl/tables.h"
#include "app/ctl/visit_text.h"

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

Status write_out(const std::string& output, const std::string& text) {
  if (!output.empty() && output != "-")
    return files().write_atomically(output, as_bytes(text), true);
  std::fputs(text.c_str(), stdout);
  return {};
}

Status write_tables(const std::string& folder, const std::map<std::string, Table>& tables) {
  if (folder.empty() || folder == "-") {
    return fail(ErrorKind::kUsage, "export.folder", "Say with -o which folder the tables go into.");
  }
  VIGIL_TRY(files().make_directories(folder));
  for (const auto& [name, table] : tables)
    VIGIL_TRY(
        files().write_atomically(folder + "/" + name + ".csv", as_bytes(csv_text(table)), true));
  return {};
}

// What may go out, of one visit or of all.
Result<std::vector<office::SentChecklist>> read_allowed(vault::Vault& vault,
                                                        const ExportOptions& options) {
  VIGIL_ASSIGN(const auto ids, options.code.empty() ? office::all_submissions(vault)
                                                    : office::submissions_of(vault, options.code));
  VIGIL_ASSIGN(const auto visits, office::sealed_visits(vault));
  std::vector<office::SentChecklist> checklists;
  for (const vault::SubmissionId id : ids) {
    VIGIL_ASSIGN(auto sent, office::read_sent(vault, id, visits, options.language));
    keep_up_to(sent, options.sensitivity);
    // Of the office's own people, and how few they were: not for the public.
    if (options.sensitivity < kInternal) sent.submission.team = {};
    checklists.push_back(std::move(sent));
  }
  return checklists;
}

Status export_checklists(const ExportOptions& options, bool json) {
  if (json && options.code.empty())
    return fail(ErrorKind::kUsage, "export.visit", "Say with --visit which visit is meant.");
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto checklists, read_allowed(*vault, options));
  if (options.format == "tables") return write_tables(options.output, central_tables(checklists));
  if (!json) {
    say_missing_words(words_of(options.language), options.language);
    return write_out(options.output,
                     csv_text(answers_table(checklists, words_of(options.language))));
  }
  Json::List list;
  for (const office::SentChecklist& sent : checklists)
    list.push_back(sent_json(sent, sent.visit.amends ? bundle::to_string(*sent.visit.amends) : ""));
  Json::Object object{{"visit", checklists.front().submission.visit_code}};
  add_team(object, checklists.front().submission.team);
  object.emplace_back("checklists", std::move(list));
  return write_out(options.output, emit_json(std::move(object)) + "\n");
}

}  // namespace

void add_export_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* sub = app.add_subcommand("export", "Write an imported visit as a table or JSON");
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  sub->add_option("--visit", options->code,
                  "The visit's code, CODE@TABLET where two have it; all visits without it");
  sub->add_option("--format", options->format,
                  "csv: a row an answer; tables: a row a checklist and a table a repeat, as ODK "
                  "Central has them, into the folder -o; json")
      ->check(CLI::IsMember({"csv", "tables", "json"}));
  sub->add_option("--sensitivity", options->sensitivity,
                  "Include questions up to this: 0 public, 1 internal, 2 confidential, 3 medical")
      ->check(CLI::Range(0, 3));
  sub->add_option("--language", options->language, "Of labels, such as ru");
  sub->add_option("-o,--output", options->output,
                  "File (folder for tables); standard output without it");
  add_passphrase_options(*sub, options->passphrase);
  sub->callback([=, &outcome] {
    outcome.finish(export_checklists(*options, outcome.json || options->format == "json"));
  });
}

}  // namespace vigil::ctl
