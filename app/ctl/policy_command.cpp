// SPDX-License-Identifier: Apache-2.0
//
// vigilctl office policy: what the office lets its tablets do.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/office/policy.h"
#include "core/base/json.h"

namespace vigil::ctl {
namespace {

struct PolicyOptions {
  std::string folder;
  PassphraseOptions passphrase;
  std::string panic;
  std::int64_t retention_days = -1;
};

Status policy(const PolicyOptions& options, const Outcome& outcome) {
  office::PolicyChange change;
  if (!options.panic.empty()) change.panic_allowed = options.panic == "on";
  if (options.retention_days >= 0) change.retention_days = options.retention_days;
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto roster, office::change_policy(*vault, files(), change));
  const trust::Policy& policy = roster.policy;
  if (outcome.json) {
    print_line(emit_json(Json::Object{{"roster_version", static_cast<std::int64_t>(roster.version)},
                                      {"retention_days", policy.retention_days},
                                      {"panic", policy.panic_allowed}}));
    return {};
  }
  print_line("Roster version " + std::to_string(roster.version) + ".");
  print_line("Sealed visits stay on a tablet for " + std::to_string(policy.retention_days) +
             " day(s) after their receipt.");
  print_line(policy.panic_allowed
                 ? "Erasing everything at once is allowed. In some countries having done it may "
                   "itself be an offence; tablets follow once they accept the next kit."
                 : "Erasing everything at once is off.");
  return {};
}

}  // namespace

void add_policy_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<PolicyOptions>();
  CLI::App* sub = app.get_subcommand("office")->add_subcommand(
      "policy", "Show or change what tablets may do, in the next version of the roster");
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  add_passphrase_options(*sub, options->passphrase);
  sub->add_option("--panic", options->panic, "Erasing everything at once: on or off")
      ->check(CLI::IsMember({"on", "off"}));
  sub->add_option("--retention-days", options->retention_days,
                  "How long sealed visits stay on a tablet after their receipt")
      ->check(CLI::Range(std::int64_t{0}, office::kLongestRetentionDays));
  sub->callback([=, &outcome] { outcome.finish(policy(*options, outcome)); });
}

}  // namespace vigil::ctl
