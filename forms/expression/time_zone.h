// SPDX-License-Identifier: Apache-2.0
//
// How far a place's clocks are from UTC, for `--tz` and for tests: a fixed offset, or an IANA zone
// read from the system's zone files (RFC 8536), never from the process's own TZ.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"

namespace vigil::forms {

// A value; copies share the read rules. Thread: any.
class TimeZone {
 public:
  TimeZone();  // UTC
  // "UTC", "Z", "+06:00", "-0700", or a zone name such as "Asia/Bishkek". Fails kUsage
  // "time-zone.name" where it is none of these or the system has no such zone, kNotFound
  // "time-zone.data" where the system has no zone files (Debian's package tzdata).
  [[nodiscard]] static Result<TimeZone> named(std::string_view name);
  // The zone in the bytes of a TZif file. Fails kInvalid "time-zone.file".
  [[nodiscard]] static Result<TimeZone> from_file_bytes(ByteView bytes);
  [[nodiscard]] static TimeZone fixed(int offset_minutes);

  // Minutes east of UTC at that instant.
  [[nodiscard]] int offset_minutes(WallTime time) const;

  struct Rules;

 private:
  std::shared_ptr<const Rules> rules_;
};

}  // namespace vigil::forms
