// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/time_zone.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "forms/expression/number.h"
#include "forms/expression/posix_zone.h"

namespace vigil::forms {

struct TimeZone::Rules {
  std::int64_t before_seconds = 0;  // offset before the first transition
  std::vector<std::int64_t> at_seconds;
  std::vector<std::int64_t> offset_seconds;  // from at_seconds[i] on
  std::optional<PosixZone> after;            // from the last transition on
};

namespace {

constexpr std::string_view kZoneFolder = "/usr/share/zoneinfo/";
constexpr std::size_t kMaxZoneBytes = 64 * 1024;
constexpr std::size_t kHeaderBytes = 44;

std::unexpected<Error> bad_file() {
  return fail(ErrorKind::kInvalid, "time-zone.file", "the time zone file is damaged");
}

std::unexpected<Error> bad_name(std::string_view name) {
  return fail(ErrorKind::kUsage, "time-zone.name",
              fmt::format("there is no time zone \"{}\"; give UTC, an offset such as +06:00, or a "
                          "name such as Asia/Bishkek",
                          name));
}

std::int64_t read_big_endian(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = (bytes[at] & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | bytes[at + i];
  return static_cast<std::int64_t>(value);
}

struct Header {
  std::size_t utc_flags = 0;
  std::size_t standard_flags = 0;
  std::size_t leaps = 0;
  std::size_t times = 0;
  std::size_t types = 0;
  std::size_t letters = 0;
  [[nodiscard]] std::size_t data_bytes(std::size_t time_bytes) const {
    return times * (time_bytes + 1) + types * 6 + letters + leaps * (time_bytes + 4) +
           standard_flags + utc_flags;
  }
};

std::optional<Header> read_header(ByteView bytes, std::size_t at) {
  if (bytes.size() < at + kHeaderBytes || as_text(bytes.subspan(at, 4)) != "TZif") {
    return std::nullopt;
  }
  const auto count = [&bytes, at](std::size_t index) {
    return static_cast<std::size_t>(read_big_endian(bytes, at + 20 + index * 4, 4) & 0xFFFFFFFF);
  };
  const Header header{.utc_flags = count(0),
                      .standard_flags = count(1),
                      .leaps = count(2),
                      .times = count(3),
                      .types = count(4),
                      .letters = count(5)};
  constexpr std::size_t kMost = 10'000;
  for (std::size_t i = 0; i < 6; ++i) {
    if (count(i) > kMost) return std::nullopt;
  }
  if (header.types == 0) return std::nullopt;
  return header;
}

// "+06:00", "-0700", "+05"
std::optional<int> read_offset(std::string_view text) {
  const auto time = parse_iso_time_of_day("00:00" + std::string(text));
  if (!time.has_value()) return std::nullopt;
  return time->offset_minutes;
}

bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.front() == '.') return false;
  if (name.find("..") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

std::optional<Bytes> read_zone_file(std::string_view name) {
  std::ifstream file(std::string(kZoneFolder) + std::string(name), std::ios::binary);
  if (!file) return std::nullopt;
  Bytes bytes;
  char buffer[4096];
  while (bytes.size() <= kMaxZoneBytes) {
    file.read(buffer, sizeof buffer);
    const auto got = file.gcount();
    if (got <= 0) break;
    bytes.insert(bytes.end(), buffer, buffer + got);
  }
  return bytes;
}

}  // namespace

TimeZone::TimeZone() : rules_(std::make_shared<Rules>()) {}

TimeZone TimeZone::fixed(int offset_minutes) {
  auto rules = std::make_shared<Rules>();
  rules->before_seconds = std::int64_t{offset_minutes} * 60;
  TimeZone zone;
  zone.rules_ = std::move(rules);
  return zone;
}

Result<TimeZone> TimeZone::named(std::string_view name) {
  if (name == "UTC" || name == "Z" || name == "GMT") return TimeZone();
  if (const auto offset = read_offset(name); offset.has_value() && !name.empty()) {
    return fixed(*offset);
  }
  if (!is_zone_name(name)) return bad_name(name);
  const std::optional<Bytes> bytes = read_zone_file(name);
  if (!bytes.has_value()) {
    if (!read_zone_file("tzdata.zi").has_value() && !read_zone_file("UTC").has_value()) {
      return fail(ErrorKind::kNotFound, "time-zone.data",
                  "this machine has no time zone files; install the package tzdata, or give an "
                  "offset such as +06:00");
    }
    return bad_name(name);
  }
  auto zone = from_file_bytes(*bytes);
  if (!zone.has_value()) return bad_name(name);
  return zone;
}

Result<TimeZone> TimeZone::from_file_bytes(ByteView bytes) {
  const auto first = read_header(bytes, 0);
  if (!first.has_value() || bytes[4] < '2') return bad_file();
  // The first block has 32-bit times and repeats what the second says better.
  const std::size_t second_at = kHeaderBytes + first->data_bytes(4);
  const auto header = read_header(bytes, second_at);
  if (!header.has_value()) return bad_file();
  const std::size_t times_at = second_at + kHeaderBytes;
  const std::size_t end = times_at + header->data_bytes(8);
  if (bytes.size() < end) return bad_file();
  const std::size_t kinds_at = times_at + header->times * 8;
  const std::size_t types_at = kinds_at + header->times;
  const auto offset_of = [&bytes, types_at](std::size_t type) {
    return read_big_endian(bytes, types_at + type * 6, 4);
  };
  auto rules = std::make_shared<Rules>();
  rules->before_seconds = offset_of(0);
  for (std::size_t i = 0; i < header->times; ++i) {
    const std::size_t type = bytes[kinds_at + i];
    if (type >= header->types) return bad_file();
    rules->at_seconds.push_back(read_big_endian(bytes, times_at + i * 8, 8));
    rules->offset_seconds.push_back(offset_of(type));
  }
  std::string_view footer = as_text(bytes.subspan(end));
  if (footer.size() > 2 && footer.front() == '\n') {
    footer.remove_prefix(1);
    rules->after = PosixZone::parse(footer.substr(0, footer.find('\n')));
  }
  TimeZone zone;
  zone.rules_ = std::move(rules);
  return zone;
}

int TimeZone::offset_minutes(WallTime time) const {
  const Rules& rules = *rules_;
  // Towards the past, so that -0.5 s is second -1.
  std::int64_t seconds = time.ms / 1000;
  if (time.ms % 1000 < 0) --seconds;
  const auto next = std::upper_bound(rules.at_seconds.begin(), rules.at_seconds.end(), seconds);
  std::int64_t offset = 0;
  if (next == rules.at_seconds.end() && rules.after.has_value()) {
    offset = rules.after->offset_seconds(seconds);
  } else if (next == rules.at_seconds.begin()) {
    offset = rules.before_seconds;
  } else {
    offset = rules.offset_seconds[static_cast<std::size_t>(next - rules.at_seconds.begin()) - 1];
  }
  return static_cast<int>(offset / 60);
}

}  // namespace vigil::forms
