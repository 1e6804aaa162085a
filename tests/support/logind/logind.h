// SPDX-License-Identifier: Apache-2.0
//
// A bus of the test's own with something on it that speaks as logind does. Tests only.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

#include <sys/types.h>

struct DBusConnection;
struct DBusMessage;

namespace vigil::test {

inline constexpr const char* kLogindManager = "org.freedesktop.login1.Manager";

// dbus-daemon at a socket of this path, gone with this.
class Bus {
 public:
  explicit Bus(const std::string& path);
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] bool runs() const { return pid_ > 0; }

 private:
  std::string address_;
  pid_t pid_ = 0;
};

// Grants every delay with the writing end of a pipe, and says what it is told to.
class Logind {
 public:
  explicit Logind(const std::string& address);
  ~Logind();
  Logind(const Logind&) = delete;
  Logind& operator=(const Logind&) = delete;

  void say(const char* interface, const char* member, bool value);
  void say_lid(bool closed);
  // How often somebody was granted a delay.
  [[nodiscard]] int granted() const { return granted_; }
  // Nobody holds the last delay any more: the machine would sleep now.
  [[nodiscard]] bool sleep_may_go_on(int wait_ms);

 private:
  void send(DBusMessage* message);
  void run();
  void grant(DBusMessage* asked);

  DBusConnection* bus_ = nullptr;
  std::atomic<bool> ending_ = false;
  std::atomic<int> granted_ = 0;
  std::mutex mutex_;
  int held_ = -1;  // the reading end of the last delay; guarded
  std::thread thread_;
};

}  // namespace vigil::test
