// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/deadlines.h"

#include <algorithm>
#include <optional>

#include <sys/socket.h>

namespace vigil::hub {

struct Deadlines::Watched {
  int socket = -1;
  std::optional<Time> deadline;
  std::uint64_t body_bytes = 0;  // in the current span
};

Deadlines::Deadlines(const Pace& pace) : pace_(pace), thread_([this] { run(); }) {}

Deadlines::~Deadlines() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  thread_.join();
}

Deadlines::Watched* Deadlines::watch(int socket) {
  auto connection = std::make_unique<Watched>();
  connection->socket = socket;
  Watched* const raw = connection.get();
  const std::lock_guard lock(mutex_);
  set_deadline(*raw, pace_.headers_ms);
  connections_.insert(std::move(connection));
  return raw;
}

void Deadlines::forget(Watched* connection) {
  const std::lock_guard lock(mutex_);
  std::erase_if(connections_, [connection](const auto& one) { return one.get() == connection; });
}

void Deadlines::await_headers(Watched& connection) {
  const std::lock_guard lock(mutex_);
  set_deadline(connection, pace_.headers_ms);
}

void Deadlines::await_body(Watched& connection) {
  const std::lock_guard lock(mutex_);
  connection.body_bytes = 0;
  set_deadline(connection, pace_.body_span_ms);
}

void Deadlines::body_came(Watched& connection, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  connection.body_bytes += bytes;
  if (connection.body_bytes < pace_.body_least_bytes) return;
  connection.body_bytes = 0;
  set_deadline(connection, pace_.body_span_ms);
}

void Deadlines::pause(Watched& connection) {
  const std::lock_guard lock(mutex_);
  connection.deadline.reset();
}

void Deadlines::await_taking(Watched& connection, std::uint64_t reply_bytes) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t seconds = reply_bytes / pace_.reply_least_bytes_per_s;
  set_deadline(connection, pace_.reply_ms + static_cast<std::int64_t>(seconds) * 1000);
}

void Deadlines::set_deadline(Watched& connection, std::int64_t from_now_ms) {
  connection.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(from_now_ms);
}

void Deadlines::run() {
  const std::int64_t shortest_ms = std::min({pace_.headers_ms, pace_.body_span_ms, pace_.reply_ms});
  const std::chrono::milliseconds pause(std::clamp<std::int64_t>(shortest_ms / 4, 10, 1000));
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, pause, [this] { return stop_; })) {
    cut_late(std::chrono::steady_clock::now());
  }
}

void Deadlines::cut_late(Time now) {
  for (const auto& connection : connections_) {
    if (!connection->deadline || *connection->deadline > now) continue;
    connection->deadline.reset();
    ::shutdown(connection->socket, SHUT_RDWR);
  }
}

}  // namespace vigil::hub
