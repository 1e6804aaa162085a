// SPDX-License-Identifier: Apache-2.0
//
// vigil-verify evidence: judges an evidence pack.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/verify/command.h"
#include "app/verify/evidence.h"
#include "core/bundle/evidence.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"

namespace vigil::verify {
namespace {

struct Options {
  std::string pack;
  std::string root;
  std::string html;
  bool json = false;
};

Result<EvidenceReport> judge_file(Files& files, const Options& options) {
  VIGIL_ASSIGN(const auto root, read_root(files, options.root));
  VIGIL_ASSIGN(const Bytes archive, files.read(options.pack, bundle::kEvidenceLimitBytes));
  return judge_evidence(archive, root);
}

}  // namespace

int run_evidence(int argc, char** argv) {
  CLI::App app{
      "Judges an evidence pack: chosen answers and files of one sealed visit.\nPrints what is "
      "shown "
      "only where all of it holds. Exit status: 0 nothing does not hold, 1 something does not, 2 "
      "wrong usage, 3 could not.",
      "vigil-verify evidence"};
  Options options;
  app.add_option("PACK", options.pack, "The evidence's file")->required();
  app.add_option("--root", options.root, "The office's root key: a .pub file or its base64")
      ->required();
  app.add_option("--html", options.html, "Also write the report as one page to this file");
  app.add_flag("--json", options.json, "Answer in JSON");
  if (const auto ended = read_options(app, argc, argv)) return *ended;
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  const auto report = judge_file(*files, options);
  if (!report) return complain(report.error(), options.json);
  if (!options.html.empty()) {
    const std::string page = evidence_html(*report, iso_time(clock->now()));
    const Status written = files->write_atomically(options.html, as_bytes(page), true);
    if (!written) return complain(written.error(), options.json);
  }
  const std::string text = options.json ? evidence_json(*report) : evidence_text(*report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) return 3;
  return tally(report->claims).do_not_hold > 0 ? 1 : 0;
}

}  // namespace vigil::verify
