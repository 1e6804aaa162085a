// SPDX-License-Identifier: Apache-2.0
#include "core/trust/roster.h"

#include <algorithm>

namespace vigil::trust {

std::string_view to_string(DeviceRole role) {
  return role == DeviceRole::kOffice ? "office" : "tablet";
}

std::string_view to_string(RecipientRole role) {
  switch (role) {
    case RecipientRole::kRestricted:
      return "restricted";
    case RecipientRole::kRecovery:
      return "recovery";
    case RecipientRole::kGeneral:
      break;
  }
  return "general";
}

std::string_view to_string(AuthorVerdict verdict) {
  switch (verdict) {
    case AuthorVerdict::kValid:
      return "valid";
    case AuthorVerdict::kRevoked:
      return "revoked";
    case AuthorVerdict::kUnprovenTime:
      return "unproven time";
    case AuthorVerdict::kBeforeEnrolment:
      return "before enrolment";
    case AuthorVerdict::kUnknown:
      break;
  }
  return "unknown device";
}

const Device* Roster::find_device(const crypto::minisign::PublicKey& key) const {
  const auto found = std::ranges::find(devices, key, &Device::key);
  return found == devices.end() ? nullptr : &*found;
}

std::vector<crypto::minisign::PublicKey> Roster::device_keys() const {
  std::vector<crypto::minisign::PublicKey> keys;
  for (const Device& device : devices) keys.push_back(device.key);
  return keys;
}

std::vector<crypto::age::Recipient> Roster::recipients_for(RecipientRole role) const {
  std::vector<crypto::age::Recipient> found;
  for (const RosterRecipient& recipient : recipients) {
    if (recipient.role == role && !recipient.retired) found.push_back(recipient.recipient);
  }
  return found;
}

Status check_succession(const SignedRoster& current_signed, const Roster& current,
                        const SignedRoster& next_signed, const Roster& next) {
  if (next.root != current.root)
    return fail(ErrorKind::kInvalid, "roster.root", "This roster belongs to another office.");
  if (next.version < current.version)
    return fail(ErrorKind::kConflict, "roster.rollback",
                "This roster (version " + std::to_string(next.version) +
                    ") is older than the one in use (version " + std::to_string(current.version) +
                    "); ask the office for the newest.");
  if (next.version == current.version && next_signed.roster_json != current_signed.roster_json)
    return fail(ErrorKind::kConflict, "roster.rollback",
                "Two different rosters have version " + std::to_string(next.version) +
                    "; tell the office, and keep both files.");
  return {};
}

bool logged_before_revocation(const Device& device, std::uint64_t log_index) {
  return device.revoked_at_log_size.has_value() && log_index < *device.revoked_at_log_size;
}

AuthorVerdict judge_author(const Roster& roster, const bundle::Manifest& manifest,
                           bool logged_before_revocation) {
  const Device* device = roster.find_device(manifest.device);
  if (device == nullptr) return AuthorVerdict::kUnknown;
  if (manifest.sequence < device->from_sequence) return AuthorVerdict::kBeforeEnrolment;
  if (!device->revoked_after_sequence) return AuthorVerdict::kValid;
  if (manifest.sequence > *device->revoked_after_sequence) return AuthorVerdict::kRevoked;
  return logged_before_revocation ? AuthorVerdict::kValid : AuthorVerdict::kUnprovenTime;
}

Status check_recipients(const Roster& roster, const bundle::Manifest& manifest) {
  const bool has_restricted =
      std::ranges::any_of(roster.recipients, [](const RosterRecipient& recipient) {
        return recipient.role == RecipientRole::kRestricted;
      });
  for (const bundle::PayloadEntry& payload : manifest.payloads) {
    const bool restricted = payload.name == bundle::kRestrictedName && has_restricted;
    for (const crypto::age::Recipient& recipient : payload.recipients) {
      const auto known =
          std::ranges::find(roster.recipients, recipient, &RosterRecipient::recipient);
      if (known == roster.recipients.end())
        return fail(ErrorKind::kInvalid, "roster.recipients",
                    "The bundle is addressed to somebody who is not in the roster.");
      if (restricted && known->role == RecipientRole::kGeneral)
        return fail(ErrorKind::kInvalid, "roster.recipients",
                    "The restricted answers are addressed to a general recipient.");
    }
  }
  return {};
}

}  // namespace vigil::trust
