// SPDX-License-Identifier: Apache-2.0
#include "app/office/roster_keeping.h"

#include "app/office/setup.h"
#include "core/vault/settings.h"

namespace vigil::office {

namespace minisign = crypto::minisign;

namespace {

// Texts one after another, each of five lines: the statement and its signature.
constexpr std::string_view kHandoversSetting = "root-handovers";
constexpr int kHandoverLines = 5;

}  // namespace

// The signed roster goes into the vault and, for auditors and hubs, into the folder.
Status keep_roster(vault::Vault& vault, Files& files, const trust::SignedRoster& roster) {
  VIGIL_TRY(vault::put_settings(
      vault, {{vault::kRosterSetting, as_bytes(roster.roster_json)},
              {vault::kRosterSignatureSetting, as_bytes(roster.signature_file)}}));
  const std::string folder = vault.folder() + "/";
  VIGIL_TRY(files.write_atomically(folder + std::string(kRosterFile), as_bytes(roster.roster_json),
                                   false));
  return files.write_atomically(folder + std::string(kRosterSignatureFile),
                                as_bytes(roster.signature_file), false);
}

Result<minisign::SecretKey> root_key(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto raw, vault::get_secret(vault, vault::kRootKeySecret));
  return minisign::SecretKey::from_raw(raw.view());
}

Result<trust::Roster> next_roster(vault::Vault& vault, Files& files, trust::Roster roster) {
  ++roster.version;
  VIGIL_ASSIGN(const auto root, root_key(vault));
  VIGIL_ASSIGN(const auto signed_roster, trust::sign_roster(roster, root));
  VIGIL_TRY(keep_roster(vault, files, signed_roster));
  return roster;
}

Result<std::vector<std::string>> handovers(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto stored, vault::get_setting(vault, kHandoversSetting));
  std::vector<std::string> texts;
  if (!stored) return texts;
  int lines = 0;
  for (const char c : as_text(*stored)) {
    if (lines % kHandoverLines == 0 && (texts.empty() || texts.back().ends_with('\n')) &&
        lines / kHandoverLines == static_cast<int>(texts.size()))
      texts.emplace_back();
    texts.back().push_back(c);
    if (c == '\n') ++lines;
  }
  return texts;
}

Status add_handover(vault::Vault& vault, const std::string& text) {
  VIGIL_ASSIGN(const auto stored, vault::get_setting(vault, kHandoversSetting));
  const std::string all = (stored ? std::string(as_text(*stored)) : std::string()) + text;
  return vault::put_setting(vault, kHandoversSetting, as_bytes(all));
}

}  // namespace vigil::office
