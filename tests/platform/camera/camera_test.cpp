// SPDX-License-Identifier: Apache-2.0
//
// GStreamer's test sources stand in for devices.
#include "platform/camera/camera.h"

#include <chrono>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

#include "platform/camera/sound.h"

namespace vigil::platform {
namespace {

constexpr const char* kSnow =
    "videotestsrc is-live=true pattern=red ! video/x-raw,width=320,height=240";

std::optional<Picture> first_picture(Camera& camera) {
  for (int attempt = 0; attempt < 500; ++attempt) {
    auto picture = camera.picture();
    if (!picture || *picture) return picture ? *picture : std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return std::nullopt;
}

TEST(Camera, GivesPicturesOneByOne) {
  const auto camera = Camera::open(kSnow);
  ASSERT_TRUE(camera) << camera.error().message;
  for (int count = 0; count < 2; ++count) {
    const auto picture = first_picture(**camera);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width, 320);
    EXPECT_EQ(picture->height, 240);
    ASSERT_EQ(picture->rgba.size(), 320U * 240U * 4U);
    EXPECT_GT(picture->rgba[0], 200);
    EXPECT_LT(picture->rgba[1], 60);
    EXPECT_EQ(picture->rgba[3], 255);
  }
}

TEST(Camera, ATabletWithoutOneSaysSo) {
  ::setenv("VIGIL_CAMERA", "", 1);
  const auto camera = Camera::open("");
  ::unsetenv("VIGIL_CAMERA");
  ASSERT_FALSE(camera);
  EXPECT_EQ(camera.error().code, "camera.absent");
}

TEST(Camera, ADeviceThatRefusesSaysWhy) {
  const auto camera = Camera::open("v4l2src device=/nonexistent");
  ASSERT_FALSE(camera);
  EXPECT_EQ(camera.error().code, "camera.busy");
}

TEST(Camera, OneThatIsGoneIsSaid) {
  const auto camera = Camera::open("videotestsrc num-buffers=1");
  ASSERT_TRUE(camera);
  bool lost = false;
  for (int attempt = 0; attempt < 500 && !lost; ++attempt) {
    const auto picture = (*camera)->picture();
    lost = !picture && picture.error().code == "camera.lost";
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_TRUE(lost);
}

TEST(Recorder, MakesAnOggFileInMemory) {
  const auto recorder = Recorder::start("audiotestsrc is-live=true");
  ASSERT_TRUE(recorder) << recorder.error().message;
  for (int attempt = 0; attempt < 500 && (*recorder)->size_bytes() < 6000; ++attempt) {
    ASSERT_TRUE((*recorder)->poll());
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const auto sound = (*recorder)->finish();
  ASSERT_TRUE(sound) << sound.error().message;
  ASSERT_GT(sound->size(), 100U);
  EXPECT_EQ(as_text(ByteView(*sound).first(4)), "OggS");
}

TEST(Recorder, ATabletWithoutAMicrophoneSaysSo) {
  const auto recorder = Recorder::start("alsasrc device=nothing_here");
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().code, "sound.absent");
}

}  // namespace
}  // namespace vigil::platform
