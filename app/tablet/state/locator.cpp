// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/locator.h"

#include <fmt/format.h>

namespace vigil::tablet {
namespace {

using State = platform::Reception::State;

constexpr int kSecond_ms = 1000;
// A receiver that starts cold under an open sky needs about half a minute.
constexpr std::int64_t kLong_s = 60;

// A tenth of a metre: finer than any receiver of a tablet.
std::string degrees(double value) {
  return fmt::format("{:.6f}", value);
}

std::string metres(double value) {
  return fmt::format("{:.1f}", value);
}

std::string failure_words(const words::Words& words, const Error& error) {
  if (error.code == "location.absent") {
    return std::string(
        words("This tablet has no satellite receiver that Vigil can ask. Type the place instead."));
  }
  if (error.code == "location.lost") {
    return std::string(
        words("The satellite receiver does not answer any more. Try again, or type the place."));
  }
  return std::string(
      words("What the satellite receiver says makes no sense. Type the place instead."));
}

}  // namespace

void Locator::start(const std::string& ref, const std::string& address, std::int64_t now_ms) {
  stop();
  ref_ = ref;
  since_ms_ = now_ms;
  receiver_ = platform::LocationReceiver::start(address, wake_);
}

void Locator::stop() {
  receiver_.reset();
  ref_.clear();
  reception_ = {};
  failure_.reset();
  waited_s_ = 0;
}

bool Locator::poll(std::int64_t now_ms, int& wake_ms) {
  wake_ms = -1;
  if (receiver_ == nullptr) return false;
  const auto newest = receiver_->newest();
  if (!newest) {
    failure_ = newest.error();
    receiver_.reset();
    reception_ = {};
    return true;
  }
  const std::int64_t waited_s = (now_ms - since_ms_) / kSecond_ms;
  const bool counts = newest->state == State::kSearching && waited_s != waited_s_;
  const bool changed = counts || newest->state != reception_.state || newest->fix != reception_.fix;
  waited_s_ = waited_s;
  reception_ = *newest;
  if (reception_.state == State::kSearching) wake_ms = kSecond_ms;
  return changed;
}

Locating Locator::shown(const words::Words& words) const {
  Locating shown;
  shown.runs = receiver_ != nullptr;
  if (failure_) {
    shown.failed = true;
    shown.text = failure_words(words, *failure_);
    return shown;
  }
  const std::string waited = fmt::format("{}", waited_s_);
  switch (reception_.state) {
    case State::kAsking:
      shown.text = words("Asking the satellite receiver…");
      break;
    case State::kNoReceiver:
      shown.failed = true;
      shown.text = words("No satellite receiver is connected. Connect one, or type the place.");
      break;
    case State::kSearching:
      shown.failed = waited_s_ >= kLong_s;
      shown.text =
          shown.failed
              ? words::fill(words("No place after {0} s. Behind thick walls there may never "
                                  "be one: wait under the open sky, or type the place."),
                            {waited})
              : words::fill(words("Looking for satellites, {0} s. Go under the open sky "
                                  "where you can."),
                            {waited});
      break;
    case State::kFix: {
      const platform::Fix& fix = reception_.fix;
      shown.found = true;
      shown.text = fix.accuracy_m
                       ? words::fill(words("Found: {0}, {1}, accurate to {2} m."),
                                     {degrees(fix.latitude), degrees(fix.longitude),
                                      metres(*fix.accuracy_m)})
                       : words::fill(words("Found: {0}, {1}; how accurate is not known."),
                                     {degrees(fix.latitude), degrees(fix.longitude)});
      break;
    }
  }
  return shown;
}

std::optional<TypedPoint> Locator::point() const {
  if (reception_.state != State::kFix) return std::nullopt;
  const platform::Fix& fix = reception_.fix;
  TypedPoint point{degrees(fix.latitude), degrees(fix.longitude)};
  if (fix.altitude_m) point.altitude = metres(*fix.altitude_m);
  if (fix.accuracy_m) point.accuracy = metres(*fix.accuracy_m);
  return point;
}

}  // namespace vigil::tablet
