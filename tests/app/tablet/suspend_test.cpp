// SPDX-License-Identifier: Apache-2.0
//
// From a sleep that is announced to the same question after it, with a logind of the test's own.
#include "platform/suspend/suspend.h"

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/tablet/state/put_away.h"
#include "tests/app/tablet/scene.h"
#include "tests/support/logind/logind.h"

namespace vigil::tablet {
namespace {

class SuspendTest : public Scene {
 protected:
  void SetUp() override {
    bus_ = std::make_unique<test::Bus>(world_.folder().file("bus"));
    if (!bus_->runs()) GTEST_SKIP() << "no dbus-daemon on this machine";
    logind_ = std::make_unique<test::Logind>(bus_->address());
    auto watch = platform::SuspendWatch::start([this] { put_away_.ask(); },
                                               {bus_->address(), bus_->address()});
    ASSERT_TRUE(watch) << watch.error().message;
    watch_ = std::move(*watch);
    ASSERT_TRUE(watch_->delays_sleep());
  }

  // What the window shows.
  Bytes pixels() {
    auto picture = robot_->host().window().picture();
    EXPECT_TRUE(picture);
    return picture ? picture->rgba : Bytes();
  }

  // As the program runs, until it lets the tablet sleep; what was on the screen at that moment.
  Bytes run_until_sleep() {
    Bytes seen;
    const Status ran = robot_->host().run(
        [&](ui::Kit& kit) {
          put_away_.before_frame(*app_, kit);
          return app_->frame(kit);
        },
        [&] {
          if (!put_away_.painted(*app_)) return;
          seen = pixels();
          EXPECT_FALSE(logind_->sleep_may_go_on(0));
          watch_->locked();
          robot_->host().quit();
        });
    EXPECT_TRUE(ran);
    return seen;
  }

  std::unique_ptr<test::Bus> bus_;
  std::unique_ptr<test::Logind> logind_;
  PutAway put_away_{platform::Window::wake};
  std::unique_ptr<platform::SuspendWatch> watch_;
};

TEST_F(SuspendTest, TheNeutralScreenIsPaintedBeforeTheTabletSleepsAndTheQuestionIsThereAfterwards) {
  unlock();
  start_visit();
  robot_->tap("q./data/case/code");
  robot_->type("К-4");
  robot_->host().paint();
  const Bytes before = pixels();
  logind_->say(test::kLogindManager, "PrepareForSleep", true);
  const Bytes asleep = run_until_sleep();
  EXPECT_TRUE(logind_->sleep_may_go_on(10'000));
  EXPECT_TRUE(app_->locked());
  ASSERT_EQ(robot_->tree().items.size(), 1U) << robot_->tree().print();
  EXPECT_TRUE(robot_->sees("hidden"));

  // What was on the screen is the neutral screen, pixel by pixel, and no other.
  EXPECT_NE(asleep, before);
  robot_->rest();
  robot_->host().paint();
  EXPECT_EQ(asleep, pixels());

  logind_->say(test::kLogindManager, "PrepareForSleep", false);
  for (int turn = 0; turn < 1000 && logind_->granted() < 2; ++turn) SDL_Delay(10);
  EXPECT_FALSE(logind_->sleep_may_go_on(0)) << "the next sleep waits again";
  robot_.emplace(world_.clock(), [this](ui::Kit& kit) { return app_->frame(kit); });
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text("q./data/case/code"), "К-4") << robot_->tree().print();
}

TEST_F(SuspendTest, ASleepWhileTheVisitIsSealedWaitsForTheWorker) {
  unlock();
  start_visit();
  robot_->tap("section.closing");
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  logind_->say(test::kLogindManager, "PrepareForSleep", true);
  run_until_sleep();
  EXPECT_TRUE(logind_->sleep_may_go_on(10'000));
  EXPECT_TRUE(app_->locked());
  EXPECT_FALSE(app_->busy());
  EXPECT_TRUE(robot_->sees("hidden"));
}

TEST_F(SuspendTest, OnTheUnlockScreenAHalfTypedPassphraseIsForgotten) {
  robot_->tap("unlock.passphrase");
  robot_->type("seven lamps");
  logind_->say(test::kLogindManager, "PrepareForSleep", true);
  run_until_sleep();
  EXPECT_TRUE(logind_->sleep_may_go_on(10'000));
  EXPECT_TRUE(robot_->sees("hidden"));
}

}  // namespace
}  // namespace vigil::tablet
