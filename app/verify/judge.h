// SPDX-License-Identifier: Apache-2.0
//
// From files, roster and log to a report. Opens nothing and holds no opening key: all it reads is
// what any carrier of a bundle may read. Thread: one call at a time; uses threads inside.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/verify/claim.h"
#include "core/base/files.h"
#include "core/trust/roster.h"

namespace vigil::verify {

// How far a long piece of work is: what it is, done, of how many.
using Progress = std::function<void(std::string_view, std::uint64_t, std::uint64_t)>;

struct HeldCheckpoint {
  std::string name;  // of the file, for people
  std::string note;
};

struct Question {
  std::vector<std::string> bundle_files;
  std::vector<std::string> event_files;
  trust::SignedRoster signed_roster;
  crypto::minisign::PublicKey root;
  // Where the log lies: `log_files` reads it (a disk or a web server) under `log_folder`.
  Files* log_files = nullptr;
  std::string log_folder;
  std::vector<HeldCheckpoint> checkpoints;
};

// Fails only where the roster itself cannot be believed (codes of trust::verify_roster()); all else
// is a verdict in the report.
[[nodiscard]] Result<Report> judge(Files& files, const Question& question,
                                   const Progress& progress);

}  // namespace vigil::verify
