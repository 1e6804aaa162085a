// SPDX-License-Identifier: Apache-2.0
//
// Sends what is sealed to the hub on a thread of its own, while the vault stays with the screen: a
// bad network lasts for hours and nobody shall wait for it. What the sending thread needs of the
// vault (what waits, how far, the verified receipt) it asks of the screen's thread, which answers
// in serve(), once a frame.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/trust/hub_address.h"
#include "core/trust/roster.h"
#include "sync/outbox.h"
#include "sync/push.h"

namespace vigil::tablet {

class Sender {
 public:
  explicit Sender(std::function<void()> wake) : wake_(std::move(wake)) {}
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  ~Sender();  // stops and waits: at most one connection's patience

  // Requires: !running().
  void start(trust::HubAddress hub, trust::Roster roster);
  [[nodiscard]] bool running() const { return thread_.joinable(); }
  // Answers what the sending thread waits for; nullptr while the vault is locked, which makes it
  // stop: what the hub has, it keeps. The screen's thread.
  void serve(sync::Outbox* outbox);
  // Gives up before the next request.
  void stop() { stopping_ = true; }
  // Once, when sending ended.
  [[nodiscard]] std::optional<sync::PushReport> take();

 private:
  class Asking;  // sync::Outbox of the sending thread
  using Question = std::function<void(sync::Outbox*)>;
  void ask(Question question);

  std::function<void()> wake_;
  std::thread thread_;
  std::atomic<bool> done_ = false;
  std::atomic<bool> stopping_ = false;
  sync::PushReport report_;

  std::mutex mutex_;
  std::condition_variable answered_;
  Question question_;    // guarded by mutex_
  bool closed_ = false;  // nobody will serve any more
};

}  // namespace vigil::tablet
