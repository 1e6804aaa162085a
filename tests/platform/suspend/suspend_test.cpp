// SPDX-License-Identifier: Apache-2.0
//
// A bus of the test's own with something on it that speaks as logind does.
#include "platform/suspend/suspend.h"

#include <atomic>
#include <csignal>
#include <sstream>
#include <thread>

#include <dbus/dbus.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include "tests/support/run_program.h"

namespace vigil::platform {
namespace {

constexpr const char* kManager = "org.freedesktop.login1.Manager";

class Bus {
 public:
  explicit Bus(const std::string& path) {
    const auto started =
        vigil::test::run_program({"dbus-daemon", "--session", "--fork", "--print-address=1",
                                  "--print-pid=1", "--address=unix:path=" + path});
    std::istringstream(started.output) >> address_ >> pid_;
  }
  ~Bus() {
    if (pid_ > 0) ::kill(pid_, SIGTERM);
  }
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] bool runs() const { return pid_ > 0; }

 private:
  std::string address_;
  pid_t pid_ = 0;
};

// Grants every delay with the writing end of a pipe, and says what it is told to.
class Logind {
 public:
  explicit Logind(const std::string& address) {
    EXPECT_EQ(::pipe(pipe_), 0);
    bus_ = dbus_connection_open_private(address.c_str(), nullptr);
    dbus_bus_register(bus_, nullptr);
    dbus_bus_request_name(bus_, "org.freedesktop.login1", 0, nullptr);
    thread_ = std::thread([this] { run(); });
  }
  ~Logind() {
    ending_ = true;
    thread_.join();
    dbus_connection_close(bus_);
    dbus_connection_unref(bus_);
    ::close(pipe_[0]);
    close_own();
  }

  void say(const char* interface, const char* member, bool value) {
    DBusMessage* const signal =
        dbus_message_new_signal("/org/freedesktop/login1", interface, member);
    dbus_bool_t argument = value ? TRUE : FALSE;
    dbus_message_append_args(signal, DBUS_TYPE_BOOLEAN, &argument, DBUS_TYPE_INVALID);
    send(signal);
  }

  void say_lid(bool closed) {
    DBusMessage* const signal = dbus_message_new_signal(
        "/org/freedesktop/login1", "org.freedesktop.DBus.Properties", "PropertiesChanged");
    DBusMessageIter arguments;
    dbus_message_iter_init_append(signal, &arguments);
    dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, &kManager);
    DBusMessageIter array;
    DBusMessageIter entry;
    DBusMessageIter variant;
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sv}", &array);
    dbus_message_iter_open_container(&array, DBUS_TYPE_DICT_ENTRY, nullptr, &entry);
    const char* name = "LidClosed";
    dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name);
    dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "b", &variant);
    dbus_bool_t value = closed ? TRUE : FALSE;
    dbus_message_iter_append_basic(&variant, DBUS_TYPE_BOOLEAN, &value);
    dbus_message_iter_close_container(&entry, &variant);
    dbus_message_iter_close_container(&array, &entry);
    dbus_message_iter_close_container(&arguments, &array);
    send(signal);
  }

  // Nobody holds the delay any more: the machine would sleep now.
  bool sleep_may_go_on(int wait_ms) {
    pollfd end{pipe_[0], POLLIN, 0};
    return ::poll(&end, 1, wait_ms) == 1 && (end.revents & POLLHUP) != 0;
  }

 private:
  void send(DBusMessage* message) {
    dbus_connection_send(bus_, message, nullptr);
    dbus_connection_flush(bus_);
    dbus_message_unref(message);
  }

  void run() {
    while (!ending_) {
      dbus_connection_read_write(bus_, 20);
      while (DBusMessage* const message = dbus_connection_pop_message(bus_)) {
        if (dbus_message_is_method_call(message, kManager, "Inhibit") != FALSE) {
          DBusMessage* const reply = dbus_message_new_method_return(message);
          dbus_message_append_args(reply, DBUS_TYPE_UNIX_FD, &pipe_[1], DBUS_TYPE_INVALID);
          send(reply);
          close_own();
        }
        dbus_message_unref(message);
      }
    }
  }
  void close_own() {
    if (pipe_[1] >= 0) ::close(pipe_[1]);
    pipe_[1] = -1;
  }

  int pipe_[2] = {-1, -1};
  DBusConnection* bus_ = nullptr;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

class Suspend : public testing::Test {
 protected:
  void SetUp() override {
    dbus_threads_init_default();
    bus_ = std::make_unique<Bus>(folder_.file("bus"));
    if (!bus_->runs()) GTEST_SKIP() << "no dbus-daemon on this machine";
    logind_ = std::make_unique<Logind>(bus_->address());
    auto watch = SuspendWatch::start([this] { ++calls_; }, {bus_->address(), bus_->address()});
    ASSERT_TRUE(watch.has_value()) << watch.error().message;
    watch_ = std::move(*watch);
  }

  // Ten seconds at most, where the machine is busy.
  bool called(int times) {
    for (int i = 0; i < 1000 && calls_ < times; ++i) ::usleep(10'000);
    return calls_ == times;
  }

  vigil::test::TemporaryFolder folder_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Logind> logind_;
  std::atomic<int> calls_ = 0;
  std::unique_ptr<SuspendWatch> watch_;
};

TEST_F(Suspend, SleepWaitsUntilTheVaultIsLocked) {
  EXPECT_TRUE(watch_->delays_sleep());
  logind_->say(kManager, "PrepareForSleep", true);
  ASSERT_TRUE(called(1));
  EXPECT_FALSE(logind_->sleep_may_go_on(100)) << "the delay is held until locked() is called";
  watch_->locked();
  EXPECT_TRUE(logind_->sleep_may_go_on(10'000));
}

TEST_F(Suspend, LidSessionLockScreenSaverAndShutdownPutItAway) {
  logind_->say_lid(true);
  EXPECT_TRUE(called(1));
  logind_->say("org.freedesktop.login1.Session", "Lock", true);
  EXPECT_TRUE(called(2));
  logind_->say("org.freedesktop.ScreenSaver", "ActiveChanged", true);
  EXPECT_TRUE(called(3));
  logind_->say(kManager, "PrepareForShutdown", true);
  EXPECT_TRUE(called(4));
}

TEST_F(Suspend, WakingAndOpeningTheLidDoNot) {
  logind_->say_lid(false);
  logind_->say(kManager, "PrepareForSleep", false);
  logind_->say("org.freedesktop.ScreenSaver", "ActiveChanged", false);
  logind_->say_lid(true);
  EXPECT_TRUE(called(1)) << "the last one only";
}

TEST(SuspendWithoutBus, IsSaidNotAssumed) {
  const auto watch =
      SuspendWatch::start([] {}, {"unix:path=/nonexistent/bus", "unix:path=/nonexistent/bus"});
  ASSERT_FALSE(watch.has_value());
  EXPECT_EQ(watch.error().code, "suspend.bus");
}

}  // namespace
}  // namespace vigil::platform
