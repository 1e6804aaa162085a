// SPDX-License-Identifier: Apache-2.0
//
// A witness keeps the last checkpoint of a log that it saw and cosigns only consistent growth, so a
// log that shows two faces is caught by whoever it showed the other one. Files only: what it reads
// and what it writes may travel on a stick.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/files.h"
#include "core/log/note.h"

namespace vigil::verify {

struct WitnessJob {
  std::string state_file;  // the last cosigned checkpoint; absent the first time
  Files* log_files = nullptr;
  std::string log_folder;
  log::VerifierKey log_key;
  std::uint64_t time_s = 0;
};
struct WitnessOutcome {
  std::string cosigned_note;
  std::uint64_t old_size = 0;
  std::uint64_t new_size = 0;
};
// The state is replaced before the cosignature is handed out, and only then. kInvalid
// "witness.fork" (the log shows another history than before), "witness.tiles" (its tiles prove
// nothing); kConflict "witness.stale" (an older checkpoint than the one seen before); codes of
// log::verify_checkpoint().
[[nodiscard]] Result<WitnessOutcome> witness(Files& files, const log::SignerKey& key,
                                             const WitnessJob& job);

}  // namespace vigil::verify
