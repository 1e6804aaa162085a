// SPDX-License-Identifier: Apache-2.0
//
// What signed events of a device's chain explain, and what they reveal: a gap with a tombstone, a
// fork with a branch, a missing tail behind a heartbeat or a plan. Pure but for reading the files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/verify/chain.h"
#include "core/trust/event.h"

namespace vigil::verify {

// An event that counts: signed, and said by whom the roster lets say it.
struct KnownEvent {
  std::string file;
  trust::Event event;
  std::string signer;  // label
};

struct ReadEvents {
  std::vector<EventReport> reports;  // one a file, in order
  std::vector<KnownEvent> known;
  bool unreadable = false;
};
// One file given twice is read twice and counts once.
[[nodiscard]] ReadEvents read_events(Files& files, const std::vector<std::string>& paths,
                                     const trust::Roster& roster);

// Adds to each report whether what is seen agrees with the event.
void compare_events(ReadEvents& events, const Chains& chains);

// What the events say of one device.
struct DeviceWord {
  std::map<std::uint64_t, std::string> tombstones;  // number -> "destroyed, says office"
  std::vector<std::uint64_t> branches;              // numbers after which a second one begins
  struct Tail {
    std::uint64_t sequence = 0;
    bundle::BundleId bundle;  // zeros in a plan
    std::string said;         // "its heartbeat (FILE)"
  };
  std::optional<Tail> heartbeat;
  std::optional<Tail> plan;
};
[[nodiscard]] DeviceWord words_about(const ReadEvents& events,
                                     const crypto::minisign::PublicKey& device);

// "tail": nothing is missing after the last bundle seen, as far as anybody has said how many there
// are.
[[nodiscard]] Claim judge_tail(const Chain& chain, const DeviceWord& word);

}  // namespace vigil::verify
