// SPDX-License-Identifier: Apache-2.0
//
// Setting up an office and keeping its roster: root key, opening identities, log key, enrolment,
// revocation, kits, and what a hub is given. The office's vault holds every secret; the folder also
// keeps public copies (root.pub, roster.json, roster.json.minisig) for auditors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/trust/enrolment.h"
#include "core/trust/kit.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::office {

inline constexpr std::string_view kRootFile = "root.pub";
inline constexpr std::string_view kRosterFile = "roster.json";
inline constexpr std::string_view kRosterSignatureFile = "roster.json.minisig";
// Setting: log index of the last bundle this office fetched, in decimal.
inline constexpr std::string_view kPulledIndexSetting = "pulled-index";

// nullopt where nothing was fetched yet.
[[nodiscard]] Result<std::optional<std::uint64_t>> last_pulled_index(vault::Vault& vault);

// Makes root key, opening identities (general, restricted, recovery), log key, collector key and
// roster version 1 in a fresh vault. `name` is [a-z0-9-]{1,32}. kConflict "office.exists": this
// vault is an office or a tablet already. The recovery identity is written to
// `recovery_path` as an age file under `recovery_passphrase` and kept nowhere else.
struct NewOffice {
  std::string name;
  std::string recovery_path;
};
[[nodiscard]] Status set_up(vault::Vault& vault, Files& files, const NewOffice& office,
                            const crypto::SecretBytes& recovery_passphrase);

// Adds a tablet to the roster, version + 1. Call it only after a person has compared the words.
// kConflict "office.enrolled", "office.label": its key, or its label, is in the roster already.
[[nodiscard]] Result<trust::Roster> approve(vault::Vault& vault, Files& files,
                                            const trust::EnrolmentRequest& request);

// From now on bundles of this device beyond `after_sequence` do not count. What the log held when
// this office last pulled came before; that size goes into the roster. The same again
// changes nothing. kNotFound "office.device"; kUsage "office.self": the office's own key; kConflict
// "office.revoked": it would count more than an earlier revocation.
[[nodiscard]] Result<trust::Roster> revoke(vault::Vault& vault, Files& files,
                                           std::string_view label, std::uint64_t after_sequence);

// A file that kits carry beside the forms: limits.csv, places.csv. kInvalid "office.data": not
// UTF-8 text or not a fit name; else as check_columns().
[[nodiscard]] Status add_data(vault::Vault& vault, std::string_view name, ByteView content);

// Roster, current forms and data, and the hub (visit::set_office_hub()), signed by the root. Where
// these changed since the last kit of this roster version, the version is raised first: kits of one
// version are one kit.
[[nodiscard]] Result<Bytes> make_kit(vault::Vault& vault, Files& files);

// What vigil-hub needs in its data folder: roster, root key, log key. The log key leaves the vault
// here, as a hub cannot sign its log without it.
[[nodiscard]] Status prepare_hub(vault::Vault& vault, Files& files, const std::string& folder);

}  // namespace vigil::office
