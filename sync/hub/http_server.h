// SPDX-License-Identifier: Apache-2.0
//
// Carries requests over sockets (libmicrohttpd). One thread a connection: a request may wait for an
// fsync or for the digest of a large bundle, and must not hold up another tablet meanwhile.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "sync/hub/deadlines.h"
#include "sync/hub/http.h"

namespace vigil::hub {

struct ServerOptions {
  std::string address = "127.0.0.1";  // numeric IPv4 or IPv6
  std::uint16_t port = 0;             // 0: a free one
  unsigned connection_limit = 256;
  // One client must not take every place. Behind a proxy all tablets are one address.
  unsigned connections_per_address = 16;
  unsigned idle_timeout_s = 30;  // a connection on which nothing moves for so long is closed
  Pace pace;                     // and so is one on which too little moves
  // PEM text; both or neither. The key's memory is the library's.
  std::string tls_certificate_pem;
  std::string tls_key_pem;
};

// "ADDR:PORT" or "[ADDR6]:PORT" into options. kUsage "hub.listen".
[[nodiscard]] Status parse_listen(const std::string& text, ServerOptions& options);

class HttpServer {
 public:
  // `begin` is called from many threads at once and must outlive the server. kUsage "hub.listen";
  // kUnavailable "hub.listen": the address is taken or not ours; kInvalid "hub.tls".
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(const ServerOptions& options,
                                                                 BeginExchange begin);
  ~HttpServer();  // stops: closes every connection and waits for their threads
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] const std::string& url() const { return url_; }  // without a final slash

 private:
  struct State;
  HttpServer(std::unique_ptr<State> state, std::string url);
  std::unique_ptr<State> state_;
  std::string url_;
};

}  // namespace vigil::hub
