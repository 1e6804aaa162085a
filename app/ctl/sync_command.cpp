// SPDX-License-Identifier: Apache-2.0
//
// vigilctl push and pull: a tablet's sealed bundles to the hub, and from the hub to the office.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/hub_options.h"
#include "app/ctl/push_report.h"
#include "app/ctl/unknown_bundles.h"
#include "app/office/setup.h"
#include "app/visit/roster_store.h"
#include "app/visit/vault_outbox.h"
#include "core/base/json.h"
#include "core/vault/settings.h"
#include "sync/pull.h"
#include "sync/push.h"

namespace vigil::ctl {
namespace {

struct SyncOptions {
  std::string folder;
  PassphraseOptions passphrase;
  HubOptions hub;
};

Status push(const SyncOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  VIGIL_ASSIGN(const auto link, open_hub(options.hub, vault.get()));
  const int retention_days = static_cast<int>(current.roster.policy.retention_days);
  // What was received earlier and has been kept for long enough by now goes, whatever waits.
  VIGIL_TRY(vault::apply_retention(*vault, retention_days));
  visit::VaultOutbox outbox(*vault, files(), retention_days);
  const sync::PushOptions sending = push_options();
  const sync::PushReport report = sync::push(*link, outbox, current.roster, sending);
  if (!report.stopped || report.stopped->code == "sync.unwitnessed") {
    // How many there are to be: without it nobody would see that the last ones are missing. A hub
    // that does not take it does not make what was delivered undone.
    VIGIL_ASSIGN(const std::string heartbeat, heartbeat_text(*vault));
    (void)sync::send_event(*link, heartbeat, sending.delivery.patience);
  }
  VIGIL_ASSIGN(const auto unknown, vault::unknown_bundles(*vault));
  if (!outcome.json) {
    print_unknown_bundles(unknown);
    if (report.delivered.empty() && report.refused.empty() && !report.stopped)
      print_line("Nothing waits to be sent.");
  }
  return report_push(report, outcome, {{"unknown_bundles", unknown_bundles_json(unknown)}});
}

Status pull(const SyncOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  VIGIL_ASSIGN(const auto raw, vault::get_secret(*vault, vault::kDeviceKeySecret));
  VIGIL_ASSIGN(const auto key, crypto::minisign::SecretKey::from_raw(raw.view()));
  VIGIL_ASSIGN(const auto link, open_hub(options.hub, vault.get()));
  sync::PullOptions pull_options;
  pull_options.patience = hub_patience();
  pull_options.devices = current.roster.device_keys();
  VIGIL_ASSIGN(pull_options.after, office::last_pulled_index(*vault));
  pull_options.progress = [](const sync::Listed& listed, std::uint64_t got) {
    show_progress("fetching", listed.id, got, listed.size_bytes);
  };
  const sync::PullReport report =
      sync::pull(*link, key, files(), options.folder + "/fetched", pull_options);
  if (!report.stopped)
    VIGIL_TRY(
        sync::fetch_events(*link, files(), options.folder + "/fetched", pull_options.patience));
  if (report.last_index) {
    const std::string text = std::to_string(*report.last_index);
    VIGIL_TRY(vault::put_setting(*vault, office::kPulledIndexSetting, as_bytes(text)));
  }
  Json::List fetched;
  for (const sync::Fetched& bundle : report.bundles) {
    const std::string id = bundle::to_string(bundle.listed.id);
    fetched.emplace_back(Json::Object{{"id", id},
                                      {"path", bundle.path},
                                      {"known", bundle.known},
                                      {"damage", bundle.damage ? bundle.damage->code : ""}});
    if (outcome.json) continue;
    print_line(id.substr(0, 8) + ": " +
               (bundle.damage ? bundle.damage->message
                : bundle.known
                    ? "was here already."
                    : "fetched, " + std::to_string(bundle.listed.size_bytes) + " bytes."));
  }
  if (outcome.json)
    print_line(emit_json(Json::Object{{"bundles", std::move(fetched)}}));
  else if (report.bundles.empty() && !report.stopped)
    print_line("The hub has nothing new.");
  if (report.stopped) return std::unexpected(*report.stopped);
  return {};
}

CLI::App* command(CLI::App& app, const std::shared_ptr<SyncOptions>& options, const char* name,
                  const char* about, const char* folder) {
  CLI::App* sub = app.add_subcommand(name, about);
  sub->add_option("DIR", options->folder, folder)->required();
  add_hub_options(*sub, options->hub);
  add_passphrase_options(*sub, options->passphrase);
  return sub;
}

}  // namespace

void add_push_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<SyncOptions>();
  CLI::App* sub = command(app, options, "push", "Send what is sealed; erase what is received",
                          "The tablet's folder");
  sub->callback([=, &outcome] { outcome.finish(push(*options, outcome)); });
}

void add_pull_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<SyncOptions>();
  CLI::App* sub =
      command(app, options, "pull", "Fetch what the hub received", "The office's folder");
  sub->callback([=, &outcome] { outcome.finish(pull(*options, outcome)); });
}

}  // namespace vigil::ctl
