// SPDX-License-Identifier: Apache-2.0
#include "core/trust/event.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/crypto/hash.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

constexpr EventKind kKinds[] = {EventKind::kHeartbeat, EventKind::kPlan, EventKind::kTombstone,
                                EventKind::kBranch};

std::unexpected<Error> bad_format(std::string_view what) {
  return fail(ErrorKind::kInvalid, "event.format",
              "The event is refused: " + std::string(what) + ".");
}

std::string emit_event(const Event& event) {
  return emit_json(Json::Object{{"format", kEventFormat},
                                {"kind", to_string(event.kind)},
                                {"signer", minisign::to_string(event.signer)},
                                {"device", minisign::to_string(event.device)},
                                {"sequence", static_cast<std::int64_t>(event.sequence)},
                                {"bundle", bundle::to_string(event.bundle)},
                                {"reason", event.reason}}) +
         "\n";
}

// What each kind may say; empty where all is well.
std::string_view fault_of(const Event& event) {
  const bool has_bundle = event.bundle != bundle::BundleId{};
  switch (event.kind) {
    case EventKind::kHeartbeat:
      if ((event.sequence == 0) == has_bundle)
        return "a heartbeat names its last bundle, and none only before the first";
      return event.reason.empty() ? "" : "a heartbeat gives no reason";
    case EventKind::kPlan:
      if (event.sequence == 0 || has_bundle) return "a plan names a number and no bundle";
      return event.reason.empty() ? "" : "a plan gives no reason";
    case EventKind::kTombstone:
      if (event.sequence == 0) return "a tombstone names a number";
      return std::ranges::find(kTombstoneReasons, event.reason) == std::end(kTombstoneReasons)
                 ? "its reason is none that a tombstone may give"
                 : "";
    case EventKind::kBranch:
      if ((event.sequence == 0) == has_bundle)
        return "a branch names the last common bundle, and none only after 0";
      return std::ranges::find(kBranchReasons, event.reason) == std::end(kBranchReasons)
                 ? "its reason is none that a branch may give"
                 : "";
  }
  return "its kind is unknown";
}

Result<Event> parse_event(std::string_view line) {
  const JsonLimits limits{.size_bytes = kEventLimitBytes, .depth = 1, .trailing_newline = true};
  const auto json = parse_canonical_json(line, limits);
  if (!json) return bad_format("it is not written as it must be");
  JsonReader reader(*json, "the event");
  const std::string format = reader.string("format");
  const std::string kind = reader.string("kind");
  const auto signer = minisign::parse_public_key(reader.string("signer"));
  const auto device = minisign::parse_public_key(reader.string("device"));
  Event event;
  event.sequence = static_cast<std::uint64_t>(reader.number("sequence", 0, kJsonNumberLimit));
  const auto id = bundle::parse_bundle_id(reader.string("bundle"));
  event.reason = reader.string("reason");
  if (!reader.finish() || format != kEventFormat) return bad_format("it is of another format");
  const auto known = std::ranges::find(kKinds, kind, [](EventKind k) { return to_string(k); });
  if (known == std::end(kKinds)) return bad_format("its kind is unknown");
  if (!signer || !device || !id) return bad_format("a key or an id in it is none");
  event.kind = *known;
  event.signer = *signer;
  event.device = *device;
  event.bundle = *id;
  if (const auto fault = fault_of(event); !fault.empty()) return bad_format(fault);
  if (emit_event(event) != line) return bad_format("it is not spelled in the one canonical way");
  return event;
}

}  // namespace

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::kHeartbeat:
      return "heartbeat";
    case EventKind::kPlan:
      return "plan";
    case EventKind::kTombstone:
      return "tombstone";
    case EventKind::kBranch:
      break;
  }
  return "branch";
}

Result<std::string> write_event(const Event& event, const minisign::SecretKey& signer) {
  if (const auto fault = fault_of(event); !fault.empty())
    return fail(ErrorKind::kUsage, "event.format", "No event: " + std::string(fault) + ".");
  Event signed_event = event;
  signed_event.signer = signer.public_key();
  const std::string line = emit_event(signed_event);
  return line + minisign::sign(signer, crypto::blake2b_512(as_bytes(line)), kEventFormat);
}

Result<Event> read_event(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (text.size() > kEventLimitBytes || end == std::string_view::npos)
    return bad_format("it is not a line with its signature");
  const std::string_view line = text.substr(0, end + 1);
  // The signer stands in the line itself, so it is parsed first; nothing is believed before the
  // signature holds.
  VIGIL_ASSIGN(Event event, parse_event(line));
  const auto comment = minisign::verify(event.signer, crypto::blake2b_512(as_bytes(line)),
                                        text.substr(end + 1), minisign::UntrustedComment::kOurs);
  if (!comment || *comment != kEventFormat)
    return fail(ErrorKind::kInvalid, "event.signature",
                "The event was changed, or is not signed by whom it names.");
  return event;
}

std::string event_id(std::string_view text) {
  return hex_encode(crypto::blake2b_256(as_bytes(text)));
}

Status judge_event(const Roster& roster, const Event& event) {
  if (roster.find_device(event.device) == nullptr)
    return fail(ErrorKind::kDenied, "event.device",
                "The event is about a device that this roster does not name.");
  const Device* signer = roster.find_device(event.signer);
  const bool counts = signer != nullptr && !signer->revoked_after_sequence.has_value();
  const bool office = counts && signer->role == DeviceRole::kOffice;
  const bool own = counts && event.signer == event.device;
  const bool may = event.kind == EventKind::kHeartbeat   ? own
                   : event.kind == EventKind::kTombstone ? own || office
                                                         : office;
  if (!may)
    return fail(ErrorKind::kDenied, "event.signer",
                "Who signed the event may not say this of the device, as of roster version " +
                    std::to_string(roster.version) + ".");
  return {};
}

}  // namespace vigil::trust
