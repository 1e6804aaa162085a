// SPDX-License-Identifier: Apache-2.0
//
// The roster: who counts, as the office root signed it. Devices, recipients, log and witness keys,
// policy, and a version that only grows. Verdicts say as of which roster. docs/formats/roster.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/bundle/check.h"
#include "core/crypto/age.h"
#include "core/crypto/minisign.h"
#include "core/log/note.h"

namespace vigil::trust {

enum class DeviceRole { kTablet, kOffice };  // kOffice: may fetch from the hub and publish rosters
[[nodiscard]] std::string_view to_string(DeviceRole role);

struct Device {
  crypto::minisign::PublicKey key;
  DeviceRole role = DeviceRole::kTablet;
  std::string label;                // a code such as "tablet-1", never a person's name
  std::uint64_t from_sequence = 1;  // bundles before it were signed by nobody we know
  // Bundles with a higher sequence are not this device's any more; one that arrives later with a
  // sequence up to it is "unproven time" unless the log holds it from before.
  std::optional<std::uint64_t> revoked_after_sequence;
  // How many entries the log had when the office revoked: what lies before that came in time. Only
  // with revoked_after_sequence.
  std::optional<std::uint64_t> revoked_at_log_size;
};
// Does the log's entry number `log_index` lie before the device's revocation?
[[nodiscard]] bool logged_before_revocation(const Device& device, std::uint64_t log_index);

enum class RecipientRole { kGeneral, kRestricted, kRecovery };
[[nodiscard]] std::string_view to_string(RecipientRole role);

struct RosterRecipient {
  crypto::age::Recipient recipient;
  RecipientRole role = RecipientRole::kGeneral;
  bool retired = false;  // old bundles still name it; new ones must not
};

struct Policy {
  std::int64_t retention_days = 0;  // sealed bundles kept on a tablet after the receipt
  std::int64_t minimum_format = 1;  // of bundles
  std::int64_t witness_quorum = 0;
  bool panic_allowed = false;
};

struct Roster {
  std::uint64_t version = 0;
  std::string office;  // a short name shown to people: [a-z0-9-]{1,32}
  crypto::minisign::PublicKey root;
  log::VerifierKey log;
  std::vector<log::VerifierKey> witnesses;
  std::vector<Device> devices;
  std::vector<RosterRecipient> recipients;
  Policy policy;

  [[nodiscard]] const Device* find_device(const crypto::minisign::PublicKey& key) const;
  // Keys of every device, revoked or not (a revoked device's old bundles still verify).
  [[nodiscard]] std::vector<crypto::minisign::PublicKey> device_keys() const;
  // Recipients in force for a role, in roster order.
  [[nodiscard]] std::vector<crypto::age::Recipient> recipients_for(RecipientRole role) const;
};

inline constexpr std::string_view kRosterFormat = "vigil-roster-1";
inline constexpr std::size_t kRosterLimitBytes = 1 << 20;  // some 4,000 devices

// roster.json and roster.json.minisig.
struct SignedRoster {
  std::string roster_json;
  std::string signature_file;
};
[[nodiscard]] std::string emit_roster(const Roster& roster);
// kInvalid "roster.root": `root` is not the roster's root; else what verify_roster() would say of
// it.
[[nodiscard]] Result<SignedRoster> sign_roster(const Roster& roster,
                                               const crypto::minisign::SecretKey& root);
// The signature is verified with `root` before anything is parsed. kInvalid "roster.signature",
// "roster.format", "roster.root", "roster.key_reuse" (one key in two purposes).
[[nodiscard]] Result<Roster> verify_roster(const SignedRoster& signed_roster,
                                           const crypto::minisign::PublicKey& root);
// kConflict "roster.rollback": `next` is older, or of the same version with other words; kInvalid
// "roster.root": it belongs to another office.
[[nodiscard]] Status check_succession(const SignedRoster& current_signed, const Roster& current,
                                      const SignedRoster& next_signed, const Roster& next);

// What the roster says of a bundle's author.
enum class AuthorVerdict {
  kValid,
  kRevoked,          // its sequence is beyond the revocation
  kUnprovenTime,     // signed by a key revoked since, and no log entry shows that it came before
  kBeforeEnrolment,  // sequence below from_sequence
  kUnknown,          // no such device
};
[[nodiscard]] std::string_view to_string(AuthorVerdict verdict);
[[nodiscard]] AuthorVerdict judge_author(const Roster& roster, const bundle::Manifest& manifest,
                                         bool logged_before_revocation);

// A bundle may only be sealed to, and only be accepted with, recipients of the roster; retired ones
// count, as the bundle may be older than their retirement. restricted.age must be addressed to
// restricted and recovery recipients alone, unless the roster has no restricted ones at all.
// kInvalid "roster.recipients".
[[nodiscard]] Status check_recipients(const Roster& roster, const bundle::Manifest& manifest);

}  // namespace vigil::trust
