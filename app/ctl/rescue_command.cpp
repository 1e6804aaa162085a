// SPDX-License-Identifier: Apache-2.0
//
// vigilctl device rescue: the office opens a tablet whose passphrase is forgotten.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/identity_file.h"
#include "core/vault/outbox.h"
#include "core/vault/slots.h"
#include "core/vault/visits.h"

namespace vigil::ctl {
namespace {

struct RescueOptions {
  std::string folder;
  std::string identity_path;
  PassphraseOptions identity_passphrase;
  PassphraseOptions new_passphrase;
  bool light = false;
};

// Tries each identity of the file; the refusal is the last one's.
Result<vault::VaultPointer> open_recovered(const std::string& folder,
                                           const crypto::age::IdentityFile& file) {
  Result<vault::VaultPointer> opened =
      fail(ErrorKind::kDenied, "vault.recovery", "The identity file holds no key for this vault.");
  for (const crypto::age::Identity& identity : file.identities) {
    opened = vault::open_with_recovery({files(), clock()}, folder, identity);
    if (opened.has_value() || opened.error().code != "vault.recovery") return opened;
  }
  return opened;
}

Status rescue(const RescueOptions& options) {
  VIGIL_ASSIGN(const auto file,
               read_identity_file(options.identity_path, options.identity_passphrase));
  VIGIL_ASSIGN(const auto vault, open_recovered(options.folder, file));
  VIGIL_ASSIGN(const auto passphrase,
               read_passphrase(options.new_passphrase, "New passphrase for the tablet: ", true));
  VIGIL_TRY(vault::check_new_passphrase(passphrase));
  const crypto::Argon2Cost cost =
      options.light ? crypto::Argon2Cost{} : crypto::calibrate_argon2(700);
  VIGIL_ASSIGN(const std::string fresh, vault::add_passphrase(*vault, passphrase, cost));
  // The forgotten ones go only now that another one works.
  VIGIL_ASSIGN(const auto slots, vault::slots(*vault));
  for (const vault::Slot& slot : slots) {
    if (slot.kind == vault::SlotKind::kPassphrase && slot.id != fresh) {
      VIGIL_TRY(vault::remove_slot(*vault, slot.id));
    }
  }
  VIGIL_ASSIGN(const auto visits, vault::visits(*vault));
  VIGIL_ASSIGN(const auto entries, vault::outbox(*vault));
  const auto open = std::ranges::count(visits, vault::VisitState::kOpen, &vault::Visit::state);
  const auto waiting = std::ranges::count_if(entries, [](const vault::OutboxEntry& entry) {
    return entry.state != vault::UploadState::kAcknowledged;
  });
  print_line("The tablet opens with the new passphrase, and no longer with an old one. It holds " +
             std::to_string(open) + " open visit(s), and " + std::to_string(waiting) +
             " sealed one(s) are still to be sent.");
  return {};
}

}  // namespace

void add_rescue_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<RescueOptions>();
  CLI::App* sub = app.get_subcommand("device")->add_subcommand(
      "rescue", "Open a tablet whose passphrase is forgotten, with the office's recovery identity");
  sub->add_option("DIR", options->folder, "The tablet's folder")->required();
  sub->add_option("-i,--identity", options->identity_path, "The office's recovery identity")
      ->required();
  add_passphrase_options(*sub, options->identity_passphrase);
  add_passphrase_options(*sub, options->new_passphrase, "new-");
  sub->add_flag("--light", options->light,
                "The least key-derivation work allowed; for demonstrations");
  sub->callback([=, &outcome] { outcome.finish(rescue(*options)); });
}

}  // namespace vigil::ctl
