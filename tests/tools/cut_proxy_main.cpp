// SPDX-License-Identifier: Apache-2.0
//
// vigil-cut-proxy: a bad network between a tablet and the hub, for demonstrations.
#include <CLI/CLI.hpp>
#include <cstdio>

#include <signal.h>

#include "tests/tools/cut_proxy.h"

int main(int argc, char** argv) {
  using vigil::test::CutProxy;
  CLI::App app("A TCP proxy on 127.0.0.1 that cuts connections, for demonstrations of resuming.");
  std::uint16_t listen = 0;
  std::uint16_t target = 0;
  vigil::test::Weather weather;
  weather.times = 1;
  app.add_option("--listen", listen, "Port to listen on; 0, a free one")->capture_default_str();
  app.add_option("--target", target, "Port on 127.0.0.1 to pass connections to")->required();
  app.add_option("--cut-after", weather.cut_after_bytes, "Cut after this many bytes sent upstream");
  app.add_flag("--eat-replies", weather.eat_replies, "Pass requests, swallow the replies");
  app.add_flag("--captive", weather.captive, "Answer every request with a login page");
  app.add_option("--times", weather.times, "How many times; -1, for ever")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  auto proxy = CutProxy::start(listen, target);
  if (!proxy) {
    std::fprintf(stderr, "vigil-cut-proxy: %s\n", proxy.error().message.c_str());
    return 3;
  }
  (*proxy)->set_weather(weather);
  std::printf("%u\n", static_cast<unsigned>((*proxy)->port()));
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  const vigil::test::Traffic traffic = (*proxy)->traffic();
  std::printf("connections %llu, bytes upstream %llu, cuts %llu\n",
              static_cast<unsigned long long>(traffic.connections),
              static_cast<unsigned long long>(traffic.upstream_bytes),
              static_cast<unsigned long long>(traffic.cuts));
  return 0;
}
