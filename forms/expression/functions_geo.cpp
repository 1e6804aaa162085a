// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "forms/expression/function.h"
#include "forms/expression/number.h"

namespace vigil::forms {
namespace {

// JavaRosa's and web-forms' radius, the equatorial one.
constexpr double kEarthRadiusM = 6'378'100;
constexpr double kRadians = std::numbers::pi / 180;

struct Point {
  double latitude = 0;
  double longitude = 0;
  friend bool operator==(const Point&, const Point&) = default;
};
using Line = std::vector<Point>;

// "latitude longitude [altitude accuracy]"
std::optional<Point> read_point(std::string_view text) {
  std::array<double, 2> numbers{};
  std::size_t count = 0;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    const auto number = plain_number(text.substr(at, end - at));
    if (!number.has_value()) return std::nullopt;
    if (count < 2) numbers[count] = *number;
    ++count;
    at = end;
  }
  if (count < 2 || std::abs(numbers[0]) > 90 || std::abs(numbers[1]) > 180) return std::nullopt;
  return Point{.latitude = numbers[0], .longitude = numbers[1]};
}

// Points with ";" between them; nullopt where one is none.
std::optional<Line> read_line(std::string_view text) {
  Line line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
    const auto point = read_point(part);
    if (!point.has_value()) return std::nullopt;
    line.push_back(*point);
  }
  return line;
}

// All points of the arguments: of one geotrace, or of one geopoint a node.
std::optional<Line> line_of_arguments(Call& call) {
  Line all;
  for (std::size_t i = 0; i < call.count(); ++i) {
    for (const std::string& text : call.texts(i)) {
      const auto line = read_line(text);
      if (!line.has_value()) return std::nullopt;
      all.insert(all.end(), line->begin(), line->end());
    }
  }
  return all;
}

double distance(const Point& a, const Point& b) {
  const double latitude = std::sin((b.latitude - a.latitude) * kRadians / 2);
  const double longitude = std::sin((b.longitude - a.longitude) * kRadians / 2);
  const double h = latitude * latitude + std::cos(a.latitude * kRadians) *
                                             std::cos(b.latitude * kRadians) * longitude *
                                             longitude;
  return 2 * kEarthRadiusM * std::asin(std::sqrt(std::min(1.0, h)));
}

Value wrong_points(Call& call) {
  return call.refuse("expression.value",
                     "a place is needed here: latitude, longitude, altitude and accuracy with "
                     "spaces between, places with \";\" between");
}

// To the centimetre, as web-forms answers; no receiver knows better.
double to_hundredths(double value) {
  return std::round(value * 100) / 100;
}

Value fn_distance(Call& call) {
  const auto line = line_of_arguments(call);
  if (!line.has_value()) return wrong_points(call);
  double total = 0;
  for (std::size_t i = 1; i < line->size(); ++i) total += distance((*line)[i - 1], (*line)[i]);
  return Value(to_hundredths(total));
}

// Of a polygon on the sphere, by the trapezium rule over its edges (R. Chamberlain and W. Duquette,
// "Some algorithms for polygons on a sphere", JPL 2007, equation for areas by longitude).
Value fn_area(Call& call) {
  const auto line = line_of_arguments(call);
  if (!line.has_value()) return wrong_points(call);
  if (line->size() < 3) return Value(0.0);
  double twice = 0;
  for (std::size_t i = 0; i < line->size(); ++i) {
    const Point& a = (*line)[i];
    const Point& b = (*line)[(i + 1) % line->size()];
    twice += (b.longitude - a.longitude) * kRadians *
             (2 + std::sin(a.latitude * kRadians) + std::sin(b.latitude * kRadians));
  }
  twice *= kEarthRadiusM * kEarthRadiusM;
  return Value(to_hundredths(std::abs(twice) / 2));
}

// Is the point in the closed shape? Counts the edges that a ray to the east crosses.
bool is_inside(const Point& point, const Line& shape) {
  bool inside = false;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    const Point& a = shape[i - 1];
    const Point& b = shape[i];
    if ((a.latitude > point.latitude) == (b.latitude > point.latitude)) continue;
    const double crossing =
        (b.longitude - a.longitude) * (point.latitude - a.latitude) / (b.latitude - a.latitude) +
        a.longitude;
    if (point.longitude < crossing) inside = !inside;
  }
  return inside;
}

Value fn_geofence(Call& call) {
  const auto point = read_point(call.text(0));
  const auto shape = read_line(call.text(1));
  const bool usable = point.has_value() && shape.has_value() && shape->size() >= 4 &&
                      shape->front() == shape->back();
  if (usable) return Value(is_inside(*point, *shape));
  // JavaRosa stops where there is no point or shape; plain XPath says no.
  if (call.evaluator().program().plain_xpath) return Value(false);
  return call.refuse("expression.value",
                     "geofence() takes a geopoint and a geoshape that ends where it begins");
}

// Which way c lies from the line a-b: sign of the cross product.
int turn(const Point& a, const Point& b, const Point& c) {
  const double cross = (b.longitude - a.longitude) * (c.latitude - a.latitude) -
                       (b.latitude - a.latitude) * (c.longitude - a.longitude);
  return cross > 0 ? 1 : (cross < 0 ? -1 : 0);
}

// Is c, known to be on the line through a and b, between them?
bool between(const Point& a, const Point& b, const Point& c) {
  return std::min(a.longitude, b.longitude) <= c.longitude &&
         c.longitude <= std::max(a.longitude, b.longitude) &&
         std::min(a.latitude, b.latitude) <= c.latitude &&
         c.latitude <= std::max(a.latitude, b.latitude);
}

bool segments_meet(const Point& a, const Point& b, const Point& c, const Point& d) {
  const int abc = turn(a, b, c);
  const int abd = turn(a, b, d);
  const int cda = turn(c, d, a);
  const int cdb = turn(c, d, b);
  if (abc != abd && cda != cdb) return true;
  return (abc == 0 && between(a, b, c)) || (abd == 0 && between(a, b, d)) ||
         (cda == 0 && between(c, d, a)) || (cdb == 0 && between(c, d, b));
}

// Does the line cross or touch itself, other than where one segment goes on from the last?
Value fn_intersects(Call& call) {
  auto line = line_of_arguments(call);
  if (!line.has_value()) return wrong_points(call);
  line->erase(std::unique(line->begin(), line->end()), line->end());
  const std::size_t segments = line->empty() ? 0 : line->size() - 1;
  const bool closed = segments > 2 && line->front() == line->back();
  for (std::size_t i = 0; i < segments; ++i) {
    if (!call.evaluator().spend(segments - i)) return Value();
    for (std::size_t j = i + 1; j < segments; ++j) {
      const Point& a = (*line)[i];
      const Point& b = (*line)[i + 1];
      const Point& c = (*line)[j];
      const Point& d = (*line)[j + 1];
      if (j == i + 1) {
        // Neighbours share b; they overlap only where the second runs back over the first.
        if (turn(a, b, d) == 0 && (between(a, b, d) || between(b, d, a))) return Value(true);
      } else if (closed && i == 0 && j == segments - 1) {
        if (turn(c, a, b) == 0 && (between(a, b, c) || between(c, a, b))) return Value(true);
      } else if (segments_meet(a, b, c, d)) {
        return Value(true);
      }
    }
  }
  return Value(false);
}

constexpr std::array kFunctions{
    Function{.name = "area",
             .least = 1,
             .most = kAnyCount,
             .type = StaticType::kNumber,
             .call = fn_area},
    Function{.name = "enclosed-area",
             .least = 1,
             .most = kAnyCount,
             .type = StaticType::kNumber,
             .call = fn_area},
    Function{.name = "distance",
             .least = 1,
             .most = kAnyCount,
             .type = StaticType::kNumber,
             .call = fn_distance},
    Function{.name = "geofence",
             .least = 2,
             .most = 2,
             .type = StaticType::kBoolean,
             .call = fn_geofence},
    Function{.name = "intersects",
             .least = 1,
             .most = 1,
             .type = StaticType::kBoolean,
             .call = fn_intersects},
};

}  // namespace

std::span<const Function> geo_functions() {
  return kFunctions;
}

}  // namespace vigil::forms
