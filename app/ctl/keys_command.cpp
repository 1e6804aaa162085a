// SPDX-License-Identifier: Apache-2.0
//
// vigilctl keys ...: new keys for old, and whose cosignature counts.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/office/rotation.h"

namespace vigil::ctl {
namespace {

struct KeysOptions {
  std::string folder;
  PassphraseOptions passphrase;
  PassphraseOptions recovery_passphrase;
  std::string which;
  std::string recovery_path;
  std::string witness;
  std::int64_t quorum = 0;
};

Result<trust::Roster> rotated(const KeysOptions& options, vault::Vault& vault) {
  if (options.which == "general")
    return office::rotate_recipient(vault, files(), trust::RecipientRole::kGeneral);
  if (options.which == "restricted")
    return office::rotate_recipient(vault, files(), trust::RecipientRole::kRestricted);
  if (options.which == "office") return office::rotate_office_key(vault, files());
  if (options.which == "log") return office::rotate_log_key(vault, files());
  if (options.which == "root") return office::rotate_root(vault, files());
  if (options.which != "recovery" || options.recovery_path.empty())
    return fail(
        ErrorKind::kUsage, "keys.which",
        "KEY is general, restricted, recovery (with --recovery FILE), office, log or root.");
  VIGIL_ASSIGN(
      const auto passphrase,
      read_passphrase(options.recovery_passphrase, "Passphrase for the new recovery file: ", true));
  return office::rotate_recovery(vault, files(), options.recovery_path, passphrase);
}

Status done(const trust::Roster& roster, const std::string& what) {
  print_line(what + ", as of roster version " + std::to_string(roster.version) +
             ". Make new kits, and publish the roster to the hub.");
  return {};
}

Status rotate(const KeysOptions& options) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto roster, rotated(options, *vault));
  VIGIL_TRY(done(roster, "The " + options.which + " key is a new one"));
  if (options.which == "root") {
    print_line("Its words, to publish where the old ones stood:");
    print_line(key_words(roster.root));
    print_line("Put the new root.pub into the hub's folder and start the hub again.");
  }
  if (options.which == "log")
    print_line(
        "The hub needs a fresh folder (vigilctl office hub); keep the old log for auditors.");
  return {};
}

using Options = std::shared_ptr<KeysOptions>;

CLI::App* command(CLI::App& keys, const Options& options, const char* name, const char* about) {
  CLI::App* sub = keys.add_subcommand(name, about);
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  add_passphrase_options(*sub, options->passphrase);
  return sub;
}

}  // namespace

void add_keys_command(CLI::App& app, Outcome& outcome) {
  CLI::App* keys = app.add_subcommand("keys", "New keys for old; witnesses of the log");
  keys->require_subcommand(1);
  const auto options = std::make_shared<KeysOptions>();

  CLI::App* turn = command(*keys, options, "rotate", "Replace a key; old bundles stay readable");
  turn->add_option("KEY", options->which, "general, restricted, recovery, office, log or root")
      ->required();
  turn->add_option("--recovery", options->recovery_path, "Where the new recovery identity goes");
  add_passphrase_options(*turn, options->recovery_passphrase, "recovery-");
  turn->callback([=, &outcome] { outcome.finish(rotate(*options)); });

  CLI::App* add = command(*keys, options, "add-witness", "Name a witness of the log");
  add->add_option("KEY", options->witness, "Its public key, as vigil-verify witness printed it")
      ->required();
  add->callback([=, &outcome] {
    outcome.finish([&]() -> Status {
      VIGIL_ASSIGN(const auto key, log::parse_verifier_key(options->witness));
      VIGIL_ASSIGN(const auto vault, open_vault(options->folder, options->passphrase));
      VIGIL_ASSIGN(const auto roster, office::add_witness(*vault, files(), key));
      return done(roster, key.name + " is a witness");
    }());
  });

  CLI::App* drop = command(*keys, options, "remove-witness", "Its cosignatures count no more");
  drop->add_option("NAME", options->witness, "The witness's name")->required();
  drop->callback([=, &outcome] {
    outcome.finish([&]() -> Status {
      VIGIL_ASSIGN(const auto vault, open_vault(options->folder, options->passphrase));
      VIGIL_ASSIGN(const auto roster, office::remove_witness(*vault, files(), options->witness));
      return done(roster, options->witness + " is no witness any more");
    }());
  });

  CLI::App* demand = command(*keys, options, "quorum", "How many witnesses a receipt needs");
  demand->add_option("N", options->quorum, "0 to the number of witnesses")->required();
  demand->callback([=, &outcome] {
    outcome.finish([&]() -> Status {
      VIGIL_ASSIGN(const auto vault, open_vault(options->folder, options->passphrase));
      VIGIL_ASSIGN(const auto roster, office::set_quorum(*vault, files(), options->quorum));
      return done(roster, "Receipts need " + std::to_string(options->quorum) + " witness(es)");
    }());
  });
}

}  // namespace vigil::ctl
