// SPDX-License-Identifier: Apache-2.0
//
// Events of devices' chains that came to the hub (core/trust/event.h), for the office and auditors
// to fetch: events/<id>.event. Thread: safe from any.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/files.h"
#include "core/trust/event.h"

namespace vigil::hub {

class EventStore {
 public:
  // More than any office makes; past it the hub takes no more (507), so that no device can fill it.
  static constexpr std::size_t kLimit = 9000;

  [[nodiscard]] static Result<std::unique_ptr<EventStore>> open(Files& files, std::string folder);

  // Keeps an event that the roster lets its signer say; the same again is fine. Of a device's
  // heartbeats only the one with the highest number stays. Codes of trust::read_event() and
  // judge_event(); kStorage "hub.events_full".
  [[nodiscard]] Status take(std::string_view text, const trust::Roster& roster);
  // All of them as a canonical archive; empty where there is none.
  [[nodiscard]] Result<Bytes> archive();

 private:
  EventStore(Files& files, std::string folder) : files_(files), folder_(std::move(folder)) {}
  [[nodiscard]] Status drop_older_heartbeats(const trust::Event& event);

  struct Kept {
    trust::Event event;
    std::string text;
  };
  Files& files_;
  const std::string folder_;
  std::mutex mutex_;
  std::map<std::string, Kept> events_;  // by file name
};

}  // namespace vigil::hub
