// SPDX-License-Identifier: Apache-2.0
//
// What a connection must achieve in time to keep its place, so that nobody holds a place by sending
// a byte now and then: an idle timeout alone never strikes such a client. Thread-safe; owns one
// thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace vigil::hub {

struct Pace {
  // From the connection's opening, or the reply before, to the last byte of a request's headers.
  // The largest legal header (a 64 KiB manifest as base64) needs some 1.5 kB/s.
  std::int64_t headers_ms = 60'000;
  // A body must bring so many bytes in each such span.
  std::int64_t body_span_ms = 60'000;
  std::uint64_t body_least_bytes = 4096;
  // A reply must be taken within reply_ms and a second more for each so many bytes.
  std::int64_t reply_ms = 60'000;
  std::uint64_t reply_least_bytes_per_s = 256;
};

class Deadlines {
 public:
  struct Watched;  // one connection

  explicit Deadlines(const Pace& pace);
  ~Deadlines();  // every connection must be forgotten before
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;

  // `socket` must stay open until forget(): one that is late is shut down both ways, not closed.
  [[nodiscard]] Watched* watch(int socket);
  void forget(Watched* connection);

  void await_headers(Watched& connection);
  void await_body(Watched& connection);
  void body_came(Watched& connection, std::uint64_t bytes);
  // The hub itself is at work: no deadline.
  void pause(Watched& connection);
  void await_taking(Watched& connection, std::uint64_t reply_bytes);

 private:
  using Time = std::chrono::steady_clock::time_point;
  void set_deadline(Watched& connection, std::int64_t from_now_ms);
  void run();
  void cut_late(Time now);

  const Pace pace_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::set<std::unique_ptr<Watched>> connections_;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace vigil::hub
