// SPDX-License-Identifier: Apache-2.0
//
// Events of a device's chain, signed: what a bundle cannot say because it is not there. A file of
// two parts, a line of canonical JSON and its minisign signature. docs/formats/events.md. Thread:
// pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/crypto/minisign.h"
#include "core/trust/roster.h"

namespace vigil::trust {

inline constexpr std::string_view kEventFormat = "vigil-event-1";
inline constexpr std::string_view kEventEnding = ".event";  // of files
inline constexpr std::size_t kEventLimitBytes = 4096;       // the longest has some 750 bytes

enum class EventKind {
  kHeartbeat,  // the device: "my last bundle is number `sequence`, with this id"
  kPlan,       // the office: "this device is to deliver up to number `sequence`"
  kTombstone,  // the device or the office: "number `sequence` will never come", and why
  kBranch,     // the office: "the tablet was restored; a second branch begins after `sequence`"
};
[[nodiscard]] std::string_view to_string(EventKind kind);

// Words, not sentences: a free text could name a person.
inline constexpr std::string_view kTombstoneReasons[] = {"destroyed", "lost", "seized", "damaged",
                                                         "withdrawn"};
inline constexpr std::string_view kBranchReasons[] = {"restored", "replaced"};

struct Event {
  EventKind kind = EventKind::kHeartbeat;
  crypto::minisign::PublicKey signer;
  crypto::minisign::PublicKey device;  // whose chain it is about
  // 0 only for a heartbeat before the first bundle, or a branch where not even that is common
  std::uint64_t sequence = 0;
  // heartbeat, branch: of bundle `sequence`; tombstone: of the one that will not come, where its
  // successor named it; else zeros.
  bundle::BundleId bundle;
  std::string reason;  // tombstone and branch; else empty
  friend bool operator==(const Event&, const Event&) = default;
};

// kUsage "event.format": what no event of this kind may say.
[[nodiscard]] Result<std::string> write_event(const Event& event,
                                              const crypto::minisign::SecretKey& signer);
// The signature holds for the signer that the event names, no more: who that is, judge_event()
// says. kInvalid "event.format", "event.signature".
[[nodiscard]] Result<Event> read_event(std::string_view text);
// BLAKE2b-256 of the whole text, 64 hexadecimal digits: its name on any carrier.
[[nodiscard]] std::string event_id(std::string_view text);

// Whether the roster lets this signer say this. A revoked device or office key may not, as nobody
// can tell when it was said. kDenied "event.signer", "event.device".
[[nodiscard]] Status judge_event(const Roster& roster, const Event& event);

}  // namespace vigil::trust
