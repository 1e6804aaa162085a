// SPDX-License-Identifier: Apache-2.0
#include "platform/location/gpsd_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace vigil::platform {
namespace {

using nlohmann::json;

std::optional<double> number(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// "eph" where the receiver says it, else the larger of its two axes.
std::optional<double> accuracy(const json& report) {
  std::optional<double> metres = number(report, "eph");
  if (!metres) metres = std::max(number(report, "epx"), number(report, "epy"));
  return metres && *metres > 0 ? metres : std::nullopt;
}

// Above the ellipsoid where it is said, as other collecting programs store it.
std::optional<double> altitude(const json& report) {
  for (const char* name : {"altHAE", "altMSL", "alt"}) {
    if (const auto metres = number(report, name)) return metres;
  }
  return std::nullopt;
}

Result<GpsdReport> place_of(const json& report) {
  // Modes of gpsd: 0 unknown, 1 no fix, 2 without altitude, 3 with it.
  const double mode = number(report, "mode").value_or(0);
  if (mode != 2 && mode != 3) return GpsdReport{GpsdReport::Kind::kSearching, {}};
  const auto latitude = number(report, "lat");
  const auto longitude = number(report, "lon");
  if (!latitude || !longitude) return GpsdReport{GpsdReport::Kind::kSearching, {}};
  if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
    return fail(ErrorKind::kInvalid, "location.range",
                "The satellite receiver gives a place that cannot be; type the place instead.");
  }
  return GpsdReport{
      GpsdReport::Kind::kFix,
      {*latitude, *longitude, mode == 3 ? altitude(report) : std::nullopt, accuracy(report)}};
}

std::unexpected<Error> no_gpsd() {
  return fail(ErrorKind::kInvalid, "location.syntax",
              "What answers for the satellite receiver is not gpsd; type the place instead.");
}

}  // namespace

Result<GpsdReport> read_gpsd_line(std::string_view line) {
  if (line.size() > kMostGpsdLine_bytes) return no_gpsd();
  const json report = json::parse(line, nullptr, false);
  if (!report.is_object()) return no_gpsd();
  const std::string kind = text(report, "class");
  if (kind.empty()) return no_gpsd();
  if (kind == "TPV") return place_of(report);
  if (kind == "DEVICES") {
    const auto devices = report.find("devices");
    const bool none = devices != report.end() && devices->is_array() && devices->empty();
    return GpsdReport{none ? GpsdReport::Kind::kNoReceiver : GpsdReport::Kind::kSearching, {}};
  }
  // One that is plugged in while we wait.
  if (kind == "DEVICE") return GpsdReport{GpsdReport::Kind::kSearching, {}};
  return GpsdReport{};
}

}  // namespace vigil::platform
