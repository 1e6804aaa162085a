// SPDX-License-Identifier: Apache-2.0
//
// Dates and times between what forms store (ISO 8601) and the digits a person types. Pure.
#pragma once

#include <string>
#include <string_view>

namespace vigil::tablet {

// Days first, as all our languages write dates.
inline constexpr std::string_view kDateMask = "00.00.0000";
inline constexpr std::string_view kTimeMask = "00:00";

// Digits in the order of the masks: "22112026", "0940". Fewer while somebody types.
struct MomentDigits {
  std::string date;
  std::string time;
  friend bool operator==(const MomentDigits&, const MomentDigits&) = default;
};

// The digits of a stored "2026-11-22", "09:40:00.000+06:00" or both with a T between; what
// value_of() made of unfinished digits comes back as it was.
[[nodiscard]] MomentDigits digits_of(std::string_view value, bool has_date, bool has_time);

// ISO 8601 without an offset (the state adds the device's), or "" where nothing was typed. Digits
// that are no date or time yet come out marked ("?2211 09"), which no form takes: they stay on the
// screen as typed.
[[nodiscard]] std::string value_of(const MomentDigits& digits, bool has_date, bool has_time);
[[nodiscard]] bool is_unfinished(std::string_view value);

// What is wrong with unfinished digits: not all there, or there and yet no date or time.
enum class MomentFault { kNone, kUnfinished, kNoSuchDate, kYearOutside, kNoSuchTime };
[[nodiscard]] MomentFault fault_of(std::string_view value);
// "?31112026 0900": more digits would not mend it.
[[nodiscard]] bool is_impossible(std::string_view value);
// A visit is about people who live or lived lately.
inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 2100;

// Which of the two fields is to be mended, in what value_of() made of these digits.
struct MomentParts {
  bool date = false;
  bool time = false;
  friend bool operator==(const MomentParts&, const MomentParts&) = default;
};
[[nodiscard]] MomentParts wrong_parts(const MomentDigits& digits, bool has_date, bool has_time);

// "22.11.2026", "22.11.2026, 09:40" for a stored value; the value itself where it is none.
[[nodiscard]] std::string shown_moment(std::string_view value);

}  // namespace vigil::tablet
