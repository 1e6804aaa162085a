// SPDX-License-Identifier: Apache-2.0
//
// vigilctl event ...: heartbeats of tablets; plans, tombstones and branches of the office.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/hub_options.h"
#include "app/visit/roster_store.h"
#include "core/base/json.h"
#include "core/trust/event.h"
#include "core/vault/finalise.h"
#include "core/vault/settings.h"
#include "sync/pull.h"

namespace vigil::ctl {
namespace {

struct EventOptions {
  std::string folder;
  PassphraseOptions passphrase;
  std::string label;
  std::uint64_t sequence = 0;
  std::string bundle;
  std::string reason;
  std::string output;
  std::vector<std::string> events;
  HubOptions hub;
};

Result<crypto::minisign::SecretKey> own_key(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto raw, vault::get_secret(vault, vault::kDeviceKeySecret));
  return crypto::minisign::SecretKey::from_raw(raw.view());
}

// Where an event was written, for programs.
void print_written(const EventOptions& options, trust::EventKind kind, std::string_view text) {
  print_line(emit_json(Json::Object{
      {"kind", trust::to_string(kind)}, {"file", options.output}, {"id", trust::event_id(text)}}));
}

Status write_out(const EventOptions& options, const trust::Event& event,
                 const crypto::minisign::SecretKey& key, const Outcome& outcome) {
  VIGIL_ASSIGN(const std::string text, trust::write_event(event, key));
  VIGIL_TRY(files().write_atomically(options.output, as_bytes(text), false));
  if (outcome.json) {
    print_written(options, event.kind, text);
    return {};
  }
  print_line("The " + std::string(trust::to_string(event.kind)) + " is in " + options.output +
             ". Send it to the hub (vigilctl event send), or lay it beside the bundles.");
  return {};
}

Status heartbeat(const EventOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto text, heartbeat_text(*vault));
  VIGIL_TRY(files().write_atomically(options.output, as_bytes(text), false));
  if (outcome.json)
    print_written(options, trust::EventKind::kHeartbeat, text);
  else
    print_line("The heartbeat is in " + options.output + ".");
  return {};
}

// What the office says of one of its devices.
Status say(const EventOptions& options, trust::EventKind kind, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  VIGIL_ASSIGN(const auto key, own_key(*vault));
  trust::Event event;
  event.kind = kind;
  event.signer = key.public_key();
  event.sequence = options.sequence;
  event.reason = options.reason;
  bool known = false;
  for (const trust::Device& device : current.roster.devices) {
    if (device.label != options.label) continue;
    event.device = device.key;
    known = true;
  }
  if (!known)
    return fail(ErrorKind::kNotFound, "office.device",
                "No device of this label is in the roster; `vigilctl office roster` lists them.");
  if (!options.bundle.empty()) {
    VIGIL_ASSIGN(event.bundle, bundle::parse_bundle_id(options.bundle));
  }
  VIGIL_TRY(trust::judge_event(current.roster, event));
  return write_out(options, event, key, outcome);
}

Status send(const EventOptions& options, const Outcome& outcome) {
  Json::List sent;
  VIGIL_ASSIGN(const auto link, open_hub(options.hub, nullptr));
  for (const std::string& path : options.events) {
    VIGIL_ASSIGN(const auto content, files().read(path, trust::kEventLimitBytes));
    VIGIL_TRY(sync::send_event(*link, as_text(content), hub_patience()));
    sent.emplace_back(path);
    if (!outcome.json) print_line(path + ": the hub has it.");
  }
  if (outcome.json) print_line(emit_json(Json::Object{{"sent", std::move(sent)}}));
  return {};
}

Status show(const EventOptions& options, const Outcome& outcome) {
  for (const std::string& path : options.events) {
    VIGIL_ASSIGN(const auto content, files().read(path, trust::kEventLimitBytes));
    VIGIL_ASSIGN(const auto event, trust::read_event(as_text(content)));
    const Json json = Json::Object{{"kind", trust::to_string(event.kind)},
                                   {"signer", crypto::minisign::to_string(event.signer)},
                                   {"device", crypto::minisign::to_string(event.device)},
                                   {"sequence", static_cast<std::int64_t>(event.sequence)},
                                   {"bundle", bundle::to_string(event.bundle)},
                                   {"reason", event.reason}};
    if (outcome.json)
      print_line(emit_json(json));
    else
      print_line(path + ": " + std::string(trust::to_string(event.kind)) + ", number " +
                 std::to_string(event.sequence) +
                 (event.reason.empty() ? "" : ", " + event.reason) +
                 "; its signature holds, whether the signer counts says vigil-verify");
  }
  return {};
}

using Options = std::shared_ptr<EventOptions>;

CLI::App* office_command(CLI::App& event, const Options& options, Outcome& outcome,
                         trust::EventKind kind, const char* about) {
  CLI::App* sub = event.add_subcommand(std::string(trust::to_string(kind)), about);
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  sub->add_option("--device", options->label, "The tablet's label")->required();
  sub->add_option("-o,--output", options->output, "The event's file")->required();
  add_passphrase_options(*sub, options->passphrase);
  sub->callback([=, &outcome] { outcome.finish(say(*options, kind, outcome)); });
  return sub;
}

}  // namespace

Result<std::string> heartbeat_text(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto key, own_key(vault));
  VIGIL_ASSIGN(const auto head, vault::chain_head(vault));
  trust::Event event;
  event.kind = trust::EventKind::kHeartbeat;
  event.device = key.public_key();
  event.sequence = head.sequence;
  event.bundle = head.last;
  return trust::write_event(event, key);
}

void add_event_command(CLI::App& app, Outcome& outcome) {
  CLI::App* event = app.add_subcommand("event", "Say what bundles cannot: what is missing and why");
  event->require_subcommand(1);
  const auto options = std::make_shared<EventOptions>();

  CLI::App* beat = event->add_subcommand("heartbeat", "A tablet says how many it has sealed");
  beat->add_option("DIR", options->folder, "The tablet's folder")->required();
  beat->add_option("-o,--output", options->output, "The event's file")->required();
  add_passphrase_options(*beat, options->passphrase);
  beat->callback([=, &outcome] { outcome.finish(heartbeat(*options, outcome)); });

  CLI::App* plan = office_command(*event, options, outcome, trust::EventKind::kPlan,
                                  "The office says how many a tablet is to deliver");
  plan->add_option("--up-to", options->sequence, "The number of the last one planned")
      ->check(CLI::Range(std::int64_t{1}, kJsonNumberLimit))
      ->required();

  CLI::App* stone = office_command(*event, options, outcome, trust::EventKind::kTombstone,
                                   "The office says that a bundle will never come");
  stone->add_option("--sequence", options->sequence, "Its number")
      ->check(CLI::Range(std::int64_t{1}, kJsonNumberLimit))
      ->required();
  stone->add_option("--reason", options->reason, "destroyed, lost, seized, damaged or withdrawn")
      ->required();
  stone->add_option("--bundle", options->bundle, "Its id, where the next one names it");

  CLI::App* branch = office_command(*event, options, outcome, trust::EventKind::kBranch,
                                    "The office says that a tablet was restored from a backup");
  branch
      ->add_option("--after", options->sequence,
                   "Number of the last common bundle; 0 where both begin anew")
      ->check(CLI::Range(std::int64_t{0}, kJsonNumberLimit))
      ->required();
  branch->add_option("--bundle", options->bundle, "Its id; none after 0");
  branch->add_option("--reason", options->reason, "restored or replaced")->required();

  CLI::App* hand_in = event->add_subcommand("send", "Hand events to the hub");
  hand_in->add_option("EVENT", options->events, "Files")->required();
  add_hub_options(*hand_in, options->hub, true);
  hand_in->callback([=, &outcome] { outcome.finish(send(*options, outcome)); });

  CLI::App* look = event->add_subcommand("show", "Show what events say");
  look->add_option("EVENT", options->events, "Files")->required();
  look->callback([=, &outcome] { outcome.finish(show(*options, outcome)); });
}

}  // namespace vigil::ctl
