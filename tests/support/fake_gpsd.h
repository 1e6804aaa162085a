// SPDX-License-Identifier: Apache-2.0
//
// What speaks to a program as gpsd does, on a port of the loopback of its own: says what a test
// tells it to say. Tests only.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace vigil::test {

class FakeGpsd {
 public:
  FakeGpsd();
  ~FakeGpsd();
  FakeGpsd(const FakeGpsd&) = delete;
  FakeGpsd& operator=(const FakeGpsd&) = delete;

  [[nodiscard]] std::string address() const { return "localhost:" + std::to_string(port_); }
  // To whoever is connected, and to who connects later, as it stands.
  void say(std::string_view text);
  void hang_up();
  // Waits for it, at most ten seconds; what a program asked first.
  [[nodiscard]] std::string first_question();
  [[nodiscard]] bool somebody_listens() const { return talking_; }

 private:
  void run();

  int door_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<bool> talking_ = false;
  std::mutex mutex_;
  std::string to_say_;  // guarded, as the two below
  std::string question_;
  bool hang_up_ = false;
  std::thread thread_;
};

// A place in gpsd's words, with the end of its line.
[[nodiscard]] std::string gpsd_fix(double latitude, double longitude, double accuracy_m);

}  // namespace vigil::test
