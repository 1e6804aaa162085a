// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/verify/report.h"
#include "app/verify/report_parts.h"

namespace vigil::verify {
namespace {

std::string summary(const Report& report) {
  const Tally sum = tally(report);
  std::string text = fmt::format(
      "<p>{} bundle(s) were examined. Of all claims below, <b>{} hold</b>, <b>{} do not hold</b> "
      "and <b>{} could not be checked</b>. A claim that could not be checked is neither confirmed "
      "nor refuted.</p>\n",
      report.bundles.size(), sum.hold, sum.do_not_hold, sum.unchecked);
  if (sum.do_not_hold == 0) return text;
  text += "<p>What does not hold:</p><ul>\n";
  const auto list = [&text](const std::string& of, const std::vector<Claim>& claims) {
    for (const Claim& claim : claims) {
      if (claim.verdict == Verdict::kDoesNotHold)
        text += fmt::format("<li>{}: {} ({})</li>\n", escaped(of), statement(claim.claim),
                            escaped(claim.reason));
    }
  };
  for (const BundleReport& bundle : report.bundles) list(bundle.file, bundle.claims);
  for (const DeviceReport& device : report.devices) list("device " + device.label, device.claims);
  for (const EventReport& event : report.events) list("event " + event.file, event.claims);
  list("the log", report.log.claims);
  return text + "</ul>\n";
}

std::string basis(const Report& report, const std::string& made_at) {
  return fmt::format(
      "<h2>On what this rests</h2>\n<table>"
      "<tr><td>Office</td><td>{}</td></tr>\n"
      "<tr><td>Roster</td><td>version {}, BLAKE2b-512 <code>{}</code></td></tr>\n"
      "<tr><td>Root key</td><td><code>{}</code><pre>{}</pre>Compare these words with those that "
      "the office publishes: every verdict here is worth what this key is worth.</td></tr>\n"
      "<tr><td>Log</td><td>{}</td></tr>\n"
      "<tr><td>Made</td><td>{} by the clock of the computer that made this page, which proves "
      "nothing</td></tr></table>\n",
      escaped(report.office), report.roster_version, report.roster_digest, escaped(report.root_key),
      escaped(report.root_words),
      report.log.given
          ? fmt::format("{}, {} entries, root <code>{}</code>", escaped(report.log.origin),
                        report.log.size, escaped(report.log.root))
          : "none was given",
      escaped(made_at));
}

}  // namespace

std::string report_html(const Report& report, const std::string& made_at) {
  std::string text = page_start(
      fmt::format("Verification of {} bundle(s), office {}", report.bundles.size(), report.office),
      "Verification report");
  text += summary(report) + basis(report, made_at);
  for (const BundleReport& bundle : report.bundles) {
    text += fmt::format("<section><h2>Bundle {}</h2>\n", escaped(bundle.file));
    if (!bundle.id.empty())
      text += fmt::format(
          "<p>Device {}, number {}<br>Identifier (BLAKE2b-256 of manifest.json) "
          "<code>{}</code></p>\n",
          escaped(bundle.device), bundle.sequence, bundle.id);
    text += claims_table(bundle.claims) + "</section>\n";
  }
  for (const DeviceReport& device : report.devices)
    text += fmt::format(
        "<section><h2>Device {} ({})</h2>\n<p>Key <code>{}</code></p>\n{}"
        "</section>\n",
        escaped(device.label), device.role, escaped(device.key), claims_table(device.claims));
  for (const EventReport& event : report.events)
    text += fmt::format(
        "<section><h2>Event {}</h2>\n<p>{} of device {}, number {} {}</p>\n{}</section>\n",
        escaped(event.file), event.kind.empty() ? "unknown" : event.kind, escaped(event.device),
        event.sequence, escaped(event.reason), claims_table(event.claims));
  text += "<section><h2>Log</h2>\n" + claims_table(report.log.claims) + "</section>\n";
  return text + "</body></html>\n";
}

}  // namespace vigil::verify
