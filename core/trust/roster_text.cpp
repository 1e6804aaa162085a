// SPDX-License-Identifier: Apache-2.0
//
// roster.json: writing, signing, verifying and reading (docs/formats/roster.md).
#include <algorithm>
#include <array>
#include <set>

#include <sodium.h>

#include "core/base/json.h"
#include "core/trust/label.h"
#include "core/trust/roster.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

constexpr std::int64_t kVersionLimit = kJsonNumberLimit;
constexpr JsonLimits kLimits{.size_bytes = kRosterLimitBytes, .depth = 4, .trailing_newline = true};

std::unexpected<Error> bad_format(std::string message) {
  return fail(ErrorKind::kInvalid, "roster.format", std::move(message));
}

std::string trusted_comment(std::uint64_t version) {
  return std::string(kRosterFormat) + " version " + std::to_string(version);
}

Json number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

Json device_json(const Device& device) {
  Json::Object object{{"key", minisign::to_string(device.key)},
                      {"role", to_string(device.role)},
                      {"label", device.label},
                      {"from_sequence", number(device.from_sequence)}};
  if (device.revoked_after_sequence)
    object.emplace_back("revoked_after_sequence", number(*device.revoked_after_sequence));
  if (device.revoked_at_log_size)
    object.emplace_back("revoked_at_log_size", number(*device.revoked_at_log_size));
  return object;
}

// Reads one object after another; the first failure sticks.
class RosterReader {
 public:
  Result<Roster> read(const Json& json);

 private:
  void note(const Status& status) {
    if (!status && failure_.empty()) failure_ = status.error().message;
  }
  void demand(bool condition, std::string_view message) {
    if (!condition && failure_.empty()) failure_ = message;
  }
  template <typename T>
  T take(Result<T> value) {
    if (value) return std::move(*value);
    if (failure_.empty()) failure_ = value.error().message;
    return T{};
  }
  static std::uint64_t whole(JsonReader& reader, std::string_view key, std::int64_t least) {
    return static_cast<std::uint64_t>(reader.number(key, least, kVersionLimit));
  }
  Device device(const Json& json);
  RosterRecipient recipient(const Json& json);
  Policy policy(const Json& json);
  void check_whole(const Roster& roster);

  std::string failure_;
};

Device RosterReader::device(const Json& json) {
  JsonReader reader(json, "a device of the roster");
  Device device;
  device.key = take(minisign::parse_public_key(reader.string("key")));
  const std::string role = reader.string("role");
  demand(role == "tablet" || role == "office", "A device of the roster has an unknown role.");
  device.role = role == "office" ? DeviceRole::kOffice : DeviceRole::kTablet;
  device.label = reader.string("label");
  demand(is_label(device.label), "A device of the roster has no proper label.");
  device.from_sequence = whole(reader, "from_sequence", 1);
  if (reader.next_is("revoked_after_sequence")) {
    device.revoked_after_sequence = whole(reader, "revoked_after_sequence", 0);
    if (reader.next_is("revoked_at_log_size"))
      device.revoked_at_log_size = whole(reader, "revoked_at_log_size", 0);
  }
  note(reader.finish());
  return device;
}

RosterRecipient RosterReader::recipient(const Json& json) {
  JsonReader reader(json, "a recipient of the roster");
  RosterRecipient recipient;
  recipient.recipient = take(crypto::age::parse_recipient(reader.string("recipient")));
  const std::string role = reader.string("role");
  for (const RecipientRole known :
       {RecipientRole::kGeneral, RecipientRole::kRestricted, RecipientRole::kRecovery}) {
    if (role == to_string(known)) recipient.role = known;
  }
  demand(role == to_string(recipient.role), "A recipient of the roster has an unknown role.");
  recipient.retired = reader.boolean("retired");
  note(reader.finish());
  return recipient;
}

Policy RosterReader::policy(const Json& json) {
  JsonReader reader(json, "the policy of the roster");
  Policy policy;
  policy.retention_days = reader.number("retention_days", 0, 36'500);
  policy.minimum_format = reader.number("minimum_format", 1, 1'000);
  policy.witness_quorum = reader.number("witness_quorum", 0, 64);
  policy.panic_allowed = reader.boolean("panic_allowed");
  note(reader.finish());
  return policy;
}

void RosterReader::check_whole(const Roster& roster) {
  demand(is_label(roster.office), "The roster's office has no proper short name.");
  demand(roster.log.type == log::KeyType::kLog, "The roster's log key is not a log's.");
  std::set<std::string> names{roster.log.name};
  for (const log::VerifierKey& witness : roster.witnesses) {
    demand(witness.type == log::KeyType::kWitness,
           "A witness key of the roster is not a witness's.");
    demand(names.insert(witness.name).second,
           "Two log or witness keys of the roster share a name.");
  }
  demand(static_cast<std::uint64_t>(roster.policy.witness_quorum) <= roster.witnesses.size(),
         "The roster demands more witnesses than it names.");
  std::set<std::string> labels;
  for (const Device& device : roster.devices)
    demand(labels.insert(device.label).second, "Two devices of the roster share a label.");
}

Result<Roster> RosterReader::read(const Json& json) {
  JsonReader reader(json, "roster.json");
  Roster roster;
  demand(reader.string("format") == kRosterFormat,
         "The roster is of a format that this version does not know.");
  roster.version = whole(reader, "version", 1);
  roster.office = reader.string("office");
  roster.root = take(minisign::parse_public_key(reader.string("root")));
  roster.log = take(log::parse_verifier_key(reader.string("log")));
  for (const Json& item : reader.list("witnesses")) {
    demand(item.string() != nullptr, "A witness key of the roster is not a text.");
    if (item.string() != nullptr)
      roster.witnesses.push_back(take(log::parse_verifier_key(*item.string())));
  }
  for (const Json& item : reader.list("devices")) roster.devices.push_back(device(item));
  for (const Json& item : reader.list("recipients")) roster.recipients.push_back(recipient(item));
  roster.policy = policy(reader.value("policy"));
  note(reader.finish());
  check_whole(roster);
  if (!failure_.empty()) return bad_format(std::move(failure_));
  return roster;
}

// Design rule 7: one key per purpose. Signing keys are compared as Ed25519 points and as what they
// become when such a point is used for encryption.
Status check_key_reuse(const Roster& roster) {
  using Point = std::array<std::uint8_t, 32>;
  std::vector<Point> signing{roster.root.point, roster.log.point};
  for (const log::VerifierKey& witness : roster.witnesses) signing.push_back(witness.point);
  for (const Device& device : roster.devices) signing.push_back(device.key.point);
  std::set<Point> seen;
  const auto reused = [] {
    return fail(ErrorKind::kInvalid, "roster.key_reuse",
                "One key serves two purposes in the roster; every purpose needs its own.");
  };
  for (const Point& point : signing) {
    if (!seen.insert(point).second) return reused();
  }
  for (const Point& point : signing) {
    Point as_recipient{};
    if (crypto_sign_ed25519_pk_to_curve25519(as_recipient.data(), point.data()) == 0)
      seen.insert(as_recipient);
  }
  for (const RosterRecipient& recipient : roster.recipients) {
    if (!seen.insert(recipient.recipient.point).second) return reused();
  }
  return {};
}

Result<Roster> parse_roster(std::string_view text) {
  const auto json = parse_canonical_json(text, kLimits);
  if (!json) return bad_format("roster.json is not written as it must be: " + json.error().message);
  return RosterReader().read(*json);
}

}  // namespace

std::string emit_roster(const Roster& roster) {
  Json::List witnesses;
  for (const log::VerifierKey& key : roster.witnesses) witnesses.emplace_back(log::to_string(key));
  Json::List devices;
  for (const Device& device : roster.devices) devices.push_back(device_json(device));
  Json::List recipients;
  for (const RosterRecipient& recipient : roster.recipients)
    recipients.push_back(Json::Object{{"recipient", crypto::age::to_string(recipient.recipient)},
                                      {"role", to_string(recipient.role)},
                                      {"retired", recipient.retired}});
  const Json policy = Json::Object{{"retention_days", roster.policy.retention_days},
                                   {"minimum_format", roster.policy.minimum_format},
                                   {"witness_quorum", roster.policy.witness_quorum},
                                   {"panic_allowed", roster.policy.panic_allowed}};
  return emit_json(Json::Object{{"format", kRosterFormat},
                                {"version", number(roster.version)},
                                {"office", roster.office},
                                {"root", minisign::to_string(roster.root)},
                                {"log", log::to_string(roster.log)},
                                {"witnesses", std::move(witnesses)},
                                {"devices", std::move(devices)},
                                {"recipients", std::move(recipients)},
                                {"policy", policy}}) +
         "\n";
}

Result<SignedRoster> sign_roster(const Roster& roster, const minisign::SecretKey& root) {
  SignedRoster out;
  out.roster_json = emit_roster(roster);
  out.signature_file = minisign::sign(root, crypto::blake2b_512(as_bytes(out.roster_json)),
                                      trusted_comment(roster.version));
  VIGIL_TRY(verify_roster(out, root.public_key()));
  return out;
}

Result<Roster> verify_roster(const SignedRoster& signed_roster, const minisign::PublicKey& root) {
  const std::string& text = signed_roster.roster_json;
  const auto comment =
      minisign::verify(root, crypto::blake2b_512(as_bytes(text)), signed_roster.signature_file,
                       minisign::UntrustedComment::kOurs);
  const auto bad_signature = [] {
    return fail(ErrorKind::kInvalid, "roster.signature",
                "The roster is not signed by this office's root key.");
  };
  if (!comment || !comment->starts_with(kRosterFormat)) return bad_signature();
  VIGIL_ASSIGN(Roster roster, parse_roster(text));
  if (*comment != trusted_comment(roster.version)) return bad_signature();
  if (roster.root != root)
    return fail(ErrorKind::kInvalid, "roster.root",
                "The roster names another root key than the one that signed it.");
  VIGIL_TRY(check_key_reuse(roster));
  return roster;
}

}  // namespace vigil::trust
