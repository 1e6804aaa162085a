// SPDX-License-Identifier: Apache-2.0
//
// The hub over real sockets, spoken to byte by byte: what the library under it makes of clients
// that are odd, slow, dead or hostile.
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/posix_files.h"
#include "sync/protocol/tus.h"
#include "tests/support/run_program.h"
#include "tests/sync/support/hub_process.h"
#include "tests/sync/support/office.h"
#include "tests/sync/support/raw_client.h"

namespace vigil::hub {
namespace {

using test::RawClient;

class Socket : public ::testing::Test {
 protected:
  void SetUp() override {
    office.write_hub_folder(*files, data);
    hub = std::make_unique<test::HubProcess>(data);
    bundle = office.seal(*files, folder.file("b.vigil"), 1, {}, 200'000);
  }

  std::string ask(const std::string& request) {
    RawClient client(hub->port());
    client.send(request);
    return client.rest();
  }
  static std::string head(const std::string& line, const std::string& headers) {
    return line + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n" + headers + "\r\n";
  }
  std::string creation(const std::string& version = "Tus-Resumable: 1.0.0\r\n") {
    return head("POST /files",
                version + fmt::format("Content-Length: 0\r\nUpload-Length: {}\r\n"
                                      "Upload-Metadata: {}\r\n",
                                      bundle.size_bytes,
                                      sync::tus::emit_metadata(bundle.manifest_json,
                                                               bundle.signature_file)));
  }
  std::string patch_head(std::uint64_t offset, std::uint64_t length) {
    return head("PATCH /files/" + to_string(bundle.id),
                fmt::format("Tus-Resumable: 1.0.0\r\nUpload-Offset: {}\r\nContent-Length: {}\r\n"
                            "Content-Type: application/offset+octet-stream\r\n",
                            offset, length));
  }
  std::string offset() {
    const std::string reply =
        ask(head("HEAD /files/" + to_string(bundle.id), "Tus-Resumable: 1.0.0\r\n"));
    const std::size_t at = reply.find("Upload-Offset: ");
    if (at == std::string::npos) return "";
    return reply.substr(at + 15, reply.find('\r', at) - at - 15);
  }
  static std::string status(const std::string& reply) {
    return reply.size() < 12 ? "" : reply.substr(9, 3);
  }

  test::TemporaryFolder folder;
  std::string data = folder.file("hub");
  std::unique_ptr<Files> files = platform::posix_files();
  test::TestOffice office;
  std::unique_ptr<test::HubProcess> hub;
  test::MadeBundle bundle;
};

TEST_F(Socket, WithoutTheProtocolsVersionNothingHappens) {
  const std::string reply = ask(creation(""));
  EXPECT_EQ(status(reply), "412");
  EXPECT_NE(reply.find("Tus-Version: 1.0.0"), std::string::npos);
  EXPECT_EQ(offset(), "");
}

TEST_F(Socket, TheLargestManifestFitsIntoAHeader) {
  const std::string reply = ask(head(
      "POST /files",
      "Tus-Resumable: 1.0.0\r\nContent-Length: 0\r\nUpload-Length: 9\r\n"
      "Upload-Metadata: " +
          sync::tus::emit_metadata(std::string(64 * 1024, 'm'), bundle.signature_file) + "\r\n"));
  // Judged by the hub, not turned away by the library under it.
  EXPECT_NE(reply.find("\"code\":\"bundle."), std::string::npos) << reply.substr(0, 400);
}

TEST_F(Socket, AnOverriddenMethodWins) {
  ASSERT_EQ(status(ask(creation())), "201");
  std::string request = patch_head(0, 3);
  request.replace(0, 5, "POST");
  request.insert(request.size() - 2, "X-HTTP-Method-Override: PATCH\r\n");
  const std::string reply = ask(request + std::string(as_text(bundle.bytes)).substr(0, 3));
  EXPECT_EQ(status(reply), "204");
  EXPECT_NE(reply.find("Upload-Offset: 3\r\n"), std::string::npos);
  EXPECT_EQ(offset(), "3");
}

TEST_F(Socket, ADeadWriterIsPreEmptedWithoutWaiting) {
  ASSERT_EQ(status(ask(creation())), "201");
  const std::string bytes(as_text(bundle.bytes));
  RawClient dead(hub->port());
  dead.send(patch_head(0, bytes.size()) + bytes.substr(0, 5000));
  // It stays open and says nothing more: a tablet that left the network.
  while (offset() != "5000") ::usleep(1000);
  const std::string rest = bytes.substr(5000);
  EXPECT_EQ(status(ask(patch_head(5000, rest.size()) + rest)), "204");
  dead.send(bytes.substr(5000, 100));  // too late, and not written anywhere
  EXPECT_EQ(offset(), std::to_string(bytes.size()));
  EXPECT_EQ(test::read_file(data + "/bundles/" + to_string(bundle.id) + ".vigil"), bundle.bytes);
}

TEST_F(Socket, ChunkedBodiesAreTakenAndBounded) {
  ASSERT_EQ(status(ask(creation())), "201");
  std::string request = patch_head(0, 0);
  const std::size_t at = request.find("Content-Length: 0");
  request.replace(at, 17, "Transfer-Encoding: chunked");
  const std::string bytes(as_text(bundle.bytes));
  const std::string part = fmt::format("{:x}\r\n{}\r\n", 1000, bytes.substr(0, 1000));
  EXPECT_EQ(status(ask(request + part + "0\r\n\r\n")), "204");
  EXPECT_EQ(offset(), "1000");
  // A stream that never ends is cut off at the announced length.
  request = patch_head(1000, 0);
  request.replace(request.find("Content-Length: 0"), 17, "Transfer-Encoding: chunked");
  std::string endless = request;
  for (int i = 0; i < 300; ++i) {
    endless += fmt::format("{:x}\r\n{}\r\n", 16384, std::string(16384, 'x'));
  }
  RawClient client(hub->port());
  client.send(endless);
  EXPECT_NE(status(client.rest()), "204");
  EXPECT_LE(std::stoull(offset()), bundle.size_bytes);
  EXPECT_EQ(status(ask(head("GET /bundles/" + to_string(bundle.id) + "/receipt", ""))), "404");
}

TEST_F(Socket, OddBytesGetAnAnswerOrAClosedConnectionAndTheHubLivesOn) {
  const std::vector<std::string> odd = {
      "\r\n\r\n",
      "GET\r\n\r\n",
      std::string(300'000, 'A'),
      head("GET /health", "X-Long: " + std::string(300'000, 'a') + "\r\n"),
      head("GET /" + std::string(300'000, 'a'), ""),
      head("GET /%00%ff/../../etc/passwd", ""),
      head("GET /log/%2e%2e/log.key", ""),
      head("POST /files", "Tus-Resumable: 1.0.0\r\nContent-Length: -1\r\n"),
      head("POST /files", "Tus-Resumable: 1.0.0\r\nContent-Length: 99999999999999999999999\r\n"),
      head("PUT /roster", "Content-Length: 5\r\n") + "abcde",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  };
  for (const std::string& bytes : odd) {
    RawClient client(hub->port());
    client.send(bytes);
    // Half-closed where the request is no request, so that both sides get to an end.
    if (bytes.find("HTTP/1.1") == std::string::npos) continue;
    const std::string reply = client.rest();
    EXPECT_NE(status(reply), "200") << bytes.substr(0, 60);
  }
  EXPECT_EQ(status(ask(head("GET /health", ""))), "200");
}

TEST_F(Socket, ManyIdleConnectionsDoNotShutTheHub) {
  hub->stop();
  hub = std::make_unique<test::HubProcess>(data, std::vector<std::string>{"--connections", "8"});
  {
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 8; ++i) idle.push_back(std::make_unique<RawClient>(hub->port()));
    RawClient ninth(hub->port());
    ninth.send(head("GET /health", ""));
    EXPECT_NE(status(ninth.rest()), "200");
  }
  // Once they are gone there is room again.
  while (status(ask(head("GET /health", ""))) != "200") ::usleep(1000);
}

TEST_F(Socket, ItStopsInOrderWithClientsConnected) {
  ASSERT_EQ(status(ask(creation())), "201");
  RawClient idle(hub->port());
  RawClient sending(hub->port());
  sending.send(patch_head(0, 1000) + "half");
  while (offset() != "4") ::usleep(1000);
  EXPECT_EQ(hub->stop(), 0);
  hub->start();
  EXPECT_EQ(offset(), "4");
}

}  // namespace
}  // namespace vigil::hub
