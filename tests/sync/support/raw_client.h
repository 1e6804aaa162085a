// SPDX-License-Identifier: Apache-2.0
//
// A client that speaks to a hub byte by byte, as no library would.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigil::test {

class RawClient {
 public:
  // `from` is the loopback address it comes from: 127.0.0.0/8.
  explicit RawClient(std::uint16_t port, const char* from = "127.0.0.1");
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // All of it; false once the server has closed.
  bool send(std::string_view text);
  // Everything until the server closes; the request must ask for that.
  std::string rest();

 private:
  int socket_;
};

}  // namespace vigil::test
