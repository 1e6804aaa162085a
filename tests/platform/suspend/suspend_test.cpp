// SPDX-License-Identifier: Apache-2.0
//
// A bus of the test's own with something on it that speaks as logind does.
#include "platform/suspend/suspend.h"

#include <atomic>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/logind/logind.h"
#include "tests/support/run_program.h"

namespace vigil::platform {
namespace {

using test::kLogindManager;

class Suspend : public testing::Test {
 protected:
  void SetUp() override {
    bus_ = std::make_unique<test::Bus>(folder_.file("bus"));
    if (!bus_->runs()) GTEST_SKIP() << "no dbus-daemon on this machine";
    logind_ = std::make_unique<test::Logind>(bus_->address());
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
  std::unique_ptr<test::Bus> bus_;
  std::unique_ptr<test::Logind> logind_;
  std::atomic<int> calls_ = 0;
  std::unique_ptr<SuspendWatch> watch_;
};

TEST_F(Suspend, SleepWaitsUntilTheVaultIsLocked) {
  EXPECT_TRUE(watch_->delays_sleep());
  logind_->say(kLogindManager, "PrepareForSleep", true);
  ASSERT_TRUE(called(1));
  EXPECT_FALSE(logind_->sleep_may_go_on(100)) << "the delay is held until locked() is called";
  watch_->locked();
  EXPECT_TRUE(logind_->sleep_may_go_on(10'000));
  // Awake again, the next sleep is delayed anew.
  logind_->say(kLogindManager, "PrepareForSleep", false);
  for (int i = 0; i < 1000 && logind_->granted() < 2; ++i) ::usleep(10'000);
  EXPECT_FALSE(logind_->sleep_may_go_on(0));
}

TEST_F(Suspend, LidSessionLockScreenSaverAndShutdownPutItAway) {
  logind_->say_lid(true);
  EXPECT_TRUE(called(1));
  logind_->say("org.freedesktop.login1.Session", "Lock", true);
  EXPECT_TRUE(called(2));
  logind_->say("org.freedesktop.ScreenSaver", "ActiveChanged", true);
  EXPECT_TRUE(called(3));
  logind_->say(kLogindManager, "PrepareForShutdown", true);
  EXPECT_TRUE(called(4));
}

TEST_F(Suspend, WakingAndOpeningTheLidDoNot) {
  logind_->say_lid(false);
  logind_->say(kLogindManager, "PrepareForSleep", false);
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
