// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/posix_zone.h"

#include <chrono>

#include "forms/expression/number.h"

namespace vigil::forms {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  // "EST" or "<+06>"
  bool name() {
    if (take('<')) {
      const std::size_t end = text_.find('>');
      if (end == std::string_view::npos) return false;
      text_.remove_prefix(end + 1);
      return true;
    }
    std::size_t length = 0;
    while (length < text_.size() && ((text_[length] >= 'A' && text_[length] <= 'Z') ||
                                     (text_[length] >= 'a' && text_[length] <= 'z'))) {
      ++length;
    }
    text_.remove_prefix(length);
    return length >= 3;
  }
  std::optional<int> integer() {
    int value = 0;
    std::size_t length = 0;
    while (length < text_.size() && length < 4 && text_[length] >= '0' && text_[length] <= '9') {
      value = value * 10 + (text_[length++] - '0');
    }
    if (length == 0) return std::nullopt;
    text_.remove_prefix(length);
    return value;
  }
  // [+-]hh[:mm[:ss]] in seconds
  std::optional<std::int64_t> time() {
    const bool negative = take('-');
    if (!negative) (void)take('+');
    std::int64_t seconds = 0;
    std::int64_t unit = 3600;
    do {
      const auto part = integer();
      if (!part.has_value()) return std::nullopt;
      seconds += *part * unit;
      unit /= 60;
    } while (unit > 0 && take(':'));
    return negative ? -seconds : seconds;
  }
  std::optional<PosixZone::Change> change() {
    PosixZone::Change made;
    if (take('M')) {
      const auto month = integer();
      if (!month.has_value() || *month < 1 || *month > 12 || !take('.')) return std::nullopt;
      const auto week = integer();
      if (!week.has_value() || *week < 1 || *week > 5 || !take('.')) return std::nullopt;
      const auto day = integer();
      if (!day.has_value() || *day > 6) return std::nullopt;
      made.month = *month;
      made.week = *week;
      made.day = *day;
    } else {
      made.kind = take('J') ? 'J' : 'D';
      const auto day = integer();
      if (!day.has_value() || *day > 365) return std::nullopt;
      made.day = *day;
    }
    if (take('/')) {
      const auto when = time();
      if (!when.has_value()) return std::nullopt;
      made.time_seconds = *when;
    }
    return made;
  }

 private:
  std::string_view text_;
};

// Local seconds since 1970-01-01T00:00 of the change in a year.
std::int64_t local_seconds(const PosixZone::Change& change, int year) {
  using std::chrono::sys_days;
  const std::chrono::year in{year};
  sys_days day;
  if (change.kind == 'M') {
    const std::chrono::month month{static_cast<unsigned>(change.month)};
    const std::chrono::weekday weekday{static_cast<unsigned>(change.day)};
    day = change.week == 5 ? sys_days(in / month / weekday[std::chrono::last])
                           : sys_days(in / month / weekday[static_cast<unsigned>(change.week)]);
  } else {
    const sys_days first = in / std::chrono::January / 1;
    int days = change.day;
    if (change.kind == 'J') {
      --days;
      if (in.is_leap() && days >= 59) ++days;
    }
    day = first + std::chrono::days(days);
  }
  return std::int64_t{day.time_since_epoch().count()} * 86'400 + change.time_seconds;
}

}  // namespace

std::optional<PosixZone> PosixZone::parse(std::string_view text) {
  Reader reader(text);
  PosixZone zone;
  if (!reader.name()) return std::nullopt;
  const auto west = reader.time();  // POSIX counts westwards
  if (!west.has_value()) return std::nullopt;
  zone.standard_seconds_ = -*west;
  if (reader.done()) return zone;
  if (!reader.name()) return std::nullopt;
  zone.has_summer_ = true;
  zone.summer_seconds_ = zone.standard_seconds_ + 3600;
  if (!reader.take(',')) {
    const auto summer_west = reader.time();
    if (!summer_west.has_value() || !reader.take(',')) return std::nullopt;
    zone.summer_seconds_ = -*summer_west;
  }
  const auto to_summer = reader.change();
  if (!to_summer.has_value() || !reader.take(',')) return std::nullopt;
  const auto to_standard = reader.change();
  if (!to_standard.has_value() || !reader.done()) return std::nullopt;
  zone.to_summer_ = *to_summer;
  zone.to_standard_ = *to_standard;
  return zone;
}

std::int64_t PosixZone::offset_seconds(std::int64_t utc_seconds) const {
  if (!has_summer_) return standard_seconds_;
  // Outside the years 1 to 9999 the calendar below has no say; winter time will do.
  constexpr std::int64_t kFirst = -62'135'596'800;
  constexpr std::int64_t kLast = 253'402'300'799;
  if (utc_seconds < kFirst || utc_seconds > kLast) return standard_seconds_;
  const int year = static_cast<int>(ms_to_civil((utc_seconds + standard_seconds_) * 1000).year);
  const std::int64_t start = local_seconds(to_summer_, year) - standard_seconds_;
  const std::int64_t end = local_seconds(to_standard_, year) - summer_seconds_;
  const bool summer = start < end ? utc_seconds >= start && utc_seconds < end
                                  : utc_seconds >= start || utc_seconds < end;
  return summer ? summer_seconds_ : standard_seconds_;
}

}  // namespace vigil::forms
