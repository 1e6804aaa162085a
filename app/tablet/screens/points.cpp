// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/points.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace vigil::tablet {
namespace {

bool in_range(std::string_view text, double most) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() && std::abs(value) <= most;
}

std::string_view word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const auto end = std::min(rest.find(' '), rest.size());
  const std::string_view found = rest.substr(0, end);
  rest.remove_prefix(end);
  return found;
}

// What stands before `mark`, which goes with it; all of it where there is none.
std::string_view cut(std::string_view& rest, char mark) {
  const auto end = std::min(rest.find(mark), rest.size());
  const std::string_view found = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return found;
}

}  // namespace

std::vector<TypedPoint> typed_points(std::string_view value) {
  const bool unfinished = value.starts_with('?');
  if (unfinished) value.remove_prefix(1);
  std::vector<TypedPoint> points;
  while (!value.empty()) {
    std::string_view part = cut(value, ';');
    TypedPoint point;
    if (unfinished) {
      // "latitude|longitude|altitude|accuracy": the first two may be missing.
      point.latitude = cut(part, '|');
      point.longitude = cut(part, '|');
      if (!part.empty()) {
        point.altitude = cut(part, '|');
        point.accuracy = part;
      }
    } else {
      point.latitude = word(part);
      point.longitude = word(part);
      if (point.latitude.empty()) continue;
      const std::string_view altitude = word(part);
      const std::string_view accuracy = word(part);
      if (!altitude.empty()) point.altitude = altitude;
      if (!accuracy.empty()) point.accuracy = accuracy;
    }
    points.push_back(std::move(point));
  }
  return points;
}

bool is_whole(const TypedPoint& point) {
  return in_range(point.latitude, 90) && in_range(point.longitude, 180);
}

bool is_measured(const TypedPoint& point) {
  constexpr double kAny = 1e9;
  return point.accuracy.find_first_of("123456789") != std::string::npos &&
         in_range(point.accuracy, kAny);
}

std::string value_of(const std::vector<TypedPoint>& points, std::size_t least, bool closed) {
  const bool nothing = std::ranges::all_of(
      points, [](const TypedPoint& p) { return p.latitude.empty() && p.longitude.empty(); });
  if (nothing) return {};
  const bool whole = points.size() >= least && std::ranges::all_of(points, is_whole);
  std::string value = whole ? "" : "?";
  const auto add = [&](const TypedPoint& point) {
    if (value.size() > (whole ? 0U : 1U)) value += ';';
    if (whole) {
      value += point.latitude + " " + point.longitude + " " + point.altitude + " " + point.accuracy;
      return;
    }
    value += point.latitude + "|" + point.longitude;
    if (is_measured(point)) {
      value += "|" + point.altitude + "|" + point.accuracy;
    }
  };
  for (const TypedPoint& point : points) add(point);
  if (whole && closed && points.size() > 1 && points.front() != points.back()) add(points.front());
  return value;
}

}  // namespace vigil::tablet
