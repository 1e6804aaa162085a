// SPDX-License-Identifier: Apache-2.0
//
// Places from the satellite receiver and codes from the camera, by touch; gpsd and the camera are
// the test's own.
#include <cstdlib>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "platform/qr/qr.h"
#include "tests/app/tablet/controls_scene.h"
#include "tests/support/fake_gpsd.h"

namespace vigil::tablet {
namespace {

class ReceiverTest : public ControlsScene {
 protected:
  ReceiverTest() {
    options_.gpsd = gpsd_.address();
    start_again();
    unlock();
  }
  // What the question says about the receiver, once it begins so.
  void wait_for_words(const std::string& key, std::string_view beginning) {
    for (int turn = 0; turn < 1000 && !robot_->text(key).starts_with(beginning); ++turn) {
      SDL_Delay(10);
      robot_->rest();
    }
    EXPECT_TRUE(robot_->text(key).starts_with(beginning)) << robot_->text(key);
  }

  test::FakeGpsd gpsd_;
};

TEST_F(ReceiverTest, APlaceIsAskedForShownWithItsAccuracyAndTakenByHand) {
  EXPECT_FALSE(gpsd_.somebody_listens()) << "nobody asks on their own";
  robot_->tap(q("place.receiver.ask"));
  wait_for_words(q("place.receiver"), "Asking");
  gpsd_.say("{\"class\":\"DEVICES\",\"devices\":[{\"path\":\"/dev/ttyACM0\"}]}\r\n");
  wait_for_words(q("place.receiver"), "Looking for satellites");
  EXPECT_FALSE(robot_->sees(q("place.receiver.take"))) << robot_->tree().print();
  robot_->rest(12'000);
  EXPECT_NE(robot_->text(q("place.receiver")).find("12 s"), std::string::npos)
      << robot_->text(q("place.receiver"));
  robot_->rest(50'000);
  wait_for_words(q("place.receiver"), "No place after 62 s");
  gpsd_.say(test::gpsd_fix(42.8746219, 74.5697614, 35));
  wait_for_words(q("place.receiver"), "Found: 42.874622, 74.569761, accurate to 35.0 m");
  gpsd_.say(test::gpsd_fix(42.8746, 74.5698, 5.71));
  wait_for_words(q("place.receiver"), "Found: 42.874600, 74.569800, accurate to 5.7 m");
  EXPECT_EQ(robot_->text(q("place.latitude")), "Latitude")
      << "nothing is stored before it is taken";
  robot_->tap(q("place.receiver.take"));
  EXPECT_EQ(robot_->text(q("place.latitude")), "42.8746");
  EXPECT_NE(robot_->text(q("place.accuracy")).find("5.7 m"), std::string::npos);
  EXPECT_FALSE(robot_->sees(q("place.receiver")));
  for (int turn = 0; turn < 1000 && gpsd_.somebody_listens(); ++turn) SDL_Delay(10);
  EXPECT_FALSE(gpsd_.somebody_listens()) << "the receiver is let go";
  lock();
  EXPECT_EQ(stored("place"), "42.8746 74.5698 764.2 5.7");
}

TEST_F(ReceiverTest, ATypedChangeTakesTheReceiversAccuracyAway) {
  gpsd_.say(test::gpsd_fix(42.5, 74.5, 5));
  robot_->tap(q("place.receiver.ask"));
  wait_for_words(q("place.receiver"), "Found");
  robot_->tap(q("place.receiver.take"));
  robot_->tap(q("place.latitude"));
  robot_->press_key(SDLK_BACKSPACE);
  robot_->rest(1000);
  EXPECT_FALSE(robot_->sees(q("place.accuracy")));
  lock();
  EXPECT_EQ(stored("place"), "42.0 74.5 0.0 0.0");
}

TEST_F(ReceiverTest, CornersOfAnAreaAreTakenOneByOneBesideTypedOnes) {
  const auto take = [&](double latitude, double longitude) {
    gpsd_.say(test::gpsd_fix(latitude, longitude, 4));
    robot_->tap(q("yard.receiver.ask"));
    wait_for_words(q("yard.receiver"), "Found");
    robot_->tap(q("yard.receiver.take"));
  };
  take(42, 74);
  type_into(q("yard.2.latitude"), "42.1");
  type_into(q("yard.2.longitude"), "74.0");
  take(42.1, 74.1);
  take(42, 74.1);
  lock();
  EXPECT_EQ(stored("yard"),
            "42.000000 74.000000 764.2 4.0;42.1 74.0 0 0;42.100000 74.100000 764.2 4.0;"
            "42.000000 74.100000 764.2 4.0;42.000000 74.000000 764.2 4.0");
}

TEST_F(ReceiverTest, ItIsStoppedByHandByLockingAndByLeaving) {
  robot_->tap(q("place.receiver.ask"));
  robot_->tap(q("place.receiver.stop"));
  EXPECT_FALSE(robot_->sees(q("place.receiver")));
  EXPECT_TRUE(robot_->sees(q("place.receiver.ask")));
  robot_->tap(q("place.receiver.ask"));
  EXPECT_NE(gpsd_.first_question(), "(nothing)");
  lock();
  for (int turn = 0; turn < 1000 && gpsd_.somebody_listens(); ++turn) SDL_Delay(10);
  EXPECT_FALSE(gpsd_.somebody_listens());
  robot_->tap("hidden");
  unlock();
  EXPECT_FALSE(robot_->sees(q("place.receiver.stop")));
}

TEST_F(ReceiverTest, WhatGoesWrongIsSaidAndTypingWorks) {
  gpsd_.say("{\"class\":\"DEVICES\",\"devices\":[]}\r\n");
  robot_->tap(q("place.receiver.ask"));
  wait_for_words(q("place.receiver"), "No satellite receiver is connected");
  robot_->tap(q("place.receiver.stop"));
  gpsd_.say(test::gpsd_fix(91, 0, 5));
  robot_->tap(q("place.receiver.ask"));
  wait_for_words(q("place.receiver"), "What the satellite receiver says makes no sense");
  robot_->tap(q("place.receiver.ask"));
  wait_for_words(q("place.receiver"), "Asking");
  gpsd_.hang_up();
  wait_for_words(q("place.receiver"), "The satellite receiver does not answer any more");
  type_into(q("place.latitude"), "42.8746");
  type_into(q("place.longitude"), "74.5698");
  lock();
  EXPECT_EQ(stored("place"), "42.8746 74.5698 0.0 0.0");
}

TEST_F(ReceiverTest, WithoutGpsdThereIsASentence) {
  {
    const test::FakeGpsd gone;
    options_.gpsd = gone.address();
  }
  start_again();
  unlock();
  robot_->tap(q("place.receiver.ask"));
  wait_for_words(q("place.receiver"), "This tablet has no satellite receiver");
  EXPECT_TRUE(robot_->sees(q("place.receiver.ask"))) << "it can be tried again";
}

// A camera that sees the text as a square code, or noise.
std::string camera_with(const test::TemporaryFolder& folder, std::string_view text) {
  const auto png = platform::qr_png(*platform::make_qr(text), 6);
  const std::string path = folder.put("seen.png", *png);
  return "filesrc location=" + path +
         " ! pngdec ! imagefreeze is-live=true ! video/x-raw,framerate=10/1";
}

using CodeTest = ControlsScene;

TEST_F(CodeTest, ACodeInFrontOfTheCameraIsTheAnswerAndCanBeChanged) {
  const test::TemporaryFolder folder;
  ::setenv("VIGIL_CAMERA", camera_with(folder, "ПЛОМБА-0047").c_str(), 1);
  robot_->tap(q("code.read"));
  wait_for(q("code"));
  EXPECT_EQ(robot_->text(q("code")), "ПЛОМБА-0047");
  EXPECT_NE(robot_->text("toast").find("Compare"), std::string::npos) << robot_->text("toast");
  robot_->tap(q("code"));
  robot_->press_key(SDLK_BACKSPACE);
  robot_->type("8");
  lock();
  EXPECT_EQ(stored("code"), "ПЛОМБА-0048");
  EXPECT_TRUE(files_of("code").empty()) << "no picture is kept";
}

TEST_F(CodeTest, NoiseIsNoCodeAndBackLeadsToTheQuestion) {
  ::setenv("VIGIL_CAMERA",
           "videotestsrc is-live=true pattern=snow ! video/x-raw,width=640,height=480", 1);
  robot_->tap(q("code.read"));
  wait_for("media.preview");
  for (int turn = 0; turn < 100; ++turn) {
    SDL_Delay(10);
    robot_->rest(10);
  }
  EXPECT_TRUE(robot_->sees("media.preview"));
  robot_->tap("top.back");
  EXPECT_FALSE(robot_->sees("media.preview"));
  EXPECT_EQ(robot_->text(q("code")), "Code") << "its name stands in an empty field";
}

TEST_F(CodeTest, WithoutACameraThereIsASentenceAndTypingWorks) {
  ::setenv("VIGIL_CAMERA", "", 1);
  robot_->tap(q("code.read"));
  EXPECT_EQ(robot_->text("media.waiting"), "There is no camera.");
  EXPECT_FALSE(robot_->sees("media.error")) << robot_->tree().print();
  robot_->tap("top.back");
  type_into(q("code"), "4006381333931");
  lock();
  EXPECT_EQ(stored("code"), "4006381333931");
}

TEST_F(CodeTest, LockingWhileTheCameraLooksLeavesNothing) {
  robot_->tap(q("code.read"));
  wait_for("media.preview");
  robot_->press_key(SDLK_F12);
  EXPECT_TRUE(app_->locked());
  EXPECT_EQ(robot_->tree().items.size(), 1U) << robot_->tree().print();
  robot_->tap("hidden");
  unlock();
  EXPECT_FALSE(robot_->sees("media.preview"));
}

}  // namespace
}  // namespace vigil::tablet
