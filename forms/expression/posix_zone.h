// SPDX-License-Identifier: Apache-2.0
//
// The rule at the end of a zone file ("EST5EDT,M3.2.0,M11.1.0"): offsets for ever after. Not for
// other folders.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigil::forms {

class PosixZone {
 public:
  // nullopt where the text is not of the forms that zone files use (POSIX TZ with M, J or day
  // numbers, RFC 8536 section 3.3.1).
  [[nodiscard]] static std::optional<PosixZone> parse(std::string_view text);

  // Seconds east of UTC at an instant.
  [[nodiscard]] std::int64_t offset_seconds(std::int64_t utc_seconds) const;

  struct Change {
    char kind = 'M';  // M: nth weekday of a month; J: day 1-365 without 29 February; D: day 0-365
    int month = 1;
    int week = 1;
    int day = 0;
    std::int64_t time_seconds = 7200;  // of the local day
  };

 private:
  std::int64_t standard_seconds_ = 0;
  std::int64_t summer_seconds_ = 0;
  bool has_summer_ = false;
  Change to_summer_;
  Change to_standard_;
};

}  // namespace vigil::forms
