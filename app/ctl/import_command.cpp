// SPDX-License-Identifier: Apache-2.0
//
// vigilctl import: bundles, from files or from what `pull` fetched, into the office's vault.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/ctl/command.h"
#include "app/office/import.h"
#include "core/base/json.h"
#include "core/log/receipt.h"

namespace vigil::ctl {
namespace {

struct ImportOptions {
  std::string folder;
  PassphraseOptions passphrase;
  std::vector<std::string> bundles;
};

std::string_view word_for(office::ImportOutcome outcome) {
  switch (outcome) {
    case office::ImportOutcome::kImported:
      return "imported";
    case office::ImportOutcome::kKnown:
      return "known";
    case office::ImportOutcome::kQuarantined:
      return "quarantined";
  }
  return "quarantined";
}

std::string verdict_word(const office::ImportReport& report) {
  return report.verdict ? std::string(trust::to_string(*report.verdict)) : std::string();
}

std::string sentence(const office::ImportReport& report) {
  switch (report.outcome) {
    case office::ImportOutcome::kImported: {
      std::string text = report.file + ": imported; bundle " + std::to_string(report.sequence) +
                         " of " + report.device_label + ", " + verdict_word(report) +
                         " as of roster " + std::to_string(report.roster_version) + "; visit";
      for (const std::string& code : report.visit_codes) text += " " + code;
      if (report.missing_before > 0)
        text += "; " + std::to_string(report.missing_before) +
                " earlier bundle(s) of this tablet have not come";
      return text + ".";
    }
    case office::ImportOutcome::kKnown:
      return report.file + ": is here already; nothing was changed.";
    case office::ImportOutcome::kQuarantined:
      return report.file + ": not imported, kept aside. " + report.why.message;
  }
  return {};
}

// A bundle that came on a stick waits there for a receipt: the tablet erases nothing without one.
enum class Receipt { kNotAsked, kBeside, kWritten, kNone };

std::string_view word_for(Receipt receipt) {
  switch (receipt) {
    case Receipt::kNotAsked:
      return "";
    case Receipt::kBeside:
      return "beside";
    case Receipt::kWritten:
      return "written";
    case Receipt::kNone:
      return "none";
  }
  return "";
}

// Lays the receipt that `pull` has brought beside the bundle, where there is one.
Receipt give_receipt(const std::string& office_folder, const std::string& path,
                     const office::ImportReport& report) {
  const std::string fetched = office_folder + "/fetched/";
  if (report.outcome == office::ImportOutcome::kQuarantined || path.starts_with(fetched))
    return Receipt::kNotAsked;
  const std::size_t slash = path.rfind('/');
  const std::string name = report.id + ".receipt";
  const std::string beside = slash == std::string::npos ? name : path.substr(0, slash + 1) + name;
  if (files().exists(beside)) return Receipt::kBeside;
  const auto receipt = files().read(fetched + name, log::kReceiptLimitBytes);
  if (!receipt) return Receipt::kNone;
  // A stick that takes nothing more is said as one without a receipt.
  return files().write_atomically(beside, *receipt, false) ? Receipt::kWritten : Receipt::kNone;
}

Json report_json(const office::ImportReport& report, Receipt receipt) {
  Json::List visits;
  for (const std::string& code : report.visit_codes) visits.emplace_back(code);
  Json::List namesakes(report.namesakes.begin(), report.namesakes.end());
  return Json::Object{{"file", report.file},
                      {"outcome", word_for(report.outcome)},
                      {"id", report.id},
                      {"device", report.device_label},
                      {"sequence", static_cast<std::int64_t>(report.sequence)},
                      {"verdict", verdict_word(report)},
                      {"roster_version", static_cast<std::int64_t>(report.roster_version)},
                      {"visits", std::move(visits)},
                      {"namesakes", std::move(namesakes)},
                      {"code", report.why.code},
                      {"message", report.why.message},
                      {"receipt", word_for(receipt)}};
}

// A file that nothing could be said about: not there, or a disk that does not answer.
Json failure_json(const std::string& path, const Error& why) {
  return Json::Object{{"file", path.substr(path.rfind('/') + 1)},
                      {"outcome", "not read"},
                      {"code", why.code},
                      {"message", why.message}};
}

Status import_all(const ImportOptions& options, Outcome& outcome) {
  std::vector<std::string> paths = options.bundles;
  if (paths.empty()) {
    const std::string fetched = options.folder + "/fetched";
    VIGIL_ASSIGN(const auto names, files().list(fetched));
    for (const std::string& name : names)
      if (name.ends_with(".vigil")) paths.push_back(fetched + "/" + name);
  }
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(paths, office::in_chain_order(*vault, files(), std::move(paths)));
  Json::List reports;
  bool refused = false;
  int without_receipt = 0;
  int worst = 0;
  for (const std::string& path : paths) {
    const auto read = office::import_bundle(*vault, files(), path);
    if (!read) {
      // Each file stands for itself: one that is not there keeps no other out.
      worst = std::max(worst, exit_status(read.error().kind));
      if (outcome.json)
        reports.push_back(failure_json(path, read.error()));
      else
        print_line(one_line(path + ": not read. " + read.error().message));
      continue;
    }
    const office::ImportReport& report = *read;
    refused |= report.outcome == office::ImportOutcome::kQuarantined;
    const Receipt receipt = give_receipt(options.folder, path, report);
    if (receipt == Receipt::kNone) ++without_receipt;
    if (outcome.json) {
      reports.push_back(report_json(report, receipt));
    } else {
      print_line(one_line(sentence(report)));
      for (const std::string& name : report.namesakes)
        print_line("  Warning: its code is already another visit's, " + one_line(name) +
                   "; `visit list` has the name of each.");
      if (receipt == Receipt::kWritten)
        print_line("  Its receipt is beside it now; the tablet takes it from there.");
    }
  }
  if (outcome.json) print_line(emit_json(Json::Object{{"bundles", std::move(reports)}}));
  if (paths.empty() && !outcome.json) print_line("There is nothing to import.");
  if (without_receipt > 0 && !outcome.json)
    print_line(std::to_string(without_receipt) +
               " without a receipt, and the tablet erases nothing without one: `vigilctl stick "
               "send " +
               options.folder +
               " STICK` sends what is on a stick to the hub and writes the receipts.");
  if (refused) outcome.answer_no();
  outcome.exit_status = std::max(outcome.exit_status, worst);
  return {};
}

}  // namespace

void add_import_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* sub = app.add_subcommand("import", "Verify, open and store bundles at the office");
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  sub->add_option("BUNDLE", options->bundles, "Bundles; without any, what `pull` fetched");
  add_passphrase_options(*sub, options->passphrase);
  sub->callback([=, &outcome] { outcome.finish(import_all(*options, outcome)); });
}

}  // namespace vigil::ctl
