// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/verify/report.h"
#include "app/verify/report_parts.h"

namespace vigil::verify {

std::string claim_lines(const std::vector<Claim>& claims) {
  std::string text;
  for (const Claim& claim : claims) {
    const std::string_view because = claim.verdict == Verdict::kUnchecked ? "because " : "";
    text += fmt::format("  {:<20}  {}: {}{}\n", to_string(claim.verdict), statement(claim.claim),
                        because, one_line(claim.reason));
  }
  return text;
}

std::string tally_text(const Tally& sum) {
  return fmt::format("{} hold, {} do not hold, {} could not be checked", sum.hold, sum.do_not_hold,
                     sum.unchecked);
}

namespace {

std::string bundle_text(const BundleReport& bundle, bool full) {
  const Tally sum = tally(bundle.claims);
  if (!full && sum.do_not_hold == 0)
    return fmt::format("{}: {} number {}: {}\n", one_line(bundle.file), bundle.device,
                       bundle.sequence, tally_text(sum));
  std::string text = fmt::format("\nbundle {}\n", one_line(bundle.file));
  if (!bundle.id.empty()) text += fmt::format("  id {}\n", bundle.id);
  return text + claim_lines(bundle.claims);
}

}  // namespace

std::string report_text(const Report& report) {
  std::string text =
      fmt::format("office {}, as of roster version {}\n", report.office, report.roster_version);
  const bool full = report.bundles.size() <= kFullBundles;
  for (const BundleReport& bundle : report.bundles) text += bundle_text(bundle, full);
  for (const DeviceReport& device : report.devices)
    text +=
        fmt::format("\ndevice {} ({})\n{}", device.label, device.role, claim_lines(device.claims));
  for (const EventReport& event : report.events)
    text += fmt::format("\n{} {}\n{}", event.kind.empty() ? "event" : event.kind,
                        one_line(event.file), claim_lines(event.claims));
  text += report.log.given ? fmt::format("\nlog {}\n", one_line(report.log.origin)) : "\nlog\n";
  text += claim_lines(report.log.claims);
  return text + fmt::format("\n{} bundle(s): of all claims {}.\n", report.bundles.size(),
                            tally_text(tally(report)));
}

}  // namespace vigil::verify
