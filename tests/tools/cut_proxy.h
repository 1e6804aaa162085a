// SPDX-License-Identifier: Apache-2.0
//
// A bad network on loopback: a TCP proxy that cuts connections after so many bytes, swallows
// replies, stands in for a captive portal, or goes silent. For tests and for the demonstration.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "core/base/error.h"

namespace vigil::test {

// What happens to connections. Each applies to the next `times` connections that get so far, then
// the proxy passes everything through.
struct Weather {
  std::uint64_t cut_after_bytes = 0;        // upstream bytes, then both ends are reset; 0: no cut
  std::uint64_t cut_after_reply_bytes = 0;  // the same for downstream bytes
  bool eat_replies = false;                 // the request goes through, the reply never comes back
  bool captive = false;                     // 200 and a login page, the hub never hears of it
  bool silent = false;                      // accepts, then nothing, until the client gives up
  int times = 0;                            // -1: for ever
};

struct Traffic {
  std::uint64_t connections = 0;
  std::uint64_t upstream_bytes = 0;  // that reached the target
  std::uint64_t cuts = 0;            // cut, eaten, captured or silenced
};

class CutProxy {
 public:
  // Listens on 127.0.0.1, `port` 0 for a free one. kUnavailable "proxy.listen".
  [[nodiscard]] static Result<std::unique_ptr<CutProxy>> start(std::uint16_t port,
                                                               std::uint16_t target_port);
  ~CutProxy();  // closes every connection and waits for their threads
  CutProxy(const CutProxy&) = delete;
  CutProxy& operator=(const CutProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string url() const;
  void set_weather(const Weather& weather);
  // Cuts every connection that is open now.
  void cut_now();
  void set_target(std::uint16_t target_port);
  [[nodiscard]] Traffic traffic() const;

 private:
  struct State;
  explicit CutProxy(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vigil::test
