// SPDX-License-Identifier: Apache-2.0
//
// vigil-verify as a person or a script calls it: files, a log on disk and on a web server, JSON, a
// page, exit statuses, the witness.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"
#include "tests/support/run_program.h"

namespace vigil::verify::test {
namespace {

using nlohmann::json;
using vigil::test::ProgramResult;
using vigil::test::run_program;

const std::string kProgram = VIGIL_BIN_DIR "/vigil-verify";

struct Program : testing::Test {
  vigil::test::MemoryFiles files;
  World world{files};
  vigil::test::TemporaryFolder folder;

  void SetUp() override {
    for (const char* path : {"b/a1.vigil", "b/a2.vigil"}) {
      world.seal(world.first, path);
      world.log(path, true);
    }
    const auto made = world.sign();
    files.put("roster.json", as_bytes(made.roster_json));
    files.put("roster.json.minisig", as_bytes(made.signature_file));
    files.put("root.pub",
              as_bytes(crypto::minisign::public_key_file(world.root.public_key(), "root")));
    write_out();
  }
  void write_out() {
    for (const auto& [path, content] : files.contents()) {
      std::filesystem::create_directories(std::filesystem::path(folder.file(path)).parent_path());
      folder.put(path, content);
    }
  }
  [[nodiscard]] ProgramResult verify(std::vector<std::string> more) const {
    std::vector<std::string> arguments{kProgram, "--roster", "roster.json", "--root", "root.pub"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, {}, folder.path());
  }
};

TEST_F(Program, SaysTextAndNothingOnStandardError) {
  const auto result = verify({"b", "--log", "log"});
  EXPECT_EQ(result.exit_status, 0) << result.output << result.errors;
  EXPECT_NE(result.output.find("tablet-1"), std::string::npos);
  EXPECT_NE(result.output.find("2 bundle(s)"), std::string::npos);
  EXPECT_EQ(result.errors, "");
}

TEST_F(Program, AnswersInJson) {
  const auto result = verify({"b/a1.vigil", "b/a2.vigil", "--log", "log/", "--json"});
  EXPECT_EQ(result.exit_status, 0) << result.errors;
  const json report = json::parse(result.output);
  EXPECT_EQ(report.at("roster_version"), 1);
  ASSERT_EQ(report.at("bundles").size(), 2U);
  const json& bundle = report.at("bundles").at(1);
  EXPECT_EQ(bundle.at("file"), "b/a2.vigil");
  EXPECT_EQ(bundle.at("device"), "tablet-1");
  EXPECT_EQ(bundle.at("sequence"), 2);
  EXPECT_EQ(bundle.at("id").get<std::string>().size(), 64U);
  for (const json& claim : bundle.at("claims")) EXPECT_EQ(claim.at("verdict"), "holds") << claim;
  EXPECT_EQ(report.at("devices").at(0).at("sequences"), (json::array({1, 2})));
  EXPECT_EQ(report.at("log").at("size"), 2);
  EXPECT_EQ(report.at("tally").at("does_not_hold"), 0);
}

TEST_F(Program, FilesMayFollowARepeatableOption) {
  const std::string note = world.checkpoint();
  folder.put("old", as_bytes(note));
  const auto result = verify({"--log", "log", "--checkpoint", "old", "b"});
  EXPECT_EQ(result.exit_status, 0) << result.output << result.errors;
  EXPECT_NE(result.output.find("2 bundle(s)"), std::string::npos) << result.output;
}

TEST_F(Program, TakesTheRootAsText) {
  const auto result = run_program({kProgram, "b", "--roster", "roster.json", "--root",
                                   crypto::minisign::to_string(world.root.public_key())},
                                  {}, folder.path());
  EXPECT_EQ(result.exit_status, 0) << result.errors;
}

TEST_F(Program, ExitStatusIsOneWhereSomethingDoesNotHold) {
  Bytes damaged = folder.get("b/a2.vigil");
  damaged[damaged.size() / 2] ^= 1;
  folder.put("b/a2.vigil", damaged);
  const auto result = verify({"b", "--json"});
  EXPECT_EQ(result.exit_status, 1);
  EXPECT_GT(json::parse(result.output).at("tally").at("does_not_hold"), 0);
}

TEST_F(Program, ExitStatusesOfWrongUseAndMissingThings) {
  EXPECT_EQ(run_program({kProgram}).exit_status, 2);
  EXPECT_EQ(verify({"b", "--nonsense"}).exit_status, 2);
  EXPECT_EQ(run_program({kProgram, "--help"}).exit_status, 0);
  const auto gone = verify({"b/gone.vigil"});
  EXPECT_EQ(gone.exit_status, 3);
  EXPECT_TRUE(gone.output.empty()) << "no claims about what is not there: " << gone.output;
  EXPECT_NE(gone.errors.find("There is no b/gone.vigil"), std::string::npos) << gone.errors;
  EXPECT_EQ(verify({"log"}).exit_status, 3);  // a folder without bundles
  EXPECT_EQ(verify({"b", "--log", "nowhere"}).exit_status, 3);
  EXPECT_EQ(verify({"b", "--checkpoint", "nowhere"}).exit_status, 3);
  folder.put("roster.json", as_bytes("{}\n"));
  const auto refused = verify({"b", "--json"});
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_EQ(refused.output, "");
  EXPECT_EQ(json::parse(refused.errors).at("error").at("code"), "roster.signature");
}

TEST_F(Program, WritesOneSelfContainedPage) {
  std::filesystem::rename(folder.file("b/a2.vigil"), folder.file("b/<i>&.vigil"));
  EXPECT_EQ(verify({"b", "--log", "log", "--html", "report.html"}).exit_status, 0);
  const Bytes content = folder.get("report.html");
  const std::string page(as_text(content));
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  for (const char* outside : {"<script", "<link", "<img", "src=", "href=", "url(", "@import"})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_NE(page.find("b/&lt;i&gt;&amp;.vigil"), std::string::npos);
  EXPECT_EQ(page.find("<i>"), std::string::npos);
  EXPECT_NE(page.find(crypto::minisign::to_string(world.root.public_key())), std::string::npos);
}

// Serves the folder's files on loopback, one request a connection, until it goes out of scope.
class LogServer {
 public:
  explicit LogServer(const vigil::test::TemporaryFolder& folder) : folder_(folder) {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_, generic, size), 0);
    EXPECT_EQ(listen(socket_, 8), 0);
    EXPECT_EQ(getsockname(socket_, generic, &size), 0);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::jthread([this] { serve(); });
  }
  ~LogServer() {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }
  LogServer(const LogServer&) = delete;
  LogServer& operator=(const LogServer&) = delete;
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  void serve() {
    for (int client = accept(socket_, nullptr, nullptr); client >= 0;
         client = accept(socket_, nullptr, nullptr)) {
      std::string request(4096, '\0');
      const ssize_t got = read(client, request.data(), request.size());
      request.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
      const std::size_t begin = request.find('/') + 1;
      const std::string path = request.substr(begin, request.find(' ', begin) - begin);
      const bool there = std::filesystem::is_regular_file(folder_.file(path));
      const Bytes content = there ? folder_.get(path) : Bytes{};
      std::string answer = there ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 404 Not Found\r\n";
      answer += "Connection: close\r\nContent-Length: " + std::to_string(content.size()) +
                "\r\n\r\n" + std::string(as_text(content));
      EXPECT_EQ(write(client, answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
      close(client);
    }
  }
  const vigil::test::TemporaryFolder& folder_;
  int socket_ = -1;
  std::string url_;
  std::jthread thread_;
};

TEST_F(Program, ReadsALogFromAWebServer) {
  std::string url;
  {
    const LogServer server(folder);
    url = server.url();
    const auto result = verify({"b", "--log", url + "/log"});
    EXPECT_EQ(result.exit_status, 0) << result.output << result.errors;
    EXPECT_EQ(verify({"b", "--log", url + "/elsewhere"}).exit_status, 3);
    std::filesystem::remove(folder.file("log/tile/entries/000.p/2"));
    EXPECT_EQ(verify({"b", "--log", url + "/log"}).exit_status, 3);
  }
  EXPECT_EQ(verify({"b", "--log", url + "/log"}).exit_status, 3);
}

TEST_F(Program, WitnessMakesAKeyCosignsGrowthAndRefusesAFork) {
  const auto made = run_program({kProgram, "witness", "--new-key", "auditor-9", "--key", "w.key"},
                                {}, folder.path());
  ASSERT_EQ(made.exit_status, 0) << made.errors;
  const auto key = vigil::log::parse_verifier_key(made.output.substr(0, made.output.size() - 1));
  ASSERT_TRUE(key);
  EXPECT_EQ(
      run_program({kProgram, "witness", "--new-key", "x", "--key", "w.key"}, {}, folder.path())
          .exit_status,
      1);
  const std::string log_key = vigil::log::to_string(world.log_key.verifier());
  const auto cosign = [&] {
    return run_program({kProgram, "witness", "--key", "w.key", "--state", "seen", "--log", "log",
                        "--log-key", log_key, "-o", "cosigned"},
                       {}, folder.path());
  };
  ASSERT_EQ(cosign().exit_status, 0) << cosign().errors;
  const Bytes cosigned = folder.get("cosigned");
  EXPECT_TRUE(
      vigil::log::verify_checkpoint(as_text(cosigned), world.log_key.verifier(), {*key}, 1));
  EXPECT_EQ(verify({"b", "--log", "log", "--checkpoint", "cosigned"}).exit_status, 0);

  auto same_key = vigil::log::SignerKey::parse(world.log_key.to_text());
  vigil::test::MemoryFiles elsewhere;
  auto fork = vigil::log::LogWriter::open(elsewhere, "log", std::move(*same_key));
  const Bytes entry = to_bytes("other");
  ASSERT_TRUE(fork->append({entry, entry, entry}));
  for (const auto& [path, content] : elsewhere.contents()) files.put(path, content);
  write_out();
  EXPECT_EQ(cosign().exit_status, 1);
  EXPECT_EQ(folder.get("cosigned"), cosigned);
  EXPECT_EQ(run_program({kProgram, "witness", "--key", "w.key"}, {}, folder.path()).exit_status, 2);
}

}  // namespace
}  // namespace vigil::verify::test
