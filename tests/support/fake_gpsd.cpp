// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_gpsd.h"

#include <array>
#include <chrono>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vigil::test {

namespace {
constexpr int kTurn_ms = 5;
}

FakeGpsd::FakeGpsd() : door_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in here = {};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof here;
  auto* const address = reinterpret_cast<sockaddr*>(&here);
  const bool open = ::bind(door_, address, size) == 0 && ::listen(door_, 4) == 0 &&
                    ::getsockname(door_, address, &size) == 0;
  if (!open) ADD_FAILURE() << "no port on the loopback";
  port_ = ntohs(here.sin_port);
  thread_ = std::thread([this] { run(); });
}

FakeGpsd::~FakeGpsd() {
  ending_ = true;
  thread_.join();
  ::close(door_);
}

void FakeGpsd::say(std::string_view text) {
  const std::scoped_lock guard(mutex_);
  to_say_ += text;
}

void FakeGpsd::hang_up() {
  const std::scoped_lock guard(mutex_);
  hang_up_ = true;
}

std::string FakeGpsd::first_question() {
  for (int turn = 0; turn < 1000; ++turn) {
    {
      const std::scoped_lock guard(mutex_);
      if (question_.ends_with('\n')) return question_;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return "(nothing)";
}

void FakeGpsd::run() {
  int guest = -1;
  const auto leave = [&] {
    if (guest >= 0) ::close(std::exchange(guest, -1));
    talking_ = false;
  };
  while (!ending_) {
    pollfd ready{guest < 0 ? door_ : guest, POLLIN, 0};
    if (::poll(&ready, 1, kTurn_ms) == 1 && guest < 0) {
      guest = ::accept4(door_, nullptr, nullptr, SOCK_CLOEXEC);
      talking_ = guest >= 0;
    } else if (ready.revents != 0 && guest >= 0) {
      std::array<char, 256> some = {};
      const ssize_t count = ::recv(guest, some.data(), some.size(), 0);
      if (count <= 0) {
        leave();
        continue;
      }
      const std::scoped_lock guard(mutex_);
      question_.append(some.data(), static_cast<std::size_t>(count));
    }
    if (guest < 0) continue;
    std::string text;
    bool over = false;
    {
      const std::scoped_lock guard(mutex_);
      text = std::exchange(to_say_, {});
      over = std::exchange(hang_up_, false);
    }
    if (!text.empty() && ::send(guest, text.data(), text.size(), MSG_NOSIGNAL) < 0) leave();
    if (over) leave();
  }
  leave();
}

std::string gpsd_fix(double latitude, double longitude, double accuracy_m) {
  return fmt::format(
      "{{\"class\":\"TPV\",\"device\":\"/dev/ttyACM0\",\"mode\":3,\"lat\":{:.9f},\"lon\":{:.9f},"
      "\"altHAE\":764.25,\"eph\":{:.3f}}}\r\n",
      latitude, longitude, accuracy_m);
}

}  // namespace vigil::test
