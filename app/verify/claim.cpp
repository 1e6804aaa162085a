// SPDX-License-Identifier: Apache-2.0
#include "app/verify/claim.h"

#include <algorithm>
#include <utility>

namespace vigil::verify {
namespace {

constexpr std::pair<std::string_view, std::string_view> kStatements[] = {
    {"archive", "is a canonical archive with nothing added or hidden"},
    {"signature", "is signed by a device of the roster"},
    {"manifest", "has a manifest of one meaning and an accepted format"},
    {"author", "was written by a device enrolled to write it"},
    {"revocation", "was written before any revocation of its device"},
    {"digest", "holds the payloads that were signed"},
    {"recipients", "is locked to recipients of the roster and to nobody else"},
    {"order", "follows the bundle that it names"},
    {"fork", "has a number that no other bundle has"},
    {"single", "is counted once"},
    {"receipt", "has a receipt of the log"},
    {"inclusion", "is in the log"},
    {"roster", "the roster is signed by the root key given"},
    {"members", "the lists of files are those that the device signed"},
    {"shown", "what is shown is what the device signed"},
    {"complete", "no bundle of this device is missing without a signed explanation"},
    {"no_fork", "this device has one history, or others that a signed branch explains"},
    {"tail", "nothing is missing after the last bundle seen"},
    {"event_signature", "is signed by whom it names"},
    {"event_signer", "is signed by somebody who may say this"},
    {"agrees", "agrees with what is here"},
    {"checkpoint", "the checkpoint is signed by the roster's log key"},
    {"witnesses", "as many witnesses as policy demands saw the same log"},
    {"entries", "the entries are those that the checkpoint was signed for"},
    {"entry_signatures", "every entry is a manifest signed by a device of the roster"},
    {"once", "no bundle is in the log twice"},
    {"consistency", "the log contains the older checkpoint that you hold"},
};

void add(Tally& sum, const Tally& more) {
  sum.hold += more.hold;
  sum.do_not_hold += more.do_not_hold;
  sum.unchecked += more.unchecked;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds:
      return "holds";
    case Verdict::kDoesNotHold:
      return "does not hold";
    case Verdict::kUnchecked:
      break;
  }
  return "could not be checked";
}

Claim holds(std::string_view claim, std::string reason) {
  return {std::string(claim), Verdict::kHolds, std::move(reason)};
}
Claim does_not_hold(std::string_view claim, std::string reason) {
  return {std::string(claim), Verdict::kDoesNotHold, std::move(reason)};
}
Claim unchecked(std::string_view claim, std::string reason) {
  return {std::string(claim), Verdict::kUnchecked, std::move(reason)};
}

std::string_view statement(std::string_view claim) {
  const auto found =
      std::ranges::find(kStatements, claim, [](const auto& pair) { return pair.first; });
  return found == std::end(kStatements) ? claim : found->second;
}

Tally tally(const std::vector<Claim>& claims) {
  Tally sum;
  for (const Claim& claim : claims) {
    if (claim.verdict == Verdict::kHolds) ++sum.hold;
    if (claim.verdict == Verdict::kDoesNotHold) ++sum.do_not_hold;
    if (claim.verdict == Verdict::kUnchecked) ++sum.unchecked;
  }
  return sum;
}

Tally tally(const Report& report) {
  Tally sum = tally(report.log.claims);
  for (const BundleReport& bundle : report.bundles) add(sum, tally(bundle.claims));
  for (const DeviceReport& device : report.devices) add(sum, tally(device.claims));
  for (const EventReport& event : report.events) add(sum, tally(event.claims));
  return sum;
}

int exit_status(const Report& report) {
  if (tally(report).do_not_hold > 0) return 1;
  return report.unreadable ? 3 : 0;
}

}  // namespace vigil::verify
