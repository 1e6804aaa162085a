// SPDX-License-Identifier: Apache-2.0
#include "app/office/setup.h"

#include <algorithm>
#include <cstdlib>

#include "app/office/data_columns.h"
#include "app/office/roster_keeping.h"
#include "app/visit/hub.h"
#include "app/visit/roster_store.h"
#include "core/crypto/age.h"
#include "core/crypto/hash.h"
#include "core/crypto/stream.h"
#include "core/trust/handover.h"
#include "core/vault/forms_store.h"
#include "core/vault/settings.h"

namespace vigil::office {
namespace {

namespace age = crypto::age;
namespace minisign = crypto::minisign;

constexpr int kRecoveryWork = 18;  // age's own default: 256 MiB, about a second
constexpr std::string_view kDataPrefix = "data-";
constexpr std::string_view kDataListSetting = "data-list";  // names, one a line
// Roster version and digest of the files of the last kit made.
constexpr std::string_view kKitDigestSetting = "kit-digest";

Status put_identity(vault::Vault& vault, std::string_view name, const age::Identity& identity) {
  const crypto::SecretBytes text = identity.to_text();
  return vault::put_secret(vault, name, text.view());
}

Result<std::vector<std::string>> data_names(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto list, vault::get_setting(vault, kDataListSetting));
  std::vector<std::string> names;
  if (!list) return names;
  std::string_view rest = as_text(*list);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) names.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

}  // namespace

Status set_up(vault::Vault& vault, Files& files, const NewOffice& office,
              const crypto::SecretBytes& recovery_passphrase) {
  VIGIL_ASSIGN(const auto role, vault::get_setting(vault, vault::kRoleSetting));
  if (role) {
    return fail(ErrorKind::kConflict, "office.exists",
                "This folder is an office or a tablet already; choose an empty one.");
  }
  const auto root = minisign::SecretKey::generate();
  const auto collector = minisign::SecretKey::generate();
  const auto general = age::Identity::generate();
  const auto restricted = age::Identity::generate();
  const auto recovery = age::Identity::generate();
  const auto log_key = log::SignerKey::generate(office.name + "-log", log::KeyType::kLog);

  trust::Roster roster;
  roster.version = 1;
  roster.office = office.name;
  roster.root = root.public_key();
  roster.log = log_key.verifier();
  roster.devices.push_back(
      {collector.public_key(), trust::DeviceRole::kOffice, "office", 1, {}, {}});
  roster.recipients = {{general.recipient(), trust::RecipientRole::kGeneral, false},
                       {restricted.recipient(), trust::RecipientRole::kRestricted, false},
                       {recovery.recipient(), trust::RecipientRole::kRecovery, false}};
  VIGIL_ASSIGN(const auto signed_roster, trust::sign_roster(roster, root));

  // The recovery file first: an office that is set up but cannot be recovered must not exist.
  const crypto::SecretBytes recovery_text = recovery.to_text();
  crypto::BytesSource source(recovery_text.view());
  crypto::BytesSink sink;
  VIGIL_TRY(age::encrypt_with_passphrase(recovery_passphrase, kRecoveryWork, source, sink));
  VIGIL_TRY(files.write_atomically(office.recovery_path, sink.bytes, true));

  VIGIL_TRY(vault::put_secret(vault, vault::kRootKeySecret, root.raw().view()));
  VIGIL_TRY(vault::put_secret(vault, vault::kDeviceKeySecret, collector.raw().view()));
  VIGIL_TRY(put_identity(vault, vault::kOpeningIdentitySecret, general));
  VIGIL_TRY(put_identity(vault, vault::kRestrictedIdentitySecret, restricted));
  const crypto::SecretBytes log_text = log_key.to_text();
  VIGIL_TRY(vault::put_secret(vault, vault::kLogKeySecret, log_text.view()));
  const std::string root_line = minisign::to_string(root.public_key());
  VIGIL_TRY(vault::put_setting(vault, vault::kRootKeySetting, as_bytes(root_line)));
  VIGIL_TRY(keep_roster(vault, files, signed_roster));
  const std::string root_file =
      minisign::public_key_file(root.public_key(), "Vigil office " + office.name + ", root");
  VIGIL_TRY(files.write_atomically(vault.folder() + "/" + std::string(kRootFile),
                                   as_bytes(root_file), false));
  // Last: only a vault in which everything else is in place says that it is an office.
  return vault::put_setting(vault, vault::kRoleSetting, as_bytes("office"));
}

Result<trust::Roster> approve(vault::Vault& vault, Files& files,
                              const trust::EnrolmentRequest& request) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  for (const trust::Device& device : current.roster.devices) {
    if (device.key.point == request.device.point) {
      return fail(ErrorKind::kConflict, "office.enrolled",
                  "This tablet's key is in the roster already, as " + device.label +
                      (device.revoked_after_sequence
                           ? ", and revoked: set the tablet up anew in an empty folder."
                           : "; make a kit for it."));
    }
    if (device.label == request.label) {
      return fail(ErrorKind::kConflict, "office.label",
                  "Another device is called " + device.label +
                      "; give this one another name with --label.");
    }
  }
  current.roster.devices.push_back(
      {request.device, trust::DeviceRole::kTablet, request.label, 1, {}, {}});
  return next_roster(vault, files, std::move(current.roster));
}

Result<trust::Roster> revoke(vault::Vault& vault, Files& files, std::string_view label,
                             std::uint64_t after_sequence) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  const auto device = std::find_if(current.roster.devices.begin(), current.roster.devices.end(),
                                   [&](const trust::Device& d) { return d.label == label; });
  if (device == current.roster.devices.end()) {
    return fail(ErrorKind::kNotFound, "office.device",
                "No device of this label is in the roster; `vigilctl office roster` lists them.");
  }
  if (device->role == trust::DeviceRole::kOffice) {
    return fail(ErrorKind::kUsage, "office.self",
                "This is the office's own key: without it nothing can be fetched from the hub.");
  }
  if (device->revoked_after_sequence == after_sequence) return current.roster;
  if (device->revoked_after_sequence && *device->revoked_after_sequence < after_sequence) {
    return fail(ErrorKind::kConflict, "office.revoked",
                "This tablet is revoked beyond bundle " +
                    std::to_string(*device->revoked_after_sequence) +
                    " already; what did not count since cannot be made to count again.");
  }
  device->revoked_after_sequence = after_sequence;
  VIGIL_ASSIGN(const auto pulled, last_pulled_index(vault));
  if (pulled) device->revoked_at_log_size = *pulled + 1;
  return next_roster(vault, files, std::move(current.roster));
}

Result<std::optional<std::uint64_t>> last_pulled_index(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto stored, vault::get_setting(vault, kPulledIndexSetting));
  std::optional<std::uint64_t> index;
  if (stored) index = std::strtoull(std::string(as_text(*stored)).c_str(), nullptr, 10);
  return index;
}

Status add_data(vault::Vault& vault, std::string_view name, ByteView content) {
  if (!bundle::is_member_name(name) || !name.ends_with(".csv")) {
    return fail(ErrorKind::kInvalid, "office.data",
                "Country data are .csv files with a plain name such as limits.csv.");
  }
  if (!is_utf8(as_text(content))) {
    return fail(ErrorKind::kInvalid, "office.encoding",
                std::string(name) +
                    " is not in UTF-8 but in another encoding, such as Windows-1251: save it again "
                    "as \"CSV UTF-8\".");
  }
  VIGIL_TRY(check_columns(name, as_text(content)));
  VIGIL_ASSIGN(auto names, data_names(vault));
  if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  std::string list;
  for (const std::string& known : names) list += known + "\n";
  const std::string setting = std::string(kDataPrefix) + std::string(name);
  return vault::put_settings(vault, {{setting, content}, {kDataListSetting, as_bytes(list)}});
}

namespace {

Result<std::vector<bundle::Member>> kit_files(vault::Vault& vault) {
  trust::Kit kit;
  VIGIL_ASSIGN(const auto summaries, vault::installed_forms(vault));
  for (const vault::FormSummary& summary : summaries) {
    if (!summary.current) continue;
    VIGIL_ASSIGN(const auto form, vault::installed_form(vault, summary.id, summary.version));
    kit.files.push_back({"form-" + form.id + ".xml", to_bytes(form.xform)});
    for (const vault::FormMedia& media : form.media)
      kit.files.push_back({"media-" + form.id + "-" + media.name, media.content});
  }
  VIGIL_ASSIGN(const auto names, data_names(vault));
  for (const std::string& name : names) {
    VIGIL_ASSIGN(const auto content, vault::get_setting(vault, std::string(kDataPrefix) + name));
    if (content) kit.files.push_back({name, *content});
  }
  VIGIL_ASSIGN(const auto handed, handovers(vault));
  for (std::size_t i = 0; i < handed.size(); ++i)
    kit.files.push_back(
        {std::string(trust::kHandoverPrefix) + std::to_string(i + 1), to_bytes(handed[i])});
  std::sort(kit.files.begin(), kit.files.end(),
            [](const bundle::Member& a, const bundle::Member& b) { return a.name < b.name; });
  return std::move(kit.files);
}

std::string digest_of(const trust::Kit& kit) {
  crypto::Blake2b256Stream hash;
  for (const bundle::Member& member : kit.files) {
    hash.update(crypto::blake2b_256(as_bytes(member.name)));
    hash.update(crypto::blake2b_256(member.content));
  }
  if (kit.hub) hash.update(crypto::blake2b_256(as_bytes(visit::hub_text(kit.hub))));
  return hex_encode(hash.finish());
}

}  // namespace

Result<Bytes> make_kit(vault::Vault& vault, Files& files) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(const auto root, root_key(vault));
  trust::Kit kit;
  VIGIL_ASSIGN(kit.files, kit_files(vault));
  VIGIL_ASSIGN(kit.hub, visit::office_hub(vault));
  // A kit is as old as its roster: other files under one version would be two kits of one age, and
  // a tablet could not tell the older from the newer.
  VIGIL_ASSIGN(const auto last, vault::get_setting(vault, kKitDigestSetting));
  const std::string digest = digest_of(kit);
  const auto stamp = [&] { return std::to_string(current.roster.version) + " " + digest; };
  const bool other_content =
      last && as_text(*last).starts_with(std::to_string(current.roster.version) + " ") &&
      as_text(*last) != stamp();
  if (other_content) {
    VIGIL_TRY(next_roster(vault, files, std::move(current.roster)));
    VIGIL_ASSIGN(current, visit::current_roster(vault));
  }
  kit.roster = current.signed_roster;
  VIGIL_TRY(vault::put_setting(vault, kKitDigestSetting, as_bytes(stamp())));
  return trust::write_kit(kit, root);
}

Status prepare_hub(vault::Vault& vault, Files& files, const std::string& folder) {
  VIGIL_ASSIGN(const auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(const auto log_key, vault::get_secret(vault, vault::kLogKeySecret));
  VIGIL_TRY(files.make_directories(folder));
  VIGIL_TRY(files.write_atomically(folder + "/log.key", log_key.view(), true));
  VIGIL_TRY(files.write_atomically(folder + "/" + std::string(kRosterFile),
                                   as_bytes(current.signed_roster.roster_json), false));
  VIGIL_TRY(files.write_atomically(folder + "/" + std::string(kRosterSignatureFile),
                                   as_bytes(current.signed_roster.signature_file), false));
  const std::string root = crypto::minisign::public_key_file(
      current.roster.root, "Vigil office " + current.roster.office + ", root");
  return files.write_atomically(folder + "/" + std::string(kRootFile), as_bytes(root), false);
}

}  // namespace vigil::office
