// SPDX-License-Identifier: Apache-2.0
//
// Places, typed by hand or taken from the satellite receiver: ODK's "latitude longitude altitude
// accuracy", points of a line separated by semicolons. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::tablet {

// As typed: figures, a point, a minus; may be unfinished.
struct TypedPoint {
  std::string latitude;
  std::string longitude;
  // In metres, as the satellite receiver said; a place typed by hand has neither.
  std::string altitude = "0";
  std::string accuracy = "0";
  friend bool operator==(const TypedPoint&, const TypedPoint&) = default;
};

// The points of a stored or unfinished value; none for "".
[[nodiscard]] std::vector<TypedPoint> typed_points(std::string_view value);
[[nodiscard]] bool is_whole(const TypedPoint& point);  // both there, 90 and 180 degrees at most

// The satellite receiver said it, and how accurate it is.
[[nodiscard]] bool is_measured(const TypedPoint& point);

// The stored value, or an unfinished one ("?...", dates.h) where a point is not whole yet, or
// fewer than `least` are there. "" for no points. `closed`: the first point is added as the last.
[[nodiscard]] std::string value_of(const std::vector<TypedPoint>& points, std::size_t least,
                                   bool closed);

}  // namespace vigil::tablet
