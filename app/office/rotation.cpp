// SPDX-License-Identifier: Apache-2.0
#include "app/office/rotation.h"

#include <algorithm>

#include "app/office/roster_keeping.h"
#include "app/office/setup.h"
#include "app/visit/roster_store.h"
#include "core/crypto/age.h"
#include "core/crypto/stream.h"
#include "core/trust/handover.h"
#include "core/vault/settings.h"

namespace vigil::office {
namespace {

namespace age = crypto::age;
namespace minisign = crypto::minisign;

constexpr int kRecoveryWork = 18;  // as in set_up()

void replace_recipient(trust::Roster& roster, trust::RecipientRole role,
                       const age::Recipient& fresh) {
  for (trust::RosterRecipient& recipient : roster.recipients)
    if (recipient.role == role) recipient.retired = true;
  roster.recipients.push_back({fresh, role, false});
}

// The newest first; opening_keys() reads all of them.
Status put_identity_in_front(vault::Vault& vault, std::string_view name,
                             const age::Identity& fresh) {
  VIGIL_ASSIGN(const auto old, vault::get_secret(vault, name));
  const crypto::SecretBytes line = fresh.to_text();
  crypto::SecretBytes both(line.size() + 1 + old.size());
  const auto out = both.writable();
  std::ranges::copy(line.view(), out.begin());
  out[line.size()] = '\n';
  std::ranges::copy(old.view(), out.begin() + static_cast<std::ptrdiff_t>(line.size() + 1));
  return vault::put_secret(vault, name, both.view());
}

// "office-log" -> "office-log-2" -> "office-log-3", past every number in use.
std::string next_name(const std::string& name, const std::string& base) {
  int number = 1;
  if (name.starts_with(base + "-")) number = std::atoi(name.c_str() + base.size() + 1);
  return base + "-" + std::to_string(std::max(number, 1) + 1);
}

}  // namespace

Result<trust::Roster> rotate_recipient(vault::Vault& vault, Files& files,
                                       trust::RecipientRole role) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  const auto fresh = age::Identity::generate();
  replace_recipient(current.roster, role, fresh.recipient());
  // The identity first: a roster with a recipient that nobody can open for must not exist.
  VIGIL_TRY(put_identity_in_front(vault,
                                  role == trust::RecipientRole::kRestricted
                                      ? vault::kRestrictedIdentitySecret
                                      : vault::kOpeningIdentitySecret,
                                  fresh));
  return next_roster(vault, files, std::move(current.roster));
}

Result<trust::Roster> rotate_recovery(vault::Vault& vault, Files& files, const std::string& path,
                                      const crypto::SecretBytes& passphrase) {
  if (files.exists(path))
    return fail(ErrorKind::kConflict, "office.recovery_exists",
                "There is a file of this name already; old bundles may need it. Choose another.");
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  const auto fresh = age::Identity::generate();
  const crypto::SecretBytes text = fresh.to_text();
  crypto::BytesSource source(text.view());
  crypto::BytesSink sink;
  VIGIL_TRY(age::encrypt_with_passphrase(passphrase, kRecoveryWork, source, sink));
  VIGIL_TRY(files.write_atomically(path, sink.bytes, true));
  replace_recipient(current.roster, trust::RecipientRole::kRecovery, fresh.recipient());
  return next_roster(vault, files, std::move(current.roster));
}

Result<trust::Roster> rotate_office_key(vault::Vault& vault, Files& files) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(const auto raw, vault::get_secret(vault, vault::kDeviceKeySecret));
  VIGIL_ASSIGN(const auto old, minisign::SecretKey::from_raw(raw.view()));
  const auto fresh = minisign::SecretKey::generate();
  std::string label = "office";
  for (trust::Device& device : current.roster.devices) {
    if (device.key != old.public_key()) continue;
    device.revoked_after_sequence = 0;
    label = next_name(device.label, "office");
  }
  current.roster.devices.push_back(
      {fresh.public_key(), trust::DeviceRole::kOffice, label, 1, {}, {}});
  VIGIL_ASSIGN(auto roster, next_roster(vault, files, std::move(current.roster)));
  VIGIL_TRY(vault::put_secret(vault, vault::kDeviceKeySecret, fresh.raw().view()));
  return roster;
}

Result<trust::Roster> rotate_log_key(vault::Vault& vault, Files& files) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  const auto fresh = log::SignerKey::generate(
      next_name(current.roster.log.name, current.roster.office + "-log"), log::KeyType::kLog);
  const crypto::SecretBytes text = fresh.to_text();
  current.roster.log = fresh.verifier();
  // What the old log proved of the time of a revocation cannot be compared with the new one's
  // sizes.
  for (trust::Device& device : current.roster.devices) device.revoked_at_log_size.reset();
  VIGIL_ASSIGN(auto roster, next_roster(vault, files, std::move(current.roster)));
  VIGIL_TRY(vault::put_secret(vault, vault::kLogKeySecret, text.view()));
  VIGIL_TRY(vault::remove_setting(vault, kPulledIndexSetting));
  return roster;
}

Result<trust::Roster> rotate_root(vault::Vault& vault, Files& files) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(const auto old, root_key(vault));
  const auto fresh = minisign::SecretKey::generate();
  current.roster.root = fresh.public_key();
  ++current.roster.version;
  VIGIL_ASSIGN(const auto signed_roster, trust::sign_roster(current.roster, fresh));
  VIGIL_TRY(add_handover(vault, trust::write_handover(old, fresh.public_key())));
  VIGIL_TRY(vault::put_secret(vault, vault::kRootKeySecret, fresh.raw().view()));
  const std::string root_line = minisign::to_string(fresh.public_key());
  // One transaction: a roster under a root that is not pinned would lock the office out.
  VIGIL_TRY(vault::put_settings(
      vault, {{vault::kRootKeySetting, as_bytes(root_line)},
              {vault::kRosterSetting, as_bytes(signed_roster.roster_json)},
              {vault::kRosterSignatureSetting, as_bytes(signed_roster.signature_file)}}));
  VIGIL_TRY(keep_roster(vault, files, signed_roster));
  VIGIL_TRY(files.write_atomically(
      vault.folder() + "/" + std::string(kRootFile),
      as_bytes(minisign::public_key_file(fresh.public_key(),
                                         "Vigil office " + current.roster.office + ", root")),
      false));
  return std::move(current.roster);
}

Result<trust::Roster> add_witness(vault::Vault& vault, Files& files,
                                  const log::VerifierKey& witness) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  const auto& known = current.roster.witnesses;
  if (witness.type != log::KeyType::kWitness)
    return fail(ErrorKind::kUsage, "office.witness", "This is not a witness's public key.");
  if (std::ranges::find(known, witness.name, &log::VerifierKey::name) != known.end())
    return fail(ErrorKind::kConflict, "office.witness",
                "A witness of this name is in the roster already; remove it first.");
  current.roster.witnesses.push_back(witness);
  return next_roster(vault, files, std::move(current.roster));
}

Result<trust::Roster> remove_witness(vault::Vault& vault, Files& files, std::string_view name) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  const auto gone = std::erase_if(current.roster.witnesses,
                                  [&](const log::VerifierKey& key) { return key.name == name; });
  if (gone == 0)
    return fail(ErrorKind::kNotFound, "office.witness",
                "No witness of this name is in the roster.");
  return next_roster(vault, files, std::move(current.roster));
}

Result<trust::Roster> set_quorum(vault::Vault& vault, Files& files, std::int64_t quorum) {
  VIGIL_ASSIGN(auto current, visit::current_roster(vault));
  current.roster.policy.witness_quorum = quorum;
  return next_roster(vault, files, std::move(current.roster));
}

}  // namespace vigil::office
