// SPDX-License-Identifier: Apache-2.0
//
// vigilctl device ...: a tablet's vault, its enrolment request, and the kits it accepts.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/unknown_bundles.h"
#include "app/visit/roster_store.h"
#include "core/base/json.h"
#include "core/trust/enrolment.h"
#include "core/trust/handover.h"
#include "core/trust/label.h"
#include "core/vault/finalise.h"
#include "core/vault/forms_store.h"
#include "core/vault/outbox.h"
#include "core/vault/page_search.h"
#include "core/vault/settings.h"
#include "core/vault/slots.h"
#include "platform/qr/qr.h"

namespace vigil::ctl {
namespace {

namespace minisign = crypto::minisign;

constexpr std::string_view kLabelSetting = "device-label";

struct DeviceOptions {
  std::string folder;
  PassphraseOptions passphrase;
  PassphraseOptions new_passphrase;
  std::string label = "tablet-1";
  std::string output;
  std::string qr_path;
  bool show_qr = false;
  std::string kit_path;
  std::string root_path;
  std::vector<std::string> words;
  bool compared = false;
  bool light = false;
};

Status init(const DeviceOptions& options) {
  if (!trust::is_label(options.label)) {
    return fail(ErrorKind::kUsage, "device.label",
                "A tablet's label is up to 32 of the letters a-z, digits and hyphens, such as "
                "tablet-1; never a person's name.");
  }
  VIGIL_ASSIGN(const auto passphrase,
               read_passphrase(options.passphrase, "Passphrase for the new tablet: ", true));
  const crypto::Argon2Cost cost =
      options.light ? crypto::Argon2Cost{} : crypto::calibrate_argon2(700);
  VIGIL_ASSIGN(const auto vault,
               vault::create_vault({files(), clock()}, options.folder, passphrase, cost));
  const auto key = minisign::SecretKey::generate();
  VIGIL_TRY(vault::put_secret(*vault, vault::kDeviceKeySecret, key.raw().view()));
  VIGIL_TRY(vault::put_settings(*vault, {{kLabelSetting, as_bytes(options.label)},
                                         {vault::kRoleSetting, as_bytes("tablet")}}));
  print_line("The tablet's vault is in " + options.folder + ". Its key, as words:");
  print_line(key_words(key.public_key()));
  return {};
}

Result<minisign::SecretKey> device_key(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto raw, vault::get_secret(vault, vault::kDeviceKeySecret));
  return minisign::SecretKey::from_raw(raw.view());
}

// A key as its sixteen words, for a program that shows them.
Json::List words_json(const minisign::PublicKey& key, trust::WordLanguage language) {
  Json::List list;
  for (std::string& word : trust::fingerprint_words(key, language))
    list.emplace_back(std::move(word));
  return list;
}

Status request(const DeviceOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto key, device_key(*vault));
  VIGIL_ASSIGN(const auto label, vault::get_setting(*vault, kLabelSetting));
  const std::string text =
      trust::write_request(key, label ? as_text(*label) : std::string_view("tablet"));
  VIGIL_ASSIGN(const auto code, platform::make_qr(text));
  if (!options.qr_path.empty()) {
    VIGIL_ASSIGN(const Bytes picture, platform::qr_png(code));
    VIGIL_TRY(files().write_atomically(options.qr_path, picture, false));
  }
  VIGIL_TRY(files().write_atomically(options.output, as_bytes(text), false));
  if (outcome.json) {
    print_line(emit_json(
        Json::Object{{"file", options.output},
                     {"device", minisign::to_string(key.public_key())},
                     {"words_en", words_json(key.public_key(), trust::WordLanguage::kEnglish)},
                     {"words_ru", words_json(key.public_key(), trust::WordLanguage::kRussian)}}));
    return {};
  }
  // Not print_line(): the colours of the code are meant for the terminal.
  if (options.show_qr) std::fputs(platform::qr_for_terminal(code).c_str(), stdout);
  print_line("The request is in " + options.output +
             ". Take it to the office and compare these words aloud:");
  print_line(key_words(key.public_key()));
  return {};
}

// The root key to trust: pinned by an earlier kit, else given as a file, else compared by a person.
Result<minisign::PublicKey> root_for(vault::Vault& vault, const DeviceOptions& options,
                                     ByteView archive) {
  auto pinned = visit::pinned_root(vault);
  if (pinned) return trust::follow_handovers(archive, *pinned);
  if (pinned.error().code != "roster.absent") return pinned;
  if (!options.root_path.empty()) {
    VIGIL_ASSIGN(const auto content, files().read(options.root_path, 4096));
    return minisign::parse_public_key_file(content);
  }
  VIGIL_ASSIGN(const auto claimed, trust::claimed_root(archive));
  print_line("This is the first kit here. The office's root key, as words:");
  print_line(key_words(claimed));
  if (!options.compared && !confirmed("Does the office read out the same words? yes or no: ")) {
    return fail(ErrorKind::kDenied, "device.words",
                "The kit was not accepted. Get a kit from your own office and compare again.");
  }
  return claimed;
}

Status accept(const DeviceOptions& options) {
  VIGIL_ASSIGN(const auto archive, files().read(options.kit_path, trust::kKitLimitBytes));
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto root, root_for(*vault, options, archive));
  VIGIL_ASSIGN(const auto kit, trust::read_kit(archive, root));
  VIGIL_ASSIGN(const auto key, device_key(*vault));
  if (!kit.roster.find_device(key.public_key())) {
    return fail(ErrorKind::kDenied, "device.not_enrolled",
                "This tablet is not in the kit's roster; the office must approve its request "
                "first and then make a new kit.");
  }
  VIGIL_ASSIGN(const auto accepted, visit::accept_kit(*vault, archive, kit));
  const auto recovery = kit.roster.recipients_for(trust::RecipientRole::kRecovery);
  if (!recovery.empty()) VIGIL_TRY(vault::set_recovery(*vault, recovery.front()));
  print_line("Accepted the kit of office " + kit.roster.office + " with roster version " +
             std::to_string(accepted.roster_version) + ".");
  for (const std::string& form : accepted.forms) print_line("  checklist: " + form);
  if (accepted.hub) print_line("  sends to: " + accepted.hub->url);
  if (!recovery.empty())
    print_line("  the office can rescue unsent work here if the passphrase is forgotten");
  return {};
}

Status status(const DeviceOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto head, vault::chain_head(*vault));
  VIGIL_ASSIGN(const auto entries, vault::outbox(*vault));
  VIGIL_ASSIGN(const auto label, vault::get_setting(*vault, kLabelSetting));
  VIGIL_ASSIGN(const auto unknown, vault::unknown_bundles(*vault));
  const auto current = visit::current_roster(*vault);
  std::int64_t waiting = 0;
  for (const vault::OutboxEntry& entry : entries)
    if (entry.state != vault::UploadState::kAcknowledged) ++waiting;
  if (outcome.json) {
    print_line(emit_json(
        Json::Object{{"label", label ? as_text(*label) : std::string_view()},
                     {"enrolled", current.has_value()},
                     {"roster_version", current ? static_cast<std::int64_t>(current->roster.version)
                                                : std::int64_t{0}},
                     {"sequence", static_cast<std::int64_t>(head.sequence)},
                     {"waiting", waiting},
                     {"unknown_bundles", unknown_bundles_json(unknown)}}));
    return {};
  }
  print_line(current ? "Enrolled with office " + current->roster.office + ", roster version " +
                           std::to_string(current->roster.version)
                     : std::string("Not enrolled yet"));
  print_line("Sealed so far: " + std::to_string(head.sequence) +
             "; waiting to be sent: " + std::to_string(waiting));
  print_unknown_bundles(unknown);
  return {};
}

// The proof behind "its words are no longer anywhere", for whoever doubts it.
Status search(const DeviceOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto found, vault::search_pages(*vault, options.words));
  if (outcome.json) {
    print_line(emit_json(
        Json::Object{{"pages", found.pages}, {"pages_with_a_match", found.pages_matched}}));
  } else {
    print_line("Looked at " + std::to_string(found.pages) + " decrypted pages, " +
               std::to_string(found.pages_matched) + " hold one of the words.");
  }
  return {};
}

Status change_passphrase(const DeviceOptions& options) {
  VIGIL_ASSIGN(const auto old_passphrase,
               read_passphrase(options.passphrase, "Passphrase now: ", false));
  VIGIL_ASSIGN(const auto vault,
               vault::open_vault({files(), clock()}, options.folder, old_passphrase));
  VIGIL_ASSIGN(const auto new_passphrase,
               read_passphrase(options.new_passphrase, "New passphrase: ", true));
  VIGIL_TRY(vault::change_passphrase(
      *vault, old_passphrase, new_passphrase,
      options.light ? crypto::Argon2Cost{} : crypto::calibrate_argon2(700)));
  print_line("The passphrase is changed.");
  return {};
}

using Options = std::shared_ptr<DeviceOptions>;

CLI::App* command(CLI::App& device, const Options& options, const char* name, const char* about) {
  CLI::App* sub = device.add_subcommand(name, about);
  sub->add_option("DIR", options->folder, "The tablet's folder")->required();
  add_passphrase_options(*sub, options->passphrase);
  return sub;
}

}  // namespace

void add_device_command(CLI::App& app, Outcome& outcome) {
  CLI::App* device = app.add_subcommand("device", "Set up and enrol a tablet");
  device->require_subcommand(1);
  const auto options = std::make_shared<DeviceOptions>();

  CLI::App* start = command(*device, options, "init", "Make a tablet's vault and key");
  start->add_option("--label", options->label,
                    "What the tablet is called in the roster; never a person's name");
  start->add_flag("--light", options->light,
                  "The least key-derivation work allowed; for demonstrations");
  start->callback([=, &outcome] { outcome.finish(init(*options)); });

  CLI::App* ask = command(*device, options, "request", "Write the enrolment request");
  ask->add_option("-o,--output", options->output, "The request's file")->required();
  ask->add_option("--qr", options->qr_path, "Also write it as a QR code into this .png")
      ->type_name("FILE");
  ask->add_flag("--show-qr", options->show_qr, "Also show it as a QR code here");
  ask->callback([=, &outcome] { outcome.finish(request(*options, outcome)); });

  CLI::App* take = command(*device, options, "accept", "Accept a kit of the office");
  take->add_option("KIT", options->kit_path, "The kit's file")->required();
  take->add_option("--root", options->root_path,
                   "The office's root.pub, if it came by a way you trust");
  take->add_flag("--compared", options->compared, "I have compared the words aloud");
  take->callback([=, &outcome] { outcome.finish(accept(*options)); });

  CLI::App* show = command(*device, options, "status", "Show enrolment and what waits");
  show->callback([=, &outcome] { outcome.finish(status(*options, outcome)); });

  CLI::App* look =
      command(*device, options, "search", "Look for words in every page of the unlocked store");
  look->add_option("--text", options->words, "A word; may be given again")->required();
  look->callback([=, &outcome] { outcome.finish(search(*options, outcome)); });

  CLI::App* change = command(*device, options, "passphrase", "Change the passphrase");
  add_passphrase_options(*change, options->new_passphrase, "new-");
  change->add_flag("--light", options->light,
                   "The least key-derivation work allowed; for demonstrations");
  change->callback([=, &outcome] { outcome.finish(change_passphrase(*options)); });
}

}  // namespace vigil::ctl
