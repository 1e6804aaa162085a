// SPDX-License-Identifier: Apache-2.0
//
// Clients that hold a place by sending a byte now and then, against the server alone.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sync/hub/http_server.h"
#include "tests/sync/support/raw_client.h"

namespace vigil::hub {
namespace {

constexpr const char* kHealth = "GET /health HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";

using Client = test::RawClient;

std::unique_ptr<HttpServer> serve(const ServerOptions& options) {
  auto server = HttpServer::start(options, [](const Request& request) {
    if (request.method == "GET") return answer_at_once(json_response(200, "{}"));
    return collect_body(1 << 20, [](ByteView) { return json_response(200, "{}"); });
  });
  EXPECT_TRUE(server.has_value());
  return std::move(*server);
}

std::uint16_t port_of(const HttpServer& server) {
  return static_cast<std::uint16_t>(std::stoi(server.url().substr(server.url().rfind(':') + 1)));
}

bool served(std::uint16_t port, const char* from = "127.0.0.1") {
  Client client(port, from);
  client.send(kHealth);
  return client.rest().starts_with("HTTP/1.1 200");
}

void trickle_until_cut(std::vector<std::unique_ptr<Client>> clients) {
  while (!clients.empty()) {
    std::erase_if(clients, [](const auto& client) { return !client->send("a"); });
    ::usleep(20'000);
  }
}

TEST(Pace, HeadersByTheByteAreCutAndOthersAreServed) {
  ServerOptions options;
  options.connection_limit = 64;
  options.connections_per_address = 100;
  options.pace.headers_ms = 1500;
  const auto server = serve(options);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 70; ++i) {
    slow.push_back(std::make_unique<Client>(port_of(*server)));
    slow.back()->send("GET /health HTTP/1.1\r\nX-a: ");
  }
  trickle_until_cut(std::move(slow));
  while (!served(port_of(*server))) ::usleep(1000);
}

TEST(Pace, ABodyByTheByteIsCut) {
  ServerOptions options;
  options.pace.body_span_ms = 200;
  const auto server = serve(options);
  std::vector<std::unique_ptr<Client>> slow;
  slow.push_back(std::make_unique<Client>(port_of(*server)));
  slow.back()->send("PUT /roster HTTP/1.1\r\nHost: hub\r\nContent-Length: 900000\r\n\r\n");
  trickle_until_cut(std::move(slow));
  EXPECT_TRUE(served(port_of(*server)));
}

TEST(Pace, ABodyThatBringsEnoughInEachSpanGoesOnPastTheSpan) {
  ServerOptions options;
  options.pace.body_span_ms = 1000;
  options.pace.body_least_bytes = 100;
  const auto server = serve(options);
  Client client(port_of(*server));
  client.send(
      "PUT /roster HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: 3000\r\n\r\n");
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(client.send(std::string(100, 'b')));
    ::usleep(50'000);
  }
  EXPECT_TRUE(client.rest().starts_with("HTTP/1.1 200"));
}

TEST(Pace, OneAddressCannotTakeEveryPlace) {
  ServerOptions options;
  options.connection_limit = 64;
  const auto server = serve(options);
  std::vector<std::unique_ptr<Client>> greedy;
  for (int i = 0; i < 70; ++i) {
    greedy.push_back(std::make_unique<Client>(port_of(*server)));
    greedy.back()->send("GET /health HTTP/1.1\r\nX-a: ");
  }
  EXPECT_FALSE(served(port_of(*server)));
  EXPECT_TRUE(served(port_of(*server), "127.0.0.2"));
}

}  // namespace
}  // namespace vigil::hub
