// SPDX-License-Identifier: Apache-2.0
//
// Bundles come in: checked from outside, judged against the roster, opened, read, stored, in one
// transaction. What fails is quarantined with its reason, never dropped.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/trust/roster.h"
#include "core/vault/inbox.h"
#include "core/vault/vault.h"

namespace vigil::office {

enum class ImportOutcome { kImported, kKnown, kQuarantined };

struct ImportReport {
  ImportOutcome outcome = ImportOutcome::kQuarantined;
  std::string file;
  std::string id;            // hex, empty where not even that is known
  std::string device_label;  // as of the roster
  std::uint64_t sequence = 0;
  // Nothing where the file was too damaged to ask.
  std::optional<trust::AuthorVerdict> verdict;
  std::uint64_t roster_version = 0;
  std::vector<std::string> visit_codes;
  std::vector<std::string> namesakes;      // names of other visits here with that code
  std::uint64_t missing_before = 0;        // bundles of this device that have not come yet
  Error why{ErrorKind::kInvalid, "", ""};  // kQuarantined only
};

// The Result fails only where nothing could be judged at all (no such file, vault locked, disk);
// a bundle that is refused is a report with kQuarantined.
[[nodiscard]] Result<ImportReport> import_bundle(vault::Vault& vault, Files& files,
                                                 const std::string& path);

// The same bundles by device and number, as their signed manifests say, so that a chain that came
// whole is never reported as if earlier ones were missing. File names do not count. What cannot be
// judged comes last, in the order given.
[[nodiscard]] Result<std::vector<std::string>> in_chain_order(vault::Vault& vault, Files& files,
                                                              std::vector<std::string> paths);

}  // namespace vigil::office
