// SPDX-License-Identifier: Apache-2.0
//
// The cosignatures that witnesses handed in: the newest checkpoint that enough of them signed, and
// newer ones that are still short of it. Kept beside the log as static files: log/cosigned and
// log/cosigning/<size>. Thread: one at a time (the ledger's lock).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/files.h"
#include "core/log/note.h"

namespace vigil::hub {

// Who may cosign and how many must, as the roster in force says.
struct WitnessPolicy {
  log::VerifierKey log;
  std::vector<log::VerifierKey> witnesses;
  std::size_t quorum = 0;
};

class Cosigned {
 public:
  // At most so many checkpoints wait for more signatures; the oldest goes first.
  static constexpr std::size_t kWaitingLimit = 64;

  [[nodiscard]] static Result<Cosigned> open(Files& files, const std::string& log_folder);

  // Keeps the cosignatures of a note whose checkpoint the log has confirmed as its own. Returns how
  // many known witnesses have signed that checkpoint now. Codes of log::merge_cosignatures();
  // kDenied "hub.witness": none of the roster's witnesses signed it.
  [[nodiscard]] Result<std::size_t> add(const log::Checkpoint& checkpoint, std::string_view note,
                                        const WitnessPolicy& policy);
  // The newest note with the quorum that covers entry `index`; empty where there is none yet.
  [[nodiscard]] std::string covering(std::uint64_t index, const WitnessPolicy& policy) const;

 private:
  Cosigned(Files& files, std::string log_folder)
      : files_(&files), log_folder_(std::move(log_folder)) {}
  [[nodiscard]] Status prune(std::uint64_t size, bool complete);

  Files* files_;
  std::string log_folder_;
  std::map<std::uint64_t, std::string> notes_;  // by size; the complete one is the smallest
};

}  // namespace vigil::hub
