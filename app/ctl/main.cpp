// SPDX-License-Identifier: Apache-2.0
//
// vigilctl: everything of Vigil that needs no screen.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/ctl/command.h"
#include "platform/process.h"

namespace {

// CLI11 asks for a command where there is a word that is none.
std::string unknown_command(const CLI::App& app, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::RequiredError*>(&error) == nullptr) return {};
  const CLI::App* at = &app;
  std::string name = "vigilctl";
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    name += " " + at->get_name();
  }
  const std::vector<std::string> rest = app.remaining(true);
  if (rest.empty() || at->get_require_subcommand_min() == 0) return {};
  return "There is no command \"" + rest.front() + "\": `" + name + " --help` lists them.";
}

}  // namespace

int main(int argc, char** argv) {
  using namespace vigil;
  crypto::initialise();
  if (const Status hardened = platform::harden_process(); !hardened)
    std::fprintf(stderr, "vigilctl: %s\n", hardened.error().message.c_str());

  CLI::App app{
      "vigilctl sets up an office, enrols tablets, checks and fills checklists, seals, sends and "
      "imports visits.\nPassphrases come from the terminal, --passphrase-fd or --passphrase-file, "
      "never from an argument.\nExit status: 0 done, 1 the answer is no, 2 wrong usage, 3 could "
      "not.",
      "vigilctl"};
  app.set_version_flag("--version", "vigilctl " VIGIL_VERSION);
  app.require_subcommand(1);
  app.fallthrough();

  ctl::Outcome outcome;
  app.add_flag("--json", outcome.json, "Answer (and complain) in JSON");
  ctl::add_office_command(app, outcome);
  ctl::add_policy_command(app, outcome);
  ctl::add_device_command(app, outcome);
  ctl::add_rescue_command(app, outcome);
  ctl::add_form_command(app, outcome);
  ctl::add_xpath_command(app, outcome);
  ctl::add_visit_command(app, outcome);
  ctl::add_push_command(app, outcome);
  ctl::add_pull_command(app, outcome);
  ctl::add_stick_command(app, outcome);
  ctl::add_import_command(app, outcome);
  ctl::add_export_command(app, outcome);
  ctl::add_evidence_command(app, outcome);
  ctl::add_event_command(app, outcome);
  ctl::add_keys_command(app, outcome);
  ctl::add_payload_command(app, outcome);
  ctl::add_signature_command(app, outcome);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 speaks in exceptions; none leaves this function. Help and version are no failure.
    const std::string unknown = error.get_exit_code() == 0 ? "" : unknown_command(app, error);
    if (error.get_exit_code() != 0 && (outcome.json || !unknown.empty())) {
      outcome.finish(fail(ErrorKind::kUsage, "usage", unknown.empty() ? error.what() : unknown));
      return 2;
    }
    return app.exit(error) == 0 ? 0 : 2;
  }
  return outcome.exit_status;
}
