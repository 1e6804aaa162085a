// SPDX-License-Identifier: Apache-2.0
//
// Small pictures come without keeping the screen waiting, and only those that somebody looks at.
#include "app/tablet/state/thumbnails.h"

#include <atomic>
#include <random>
#include <thread>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/visit/checklist.h"
#include "tests/app/tablet/controls_scene.h"

namespace vigil::tablet {
namespace {

constexpr std::size_t kPiece_bytes = 1 << 20;

// As from a camera: noise, so that it takes its time.
Bytes photo(int width, int height) {
  platform::Picture picture{width, height, {}};
  picture.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  std::mt19937 random(7);
  for (std::uint8_t& byte : picture.rgba) byte = static_cast<std::uint8_t>(random());
  auto file = platform::encode_jpeg(picture, 90);
  EXPECT_TRUE(file);
  return file.value_or(Bytes());
}

// Counts what is read of it.
class CountedFile final : public ReadableFile {
 public:
  CountedFile(const Bytes& content, int& reads) : content_(content), reads_(reads) {}
  [[nodiscard]] std::uint64_t size_bytes() const override { return content_.size(); }
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset,
                                            std::span<std::uint8_t> into) override {
    ++reads_;
    const auto at = static_cast<std::size_t>(offset);
    const std::size_t count = std::min(into.size(), content_.size() - at);
    std::copy_n(content_.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
    return count;
  }

 private:
  const Bytes& content_;
  int& reads_;
};

class ThumbnailsTest : public testing::Test {
 protected:
  // A frame in which these are in sight.
  bool frame(std::initializer_list<const char*> in_sight, std::int64_t passed_ms = 16) {
    now_ms_ += passed_ms;
    const bool came = thumbnails_.step();
    if (const std::string name = thumbnails_.due(now_ms_); !name.empty()) {
      opened_.push_back(name);
      thumbnails_.open(name, std::make_unique<CountedFile>(content_, reads_));
    }
    thumbnails_.begin_frame();
    for (const char* name : in_sight) thumbnails_.want(name, now_ms_);
    return came;
  }

  std::atomic<std::thread::id> decoded_on_;
  std::atomic<int> woken_ = 0;
  Thumbnails thumbnails_{[this] {
    decoded_on_ = std::this_thread::get_id();
    ++woken_;
  }};
  Bytes content_ = photo(2000, 1500);
  int reads_ = 0;
  std::int64_t now_ms_ = 1000;
  std::vector<std::string> opened_;
};

TEST_F(ThumbnailsTest, AreReadPieceByPieceAndDecodedOnAnotherThread) {
  ASSERT_GT(content_.size(), 2 * kPiece_bytes);
  int frames = 0;
  while (!thumbnails_.decoding() && frames < 100) {
    const int before = reads_;
    EXPECT_FALSE(frame({"a.jpg"}));
    EXPECT_LE(reads_, before + 1) << "a piece a frame";
    ++frames;
  }
  EXPECT_EQ(reads_, static_cast<int>((content_.size() + kPiece_bytes - 1) / kPiece_bytes));
  EXPECT_EQ(thumbnails_.find("a.jpg"), nullptr);
  // The screen goes on being drawn until it is told.
  while (woken_ == 0) {
    EXPECT_EQ(thumbnails_.find("a.jpg"), nullptr);
    SDL_Delay(1);
  }
  EXPECT_NE(decoded_on_.load(), std::this_thread::get_id());
  EXPECT_TRUE(frame({"a.jpg"}));
  const ui::ImagePointer image = thumbnails_.find("a.jpg");
  ASSERT_NE(image, nullptr);
  EXPECT_EQ(image->width, 320);
  EXPECT_EQ(image->height, 240);
  for (int more = 0; more < 10; ++more) EXPECT_FALSE(frame({"a.jpg"}));
  EXPECT_EQ(opened_, std::vector<std::string>{"a.jpg"}) << "once";
}

TEST_F(ThumbnailsTest, WhatPassesByIsNeitherReadNorDecoded) {
  for (int number = 0; number < 50; ++number) {
    const std::string name = std::to_string(number) + ".jpg";
    frame({name.c_str()});
  }
  EXPECT_TRUE(opened_.empty());
  EXPECT_EQ(thumbnails_.wake_ms(now_ms_), 30) << "the last may still stay";
  frame({});
  EXPECT_EQ(thumbnails_.wake_ms(now_ms_), -1);
}

TEST_F(ThumbnailsTest, WhatGoesOutOfSightWhileItIsReadIsDropped) {
  while (reads_ == 0) frame({"a.jpg"});
  ASSERT_FALSE(thumbnails_.decoding());
  frame({});
  for (int more = 0; more < 20; ++more) frame({"b.jpg"});
  EXPECT_EQ(opened_, (std::vector<std::string>{"a.jpg", "b.jpg"}));
  thumbnails_.clear();
  EXPECT_EQ(woken_, 1) << "only the other was decoded";
}

TEST_F(ThumbnailsTest, AreGoneOnceCleared) {
  while (!thumbnails_.decoding()) frame({"a.jpg"});
  thumbnails_.clear();
  EXPECT_FALSE(thumbnails_.decoding());
  EXPECT_FALSE(frame({}));
  EXPECT_EQ(thumbnails_.find("a.jpg"), nullptr);
}

TEST_F(ThumbnailsTest, WhatIsNoPictureIsAskedForOnce) {
  content_ = Bytes(1000, 7);
  for (int frames = 0; frames < 20; ++frames) {
    frame({"a.jpg"});
    SDL_Delay(2);
  }
  EXPECT_EQ(opened_.size(), 1U);
  EXPECT_EQ(thumbnails_.find("a.jpg"), nullptr);
}

using PhotoPageTest = ControlsScene;

// A dozen large photos beside one question: each frame while they load is drawn, scrolls and takes
// a tap.
TEST_F(PhotoPageTest, ALongPageOfPhotosKeepsDrawingWhileTheyLoad) {
  lock();
  {
    const auto vault = open_tablet();
    const auto visit = vault::visits(*vault)->front().id;
    const auto record = vault::records(*vault, visit)->front().id;
    const auto checklist = visit::Checklist::resume(*vault, world_.clock(), record);
    ASSERT_TRUE(checklist);
    const Bytes file = photo(1600, 1200);
    for (int count = 0; count < 12; ++count) {
      ASSERT_TRUE((*checklist)->attach_beside("/data/all/area", file, "image/jpeg"));
    }
  }
  robot_->tap("hidden");
  unlock();
  const auto photos = [&] {
    for (const Block& block : std::get<ChecklistModel>(app_->model().screen).blocks) {
      const auto* const card = std::get_if<QuestionCard>(&block);
      if (card != nullptr && card->ref == "/data/all/area") return card->photos;
    }
    return std::vector<BesidePhoto>();
  };
  ASSERT_EQ(photos().size(), 12U);
  const auto loaded = [&] {
    return std::ranges::count_if(photos(),
                                 [](const auto& one) { return one.thumbnail != nullptr; });
  };
  robot_->tap(q("area"));
  EXPECT_EQ(loaded(), 0) << "the page is there before its pictures";
  robot_->type("12");
  robot_->swipe({600, 700}, {600, 200});
  int frames = 0;
  for (; loaded() < 3 && frames < 5000; ++frames) {
    robot_->rest(16);
    SDL_Delay(1);
  }
  EXPECT_GT(frames, 3);
  EXPECT_EQ(loaded(), 3) << robot_->tree().print();
  // What is not in sight was not read.
  robot_->swipe({600, 200}, {600, 780});
  robot_->swipe({600, 200}, {600, 780});
  robot_->rest(1000);
  const auto before = loaded();
  for (int more = 0; more < 30; ++more) {
    robot_->rest(50);
    SDL_Delay(2);
  }
  EXPECT_LE(loaded(), before + 1) << "one may have been on its way";
  lock();
  EXPECT_EQ(stored("area"), "12.0");
}

}  // namespace
}  // namespace vigil::tablet
