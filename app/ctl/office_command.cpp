// SPDX-License-Identifier: Apache-2.0
//
// vigilctl office ...: what an office does with its own vault and roster.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/hub_options.h"
#include "app/ctl/request_file.h"
#include "app/office/setup.h"
#include "app/visit/hub.h"
#include "app/visit/roster_store.h"
#include "core/base/json.h"
#include "core/trust/label.h"
#include "core/vault/forms_store.h"
#include "forms/xform/definition.h"
#include "forms/xlsform/convert.h"
#include "sync/pull.h"

namespace vigil::ctl {
namespace {

constexpr std::uint64_t kFormLimitBytes = 64ULL << 20;

struct OfficeOptions {
  std::string folder;
  PassphraseOptions passphrase;
  PassphraseOptions recovery_passphrase;
  std::string name = "office";
  std::string recovery_path;
  std::string request_path;
  std::string label;
  std::string output;
  std::string form_path;
  std::string data_path;
  HubOptions hub;
  bool plain_http = false;
  bool no_hub = false;
  std::uint64_t after_sequence = 0;
  bool compared = false;
  bool light = false;
};

// The least the vault allows: for demonstrations and tests. Real use calibrates to the machine.
crypto::Argon2Cost cost_for(bool light) {
  return light ? crypto::Argon2Cost{} : crypto::calibrate_argon2(700);
}

Status init(const OfficeOptions& options, const Outcome& outcome) {
  if (!trust::is_label(options.name)) {
    return fail(ErrorKind::kUsage, "office.name",
                "An office's name is up to 32 of the letters a-z, digits and hyphens, such as "
                "kg-npm.");
  }
  VIGIL_ASSIGN(const auto passphrase,
               read_passphrase(options.passphrase, "Passphrase for the new office: ", true));
  const bool own_recovery =
      !options.recovery_passphrase.file.empty() || options.recovery_passphrase.descriptor >= 0;
  crypto::SecretBytes recovery = passphrase.clone();
  if (own_recovery || options.passphrase.file.empty()) {
    VIGIL_ASSIGN(recovery, read_passphrase(options.recovery_passphrase,
                                           "Another passphrase, for the recovery file: ", true));
  }
  VIGIL_ASSIGN(const auto vault, vault::create_vault({files(), clock()}, options.folder, passphrase,
                                                     cost_for(options.light)));
  const std::string recovery_path = options.recovery_path.empty()
                                        ? options.folder + "/recovery-identity.age"
                                        : options.recovery_path;
  VIGIL_TRY(office::set_up(*vault, files(), {options.name, recovery_path}, recovery));
  VIGIL_ASSIGN(const auto root, visit::pinned_root(*vault));
  if (outcome.json) {
    print_line(emit_json(Json::Object{{"office", options.name},
                                      {"root", crypto::minisign::to_string(root)},
                                      {"recovery", recovery_path}}));
    return {};
  }
  print_line("The office \"" + options.name + "\" is set up in " + options.folder + ".");
  print_line("Its root key, as words to read aloud when tablets are enrolled:");
  print_line(key_words(root));
  print_line("Keep " + recovery_path +
             " away from this computer, for example on a stick in a safe: with its passphrase it "
             "opens what a lost office could not.");
  return {};
}

Status approve(const OfficeOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(auto request, read_request_file(options.request_path));
  if (!outcome.json) {
    print_line("The request comes from a tablet that calls itself " + request.label +
               ". Its key, as words:");
    print_line(key_words(request.device));
  }
  if (!options.compared && !confirmed("Does the tablet show the same words? Answer yes or no: ")) {
    return fail(ErrorKind::kDenied, "office.words",
                "Not approved. If the words differ, the request was changed on the way: ask for it "
                "again, from hand to hand.");
  }
  if (!options.label.empty()) request.label = options.label;
  if (!trust::is_label(request.label)) {
    return fail(ErrorKind::kUsage, "office.label",
                "A label is up to 32 of the letters a-z, digits and hyphens, such as tablet-1.");
  }
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto roster, office::approve(*vault, files(), request));
  if (outcome.json) {
    print_line(emit_json(Json::Object{
        {"label", request.label}, {"roster_version", static_cast<std::int64_t>(roster.version)}}));
  } else {
    print_line(request.label + " is in the roster, version " + std::to_string(roster.version) +
               ". Make a kit for it, and publish the roster to the hub.");
  }
  return {};
}

Status revoke(const OfficeOptions& options) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto roster,
               office::revoke(*vault, files(), options.label, options.after_sequence));
  print_line(options.label + " is revoked beyond bundle " + std::to_string(options.after_sequence) +
             ", as of roster version " + std::to_string(roster.version) + ".");
  return {};
}

// What is said here holds for all kits to come.
Status keep_hub(vault::Vault& vault, const OfficeOptions& options) {
  if (options.no_hub) return visit::set_office_hub(vault, std::nullopt);
  trust::HubAddress hub = options.hub.hub;
  if (hub.url.empty()) return {};
  while (hub.url.ends_with('/')) hub.url.pop_back();
  const Status fit = trust::check_hub(hub);
  if (!fit) return fail(ErrorKind::kUsage, fit.error().code, fit.error().message);
  if (hub.url.starts_with("http://") && !options.plain_http) {
    return fail(ErrorKind::kUsage, "hub.plain_http",
                "Over http:// everybody on the way sees which tablet sends how much and when, and "
                "anybody can pose as the hub. Where it must be, add --plain-http.");
  }
  return visit::set_office_hub(vault, hub);
}

Status write_kit(const OfficeOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_TRY(keep_hub(*vault, options));
  VIGIL_ASSIGN(const auto kit, office::make_kit(*vault, files()));
  VIGIL_TRY(files().write_atomically(options.output, kit, false));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  VIGIL_ASSIGN(const auto hub, visit::office_hub(*vault));
  if (outcome.json) {
    Json::Object object{{"roster_version", static_cast<std::int64_t>(current.roster.version)},
                        {"hub", hub ? hub->url : std::string()}};
    Json::List pins;
    if (hub) pins.assign(hub->pins.begin(), hub->pins.end());
    object.emplace_back("pins", std::move(pins));
    object.emplace_back("plain_http", hub && hub->url.starts_with("http://"));
    print_line(emit_json(std::move(object)));
    return {};
  }
  print_line("The kit with roster version " + std::to_string(current.roster.version) + " is in " +
             options.output + ".");
  if (!hub) {
    print_line("It names no hub: say --hub URL --pin PIN once, or each tablet must be told.");
  } else {
    print_line("Tablets that take it send to " + hub->url +
               (hub->url.starts_with("http://")
                    ? ", and the way there is neither encrypted nor does it show that it is the "
                      "hub: whoever is on it sees which tablet sends how much and when, and can "
                      "pose as the hub. What is sent stays sealed."
                : hub->pins.empty() ? ", known by a public certificate."
                : hub->pins.size() == 1
                    ? ", known by its pinned key."
                    : ", known by any of " + std::to_string(hub->pins.size()) + " pinned keys."));
  }
  return {};
}

Status publish(const OfficeOptions& options) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  VIGIL_ASSIGN(const auto archive,
               bundle::write_archive(
                   {{std::string(office::kRosterFile), to_bytes(current.signed_roster.roster_json)},
                    {std::string(office::kRosterSignatureFile),
                     to_bytes(current.signed_roster.signature_file)}}));
  VIGIL_ASSIGN(const auto link, open_hub(options.hub, vault.get()));
  VIGIL_TRY(sync::publish_roster(*link, archive, hub_patience()));
  print_line("The hub has roster version " + std::to_string(current.roster.version) + ".");
  return {};
}

Status prepare_hub(const OfficeOptions& options) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_TRY(office::prepare_hub(*vault, files(), options.output));
  print_line("The hub's folder is " + options.output +
             "; it holds the log key, so move it by a way you trust.");
  return {};
}

// An XLSForm or an XForm becomes an installed form of the office's vault.
Status add_form(const OfficeOptions& options) {
  std::string xform;
  std::vector<vault::FormMedia> media;
  if (options.form_path.ends_with(".xml")) {
    VIGIL_ASSIGN(const auto content, files().read(options.form_path, kFormLimitBytes));
    xform = std::string(as_text(content));
  } else {
    VIGIL_ASSIGN(auto conversion, forms::convert_xlsform(options.form_path));
    if (!conversion.accepted) {
      const forms::FormProblem& first = conversion.errors.front();
      return fail(ErrorKind::kInvalid, "form.errors",
                  "The form has " + std::to_string(conversion.errors.size()) +
                      " mistakes, the first in sheet " + first.sheet + ", row " +
                      std::to_string(first.row) + ", column " + first.column + ": " +
                      first.message + " `vigilctl form check` lists all.");
    }
    xform = std::move(conversion.xform_xml);
    for (forms::FormFile& file : conversion.files)
      media.push_back({std::move(file.name), std::move(file.content)});
  }
  VIGIL_ASSIGN(const auto form,
               forms::load_xform(xform, [&](std::string_view name) -> std::optional<Bytes> {
                 for (const vault::FormMedia& file : media)
                   if (file.name == name) return file.content;
                 return std::nullopt;
               }));
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_TRY(vault::install_form(
      *vault, {form->id(), form->version(), form->title(), xform, std::move(media)}));
  std::string languages;
  for (const std::string& language : form->languages())
    languages += (languages.empty() ? "" : ", ") + language;
  print_line("Installed \"" + form->title() + "\" (" + form->id() + ", version " + form->version() +
             ")" + (languages.empty() ? "" : " in " + languages) + ".");
  return {};
}

Status add_data(const OfficeOptions& options) {
  VIGIL_ASSIGN(const auto content, files().read(options.data_path, kFormLimitBytes));
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  const std::string name = options.data_path.substr(options.data_path.rfind('/') + 1);
  VIGIL_TRY(office::add_data(*vault, name, content));
  print_line(name + " goes into kits from now on.");
  return {};
}

Status show_roster(const OfficeOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  if (outcome.json) {
    std::fputs(current.signed_roster.roster_json.c_str(), stdout);
    return {};
  }
  print_line("Office " + current.roster.office + ", roster version " +
             std::to_string(current.roster.version));
  for (const trust::Device& device : current.roster.devices) {
    std::string line = "  " + device.label + ", " + std::string(trust::to_string(device.role));
    if (device.revoked_after_sequence)
      line += ", revoked beyond bundle " + std::to_string(*device.revoked_after_sequence);
    print_line(line);
  }
  for (const trust::RosterRecipient& recipient : current.roster.recipients) {
    print_line("  opened by " + std::string(trust::to_string(recipient.role)) + ": " +
               crypto::age::to_string(recipient.recipient) +
               (recipient.retired ? " (retired)" : ""));
  }
  return {};
}

using Options = std::shared_ptr<OfficeOptions>;

CLI::App* command(CLI::App& office, const Options& options, const char* name, const char* about) {
  CLI::App* sub = office.add_subcommand(name, about);
  sub->add_option("DIR", options->folder, "The office's folder")->required();
  add_passphrase_options(*sub, options->passphrase);
  return sub;
}

void add_form_and_data(CLI::App& office, const Options& options, Outcome& outcome) {
  CLI::App* form = command(office, options, "add-form", "Check a checklist and put it into kits");
  form->add_option("FORM", options->form_path, "XLSForm (.xlsx, folder of .csv) or XForm .xml")
      ->required();
  form->callback([=, &outcome] { outcome.finish(add_form(*options)); });

  CLI::App* data = command(office, options, "add-data", "Put country data into kits");
  data->add_option("FILE", options->data_path, "limits.csv, places.csv, ...")->required();
  data->callback([=, &outcome] { outcome.finish(add_data(*options)); });
}

}  // namespace

void add_office_command(CLI::App& app, Outcome& outcome) {
  CLI::App* office = app.add_subcommand("office", "Set up an office and keep its roster");
  office->require_subcommand(1);
  const auto options = std::make_shared<OfficeOptions>();

  CLI::App* start = command(*office, options, "init", "Make root key, opening identities, roster");
  start->add_option("--name", options->name, "A short name: letters a-z, digits, hyphen");
  start->add_option("--recovery", options->recovery_path,
                    "Where to write the recovery identity (an age file)");
  add_passphrase_options(*start, options->recovery_passphrase, "recovery-");
  start->add_flag("--light", options->light,
                  "The least key-derivation work allowed; for demonstrations");
  start->callback([=, &outcome] { outcome.finish(init(*options, outcome)); });

  CLI::App* enrol = command(*office, options, "approve", "Enrol a tablet after comparing words");
  enrol
      ->add_option("REQUEST", options->request_path,
                   "The tablet's request: its file, or a photo of the QR code on its screen")
      ->required();
  enrol->add_option("--label", options->label, "Another label for it; never a person's name");
  enrol->add_flag("--compared", options->compared, "I have compared the words aloud");
  enrol->callback([=, &outcome] { outcome.finish(approve(*options, outcome)); });

  CLI::App* end = command(*office, options, "revoke", "End a tablet's enrolment");
  end->add_option("LABEL", options->label, "The tablet's label")->required();
  end->add_option("--after-sequence", options->after_sequence,
                  "The last bundle of it that counts; 0 for none")
      ->check(CLI::Range(std::int64_t{0}, kJsonNumberLimit))
      ->required();
  end->callback([=, &outcome] { outcome.finish(revoke(*options)); });

  CLI::App* kit = command(*office, options, "kit", "Write the signed kit that tablets accept");
  kit->add_option("-o,--output", options->output, "The kit's file")->required();
  add_hub_options(*kit, options->hub);
  kit->add_flag("--plain-http", options->plain_http, "The hub's address may be http://");
  kit->add_flag("--no-hub", options->no_hub, "Kits name no hub from now on")->excludes("--hub");
  kit->callback([=, &outcome] { outcome.finish(write_kit(*options, outcome)); });

  CLI::App* hub = command(*office, options, "hub", "Prepare the data folder of a hub");
  hub->add_option("-o,--output", options->output, "The hub's data folder")->required();
  hub->callback([=, &outcome] { outcome.finish(prepare_hub(*options)); });

  CLI::App* tell = command(*office, options, "publish", "Hand the hub the newest roster");
  add_hub_options(*tell, options->hub);
  tell->callback([=, &outcome] { outcome.finish(publish(*options)); });

  add_form_and_data(*office, options, outcome);

  CLI::App* roster = command(*office, options, "roster", "Show the roster");
  roster->callback([=, &outcome] { outcome.finish(show_roster(*options, outcome)); });
}

}  // namespace vigil::ctl
