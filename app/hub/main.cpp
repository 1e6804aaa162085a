// SPDX-License-Identifier: Apache-2.0
//
// vigil-hub: the blind server. Takes sealed bundles, answers with receipts, serves its log.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <memory>
#include <mutex>

#include <signal.h>

#include "core/base/json.h"
#include "core/crypto/secret_bytes.h"
#include "platform/posix_files.h"
#include "platform/process.h"
#include "platform/system_clock.h"
#include "sync/hub/http_server.h"
#include "sync/hub/hub.h"

namespace {

using namespace vigil;

constexpr std::uint64_t kPemLimitBytes = 1 << 20;
constexpr std::int64_t kMostBytes = std::int64_t{1} << 50;  // past any disk
constexpr std::int64_t kMostConnections = 65'535;           // each has a thread

struct Options {
  std::string listen = "127.0.0.1:8080";
  std::string data;
  std::string tls_certificate;
  std::string tls_key;
  hub::HubOptions hub;
  hub::ServerOptions server;
  bool json = false;
};

std::string iso_time(WallTime time) {
  const std::time_t seconds = time.ms / 1000;
  std::tm parts{};
  char text[64] = "";
  if (gmtime_r(&seconds, &parts) != nullptr) {
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  }
  return text;
}

void print_event(const hub::Event& event, bool json) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  if (json) {
    const Json line(Json::Object{{"time", Json(iso_time(event.time))},
                                 {"event", Json(event.what)},
                                 {"bundle", Json(event.bundle)},
                                 {"outcome", Json(event.outcome)}});
    std::fprintf(stderr, "%s\n", emit_json(line).c_str());
  } else {
    std::fprintf(stderr, "%s %.*s %s %s\n", iso_time(event.time).c_str(),
                 static_cast<int>(event.what.size()), event.what.data(),
                 event.bundle.empty() ? "-" : event.bundle.c_str(),
                 event.outcome.empty() ? "ok" : event.outcome.c_str());
  }
}

int report(const Error& error, bool json) {
  if (json) {
    const Json answer(Json::Object{
        {"error",
         Json(Json::Object{{"code", Json(error.code)}, {"message", Json(error.message)}})}});
    std::fprintf(stderr, "%s\n", emit_json(answer).c_str());
  } else {
    std::fprintf(stderr, "vigil-hub: %s\n", error.message.c_str());
  }
  return exit_status(error.kind);
}

Status read_tls(Files& files, Options& options) {
  if (options.tls_certificate.empty()) return {};
  VIGIL_ASSIGN(const Bytes certificate, files.read(options.tls_certificate, kPemLimitBytes));
  VIGIL_ASSIGN(const Bytes key, files.read(options.tls_key, kPemLimitBytes));
  options.server.tls_certificate_pem = as_text(certificate);
  options.server.tls_key_pem = as_text(key);
  return {};
}

Status run(Options& options, const sigset_t& stop) {
  const std::unique_ptr<Files> files = platform::posix_files();
  const std::unique_ptr<Clock> clock = platform::system_clock();
  VIGIL_TRY(hub::parse_listen(options.listen, options.server));
  VIGIL_TRY(read_tls(*files, options));
  VIGIL_ASSIGN(const platform::DirectoryLock lock, platform::DirectoryLock::take(options.data));
  VIGIL_ASSIGN(
      const std::unique_ptr<hub::Hub> hub,
      hub::Hub::open(*files, *clock, options.data, options.hub,
                     [&options](const hub::Event& event) { print_event(event, options.json); }));
  VIGIL_ASSIGN(std::unique_ptr<hub::HttpServer> server,
               hub::HttpServer::start(options.server, [&hub](const hub::Request& request) {
                 return hub->begin(request);
               }));
  const std::string& url = server->url();
  VIGIL_TRY(files->write_atomically(options.data + "/listening", as_bytes(url + "\n"), false));
  if (options.json) {
    const Json line(Json::Object{{"listening", Json(url)}});
    std::printf("%s\n", emit_json(line).c_str());
  } else {
    std::printf("vigil-hub listens on %s\n", url.c_str());
  }
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  server.reset();
  return files->remove(options.data + "/listening");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "The hub: takes sealed bundles from tablets, answers each with a signed receipt, and serves "
      "its log. It cannot open a bundle.\n\nThe data folder is prepared by 'vigilctl office hub "
      "OFFICE -o DIR'.");
  app.set_version_flag("--version", "vigil-hub " VIGIL_VERSION);
  Options options;
  app.add_option("--listen", options.listen, "Numeric address and port; port 0, a free one")
      ->type_name("ADDR:PORT")
      ->capture_default_str();
  app.add_option("--data", options.data, "The hub's folder")->type_name("DIR")->required();
  app.add_option("--upload-limit", options.hub.upload_limit_bytes, "Largest bundle in bytes")
      ->check(CLI::Range(std::int64_t{1}, kMostBytes))
      ->type_name("BYTES")
      ->capture_default_str();
  app.add_option("--connections", options.server.connection_limit, "Most connections at once")
      ->check(CLI::Range(std::int64_t{1}, kMostConnections))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--connections-per-address", options.server.connections_per_address,
                 "Most of them from one address; behind a proxy as many as --connections")
      ->check(CLI::Range(std::int64_t{1}, kMostConnections))
      ->type_name("N")
      ->capture_default_str();
  auto* certificate = app.add_option("--tls-cert", options.tls_certificate, "Certificate, PEM");
  auto* key = app.add_option("--tls-key", options.tls_key, "Its private key, PEM");
  certificate->type_name("FILE")->needs(key);
  key->type_name("FILE")->needs(certificate);
  app.add_flag("--json", options.json, "JSON lines instead of sentences");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  crypto::initialise();
  if (const Status hardened = platform::harden_process(); !hardened) {
    return report(hardened.error(), options.json);
  }
  // Blocked before any thread starts, so that only the wait below receives them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  if (const Status done = run(options, stop); !done) return report(done.error(), options.json);
  return 0;
}
