// SPDX-License-Identifier: Apache-2.0
//
// What the log proves: one pass over its entries, whose root must be the one that was signed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/verify/judge.h"
#include "core/bundle/check.h"

namespace vigil::verify {

struct LoggedBundle {
  std::uint64_t index = 0;
  bundle::SignedManifest manifest;
};

// A known witness signed that it saw the first `size` entries.
struct WitnessSight {
  std::string witness;
  std::uint64_t size = 0;
  std::uint64_t time_s = 0;
};

struct LogEvidence {
  LogReport report;
  bool unreadable = false;
  // True where entries and checkpoint hold; only then is the rest evidence.
  bool believed = false;
  std::map<bundle::BundleId, std::uint64_t> first_index;  // of every entry that parses
  std::vector<LoggedBundle> bundles;                      // by devices of the roster, in log order
  std::map<std::uint64_t, log::Hash> roots;               // at the sizes asked for
  std::vector<WitnessSight> sights;                       // each witness's furthest
};

// `sizes`: where receipts and held checkpoints were signed.
[[nodiscard]] LogEvidence read_log(const Question& question, const trust::Roster& roster,
                                   std::set<std::uint64_t> sizes, const Progress& progress);

// The held checkpoints, and the log's own `cosigned` file, verified with the roster's log key.
struct VerifiedHeld {
  std::string name;
  bool of_log = false;  // not the auditor's: shows what witnesses saw, proves no consistency
  Result<log::VerifiedCheckpoint> checkpoint;
};
[[nodiscard]] std::vector<VerifiedHeld> verify_held(const Question& question,
                                                    const trust::Roster& roster);
// Adds "consistency" and "witnesses" to the report.
void compare_with_held(LogEvidence& evidence, const std::vector<VerifiedHeld>& held,
                       const trust::Roster& roster);

}  // namespace vigil::verify
