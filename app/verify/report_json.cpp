// SPDX-License-Identifier: Apache-2.0
#include "app/verify/report.h"
#include "app/verify/report_parts.h"

namespace vigil::verify {

Json claims_json(const std::vector<Claim>& claims) {
  Json::List list;
  for (const Claim& claim : claims)
    list.push_back(Json::Object{{"claim", claim.claim},
                                {"verdict", to_string(claim.verdict)},
                                {"reason", printable(claim.reason)}});
  return list;
}

Json tally_json(const Tally& sum) {
  return Json::Object{{"holds", static_cast<std::int64_t>(sum.hold)},
                      {"does_not_hold", static_cast<std::int64_t>(sum.do_not_hold)},
                      {"could_not_be_checked", static_cast<std::int64_t>(sum.unchecked)}};
}

namespace {

Json number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

Json numbers(const std::vector<std::uint64_t>& values) {
  Json::List list;
  for (const std::uint64_t value : values) list.push_back(number(value));
  return list;
}

Json bundle_json(const BundleReport& bundle) {
  return Json::Object{{"file", printable(bundle.file)},
                      {"id", bundle.id},
                      {"device", bundle.device},
                      {"sequence", number(bundle.sequence)},
                      {"claims", claims_json(bundle.claims)}};
}

Json device_json(const DeviceReport& device) {
  return Json::Object{{"label", device.label},
                      {"role", device.role},
                      {"key", device.key},
                      {"sequences", numbers(device.sequences)},
                      {"gaps", numbers(device.gaps)},
                      {"missing", number(device.missing)},
                      {"explained", numbers(device.explained)},
                      {"forks", numbers(device.forks)},
                      {"duplicates", numbers(device.duplicates)},
                      {"claims", claims_json(device.claims)}};
}

Json event_json(const EventReport& event) {
  return Json::Object{{"file", printable(event.file)},
                      {"kind", event.kind},
                      {"device", event.device},
                      {"signer", event.signer},
                      {"sequence", number(event.sequence)},
                      {"reason", event.reason},
                      {"claims", claims_json(event.claims)}};
}

Json log_json(const LogReport& log) {
  return Json::Object{{"given", log.given},
                      {"origin", log.origin},
                      {"size", number(log.size)},
                      {"root", log.root},
                      {"claims", claims_json(log.claims)}};
}

}  // namespace

std::string report_json(const Report& report) {
  Json::List bundles;
  for (const BundleReport& bundle : report.bundles) bundles.push_back(bundle_json(bundle));
  Json::List devices;
  for (const DeviceReport& device : report.devices) devices.push_back(device_json(device));
  Json::List events;
  for (const EventReport& event : report.events) events.push_back(event_json(event));
  return emit_json(Json::Object{{"office", report.office},
                                {"roster_version", number(report.roster_version)},
                                {"roster_digest", report.roster_digest},
                                {"bundles", std::move(bundles)},
                                {"devices", std::move(devices)},
                                {"events", std::move(events)},
                                {"log", log_json(report.log)},
                                {"tally", tally_json(tally(report))}}) +
         "\n";
}

}  // namespace vigil::verify
