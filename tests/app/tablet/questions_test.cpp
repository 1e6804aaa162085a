// SPDX-License-Identifier: Apache-2.0
//
// Questions of every type answered by touch, on the real form engine and vault.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <SDL2/SDL.h>

#include "app/ui/sketch.h"
#include "core/vault/attachments.h"
#include "core/vault/visits.h"
#include "tests/app/tablet/controls_scene.h"

namespace vigil::tablet {
namespace {

using QuestionsTest = ControlsScene;

TEST_F(QuestionsTest, LongListsAreSearchedAndWhatACascadeClearsIsSaid) {
  type_into(q("region.search"), "region 1");
  EXPECT_TRUE(robot_->sees(q("region.r10")));
  EXPECT_FALSE(robot_->sees(q("region.r2")));
  robot_->tap(q("region.r1"));
  EXPECT_TRUE(robot_->sees(q("region.r2"))) << "the search is over";
  robot_->tap(q("town"));
  EXPECT_FALSE(robot_->sees(q("town.t2"))) << "filtered";
  robot_->tap(q("town.t1"));
  EXPECT_EQ(robot_->text(q("town")), "Town 1");
  EXPECT_FALSE(robot_->sees(q("town.t1"))) << "folded again";
  robot_->tap(q("region.r2"));
  EXPECT_EQ(robot_->text("toast"), "“Town” was cleared: it has other choices now.");
  EXPECT_EQ(robot_->text(q("town")), "Choose");
  lock();
  EXPECT_EQ(stored("region"), "r2");
  EXPECT_EQ(stored("town"), "");
}

TEST_F(QuestionsTest, RanksRangesAndNumbersAreAnsweredByButtons) {
  robot_->tap(q("first.up.doctor"));
  robot_->tap(q("first.up.doctor"));
  robot_->tap(q("pain.7"));
  robot_->tap(q("heat.more"));
  robot_->tap(q("heat.more"));
  EXPECT_EQ(robot_->text(q("heat.value")), "0.5");
  robot_->tap(q("heat"));  // the middle of the line
  EXPECT_EQ(robot_->text(q("heat.value")), "20");
  robot_->tap(q("read.OK"));
  robot_->tap(q("area"));
  for (const char* key : {"1", "2", "0", "done"}) robot_->tap(q("area.key.") + key);
  EXPECT_EQ(robot_->text(q("area.error")), "Too large.");
  EXPECT_EQ(robot_->text(q("area")), "120");
  lock();
  EXPECT_EQ(stored("first"), "doctor light water");
  EXPECT_EQ(stored("pain"), "7");
  EXPECT_EQ(stored("heat"), "20.0");
  EXPECT_EQ(stored("read"), "OK");
  EXPECT_EQ(stored("area"), "120.0");
}

TEST_F(QuestionsTest, WhatIsSaidOfANumberStandsAboveItsKeysAndAllOfItIsInSight) {
  robot_->tap(q("area"));
  for (const char* key : {"1", "2", "0"}) robot_->tap(q("area.key.") + key);
  const ui::Rect keys = robot_->tree().find(q("area.key.1"))->rect;
  robot_->rest(1000);
  ASSERT_TRUE(robot_->sees(q("area.error"))) << robot_->tree().print();
  EXPECT_FLOAT_EQ(robot_->tree().find(q("area.key.1"))->rect.y, keys.y) << "under the finger";
  for (const char* part : {"area.label", "area", "area.error", "area.key.1", "area.key.done"}) {
    const ui::Item& item = *robot_->tree().find(q(part));
    EXPECT_FLOAT_EQ(item.visible.height, item.rect.height) << part;
    EXPECT_LE(item.rect.y, robot_->tree().find(q("area.key.done"))->rect.y) << part;
  }
}

TEST_F(QuestionsTest, ALetterInANumberIsRefusedAloudAndTooManyFiguresAreTooMany) {
  type_into(q("area"), "1e9");
  EXPECT_EQ(robot_->text(q("area.error")), "Only figures are written here: a letter was left out.");
  robot_->tap(q("area.key.back"));
  EXPECT_FALSE(robot_->sees(q("area.error"))) << robot_->tree().print();
  robot_->tap(q("area.key.done"));
  type_into(q("count"), "99999999999");
  EXPECT_EQ(robot_->text(q("count.error")), "This number is too large.");
}

TEST_F(QuestionsTest, EnterAndTheNextKeyGoOnToTheNextFieldOfThePage) {
  robot_->tap(q("place.latitude"));
  robot_->type("42");
  robot_->press_key(SDLK_RETURN);
  EXPECT_TRUE(robot_->tree().find(q("place.longitude"))->focused) << robot_->tree().print();
  robot_->type("74");
  robot_->tap(q("place.longitude.key.next"));
  EXPECT_TRUE(robot_->tree().find(q("yard.1.latitude"))->focused);
  EXPECT_FALSE(robot_->sees(q("place.error"))) << "both were handed over";
  robot_->tap(q("code"));
  robot_->type("1");
  robot_->press_key(SDLK_RETURN);
  EXPECT_TRUE(robot_->tree().find(q("story"))->focused);
}

TEST_F(QuestionsTest, PlacesAreTypedAndChecked) {
  type_into(q("place.latitude"), "42.8746");
  EXPECT_EQ(robot_->text(q("place.error")), "This is not a whole place yet.");
  type_into(q("place.longitude"), "274");
  EXPECT_TRUE(robot_->sees(q("place.error"))) << "beyond 180 degrees";
  robot_->press_key(SDLK_ESCAPE);
  robot_->tap(q("place.longitude"));
  for (int count = 0; count < 3; ++count) robot_->press_key(SDLK_BACKSPACE);
  robot_->type("74,5698");
  robot_->rest(1000);
  EXPECT_FALSE(robot_->sees(q("place.error"))) << robot_->tree().print();
  const char* const corners[][2] = {{"42", "74"}, {"42.1", "74"}, {"42.1", "74.1"}};
  for (int corner = 0; corner < 3; ++corner) {
    const std::string key = q("yard.") + std::to_string(corner + 1);
    type_into(key + ".latitude", corners[corner][0]);
    type_into(key + ".longitude", corners[corner][1]);
  }
  type_into(q("code"), "4006381333931");
  lock();
  EXPECT_EQ(stored("place"), "42.8746 74.5698 0.0 0.0");
  EXPECT_EQ(stored("yard"), "42 74 0 0;42.1 74 0 0;42.1 74.1 0 0;42 74 0 0");
  EXPECT_EQ(stored("code"), "4006381333931");
}

TEST_F(QuestionsTest, TextCanBeUndoneCopiedAndPasted) {
  robot_->tap(q("story"));
  robot_->type("one two");
  robot_->tap(q("story.do.all"));
  robot_->tap(q("story.do.copy"));
  robot_->press_key(SDLK_END);
  robot_->tap(q("story.do.paste"));
  EXPECT_EQ(robot_->text(q("story")), "one twoone two");
  EXPECT_EQ(robot_->text(q("story.do.count")), "Letters: 14");
  robot_->tap(q("story.do.undo"));
  robot_->tap(q("read.OK"));
  EXPECT_FALSE(robot_->sees(q("story.do.undo")));
  lock();
  EXPECT_EQ(robot_->host().kit().clipboard(), "");
}

TEST_F(QuestionsTest, MarksOnTheBodyAreAnswersAtOnce) {
  robot_->tap(q("body.make"));
  ASSERT_TRUE(robot_->sees("media.body.front")) << robot_->tree().print();
  robot_->tap("media.body.front");
  EXPECT_TRUE(robot_->sees("media.mark.1")) << robot_->tree().print();
  robot_->tap("media.type.burn");
  robot_->tap("media.length.more");
  robot_->tap("media.length.more");
  robot_->tap("media.width.more");
  lock();
  EXPECT_EQ(stored("body").substr(0, 6), "front ");
  EXPECT_NE(stored("body").find(" burn 10x5"), std::string::npos) << stored("body");
  robot_->tap("hidden");
  unlock();
  robot_->tap(q("body.make"));
  robot_->tap("media.body.back");
  robot_->tap("media.done");
  EXPECT_EQ(robot_->text(q("body.mark.2")), "2. Kind not chosen · Back of the body");
  lock();
  const auto pictures = files_of("body_picture");
  ASSERT_EQ(pictures.size(), 1U);
  EXPECT_EQ(pictures.front().media_type, "image/png");
}

TEST_F(QuestionsTest, OfAMarkOnlyWhatWasSaidAndMeasuredIsKept) {
  robot_->tap(q("body.make"));
  robot_->tap("media.body.front");
  EXPECT_TRUE(robot_->sees("media.no-type")) << robot_->tree().print();
  EXPECT_EQ(robot_->text("media.mark.1"), "1. Kind not chosen");
  robot_->hold("media.length.more", 450);
  for (int turn = 0; turn < 3; ++turn) robot_->rest(100);
  EXPECT_EQ(robot_->text("media.length"), "5") << "once for a long press that has just begun";
  robot_->tap("media.length");
  robot_->press_key(SDLK_a, KMOD_CTRL);
  for (const char* key : {"1", "2", "7", "9"}) robot_->tap(std::string("media.length.key.") + key);
  robot_->tap("media.length.key.done");
  EXPECT_EQ(robot_->text("media.mark.1"), "1. Kind not chosen, 127 mm long");
  robot_->tap("media.type.burn");
  robot_->tap("media.body.back");
  EXPECT_EQ(robot_->text("media.mark.2"), "2. Kind not chosen") << "not that of the one before";
  robot_->tap("media.done");
  lock();
  EXPECT_NE(stored("body").find(" burn 127x?; back "), std::string::npos) << stored("body");
  EXPECT_TRUE(stored("body").ends_with(" unspecified")) << stored("body");
}

TEST_F(QuestionsTest, APhotoIsTakenMaskedAndKeptWithoutAFile) {
  robot_->tap(q("photo.make"));
  wait_for("media.preview");
  robot_->tap("media.take");
  ASSERT_TRUE(robot_->sees("media.sheet")) << robot_->tree().print();
  const ui::Rect sheet = robot_->tree().find("media.sheet")->rect;
  robot_->swipe({sheet.x + 1, sheet.y + 1}, {sheet.centre().x, sheet.bottom() - 1});
  robot_->tap("media.keep");
  EXPECT_TRUE(robot_->sees(q("photo.picture"))) << robot_->tree().print();
  lock();
  const auto files = files_of("photo");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files.front().media_type, "image/jpeg");
  auto vault = vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                                 crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
  const auto file = vault::open_attachment(**vault, files.front().id);
  ASSERT_TRUE(file);
  Bytes content(static_cast<std::size_t>((*file)->size_bytes()));
  ASSERT_TRUE((*file)->read_at(0, content));
  const auto picture = platform::decode_picture(content);
  ASSERT_TRUE(picture);
  const auto red = [&](int x, int y) {
    return picture->rgba[static_cast<std::size_t>(y * picture->width + x) * 4];
  };
  EXPECT_LT(red(20, 120), 20) << "under the mask";
  EXPECT_GT(red(300, 120), 200) << "beside it";
}

TEST_F(QuestionsTest, APhotoStandsBesideAnyAnswerAndItsNoteHasWordsAlone) {
  robot_->tap(q("area.photo"));
  wait_for("media.preview");
  robot_->tap("media.take");
  robot_->tap("media.keep");
  const std::string photo = photo_beside("area");
  EXPECT_TRUE(photo.starts_with("beside-") && photo.ends_with(".jpg")) << photo;
  EXPECT_TRUE(robot_->sees(q("area.photo.") + photo)) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees(q("area.note-text"))) << "a file's name is no note";
  robot_->tap(q("area.note"));
  robot_->type("by the door");
  robot_->rest(1000);
  EXPECT_EQ(robot_->text(q("area.note-text")), "by the door");
  EXPECT_EQ(photo_beside("area"), photo) << "the words leave it where it is";
  EXPECT_EQ(robot_->text(q("area")), "Area") << "the answer is still open";
  lock();
  ASSERT_EQ(files_of("area").size(), 1U);
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text(q("area.note-text")), "by the door");
  robot_->hold(q("area.photo.") + photo + ".remove", ui::kHold_ms + 100);
  EXPECT_EQ(photo_beside("area"), "");
  EXPECT_EQ(robot_->text(q("area.note-text")), "by the door") << "the words stay";
  lock();
  EXPECT_TRUE(files_of("area").empty());
}

TEST_F(QuestionsTest, ANoteTakesLettersAtOnce) {
  robot_->tap(q("area.note"));
  robot_->type("door without a handle");
  robot_->rest(1000);
  EXPECT_EQ(robot_->text(q("area.note-text")), "door without a handle");
}

TEST_F(QuestionsTest, AFileThatACrashToreIsGoneWhenTheChecklistOpensAgain) {
  lock();
  {
    auto vault = vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                                   crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
    const auto visits = vault::visits(**vault);
    const auto records = vault::records(**vault, visits->front().id);
    auto writer = vault::begin_attachment(**vault, records->front().id, "/data/all/photo",
                                          "torn.jpg", "image/jpeg");
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->append(Bytes(2 * vault::kAttachmentChunkBytes)));
  }
  ASSERT_EQ(files_of("photo").size(), 1U);
  robot_->tap("hidden");
  unlock();
  lock();
  EXPECT_TRUE(files_of("photo").empty());
}

TEST_F(QuestionsTest, APhotoThatIsNotKeptLeavesNothing) {
  robot_->tap(q("photo.make"));
  wait_for("media.preview");
  robot_->tap("media.take");
  lock();  // while the photo lies on the desk
  EXPECT_TRUE(files_of("photo").empty());
  robot_->tap("hidden");
  unlock();
  EXPECT_FALSE(robot_->sees("media.sheet"));
}

void put_pictures(const std::string& stick) {
  ui::Sketch sketch(0.5F);
  sketch.begin({0.5F, 0.25F});
  const auto png = platform::encode_png(ui::picture_of(sketch, 64));
  std::ofstream(stick + "/wall.png", std::ios::binary)
      .write(reinterpret_cast<const char*>(png->data()), static_cast<std::streamsize>(png->size()));
  std::ofstream(stick + "/broken.jpg") << "not a picture";
}

TEST_F(QuestionsTest, APictureFromAStickStandsBesideAnAnswerToo) {
  put_pictures(plug_in("STICK"));
  robot_->tap(q("area.photo"));
  wait_for("media.preview");
  robot_->tap("media.files");
  robot_->tap("media.file.wall.png");
  robot_->tap("media.keep");
  EXPECT_TRUE(photo_beside("area").starts_with("beside-")) << robot_->tree().print();
  lock();
  EXPECT_EQ(files_of("area").size(), 1U);
}

TEST_F(QuestionsTest, WithoutACameraThereIsASentenceAndAStickStillWorks) {
  ::setenv("VIGIL_CAMERA", "", 1);
  const std::string stick = plug_in("STICK");
  put_pictures(stick);
  std::ofstream(stick + "/notes.txt") << "text";
  robot_->tap(q("photo.make"));
  EXPECT_NE(robot_->text("media.error").find("no camera"), std::string::npos)
      << robot_->tree().print();
  robot_->tap("media.files");
  EXPECT_FALSE(robot_->sees("media.file.notes.txt")) << "no picture";
  robot_->tap("media.file.broken.jpg");
  EXPECT_NE(robot_->text("media.error").find("damaged"), std::string::npos);
  robot_->tap("media.file.wall.png");
  EXPECT_FALSE(robot_->sees("media.error")) << "that was the other file";
  robot_->tap("media.keep");
  EXPECT_TRUE(robot_->sees(q("photo.picture"))) << robot_->tree().print();
  robot_->hold(q("photo.remove"), ui::kHold_ms + 100);
  EXPECT_FALSE(robot_->sees(q("photo.picture")));
  lock();
  EXPECT_TRUE(files_of("photo").empty());
}

TEST_F(QuestionsTest, ADrawingAndARecordingAreKept) {
  robot_->tap(q("plan.make"));
  const ui::Rect sheet = robot_->tree().find("media.sheet")->rect;
  robot_->swipe({sheet.x + 50, sheet.y + 60}, {sheet.x + 300, sheet.y + 200});
  robot_->tap("media.keep");
  EXPECT_TRUE(robot_->sees(q("plan.picture"))) << robot_->tree().print();
  robot_->tap(q("voice.make"));
  robot_->tap("media.record");
  ASSERT_TRUE(robot_->sees("media.stop")) << robot_->tree().print();
  for (int count = 0; count < 30; ++count) {
    SDL_Delay(20);
    robot_->rest(20);
  }
  robot_->tap("media.stop");
  robot_->tap("media.keep");
  EXPECT_NE(robot_->text(q("voice")).find("Recording"), std::string::npos)
      << robot_->tree().print();
  lock();
  ASSERT_EQ(files_of("plan").size(), 1U);
  ASSERT_EQ(files_of("voice").size(), 1U);
  EXPECT_EQ(files_of("voice").front().media_type, "audio/ogg");
}

TEST_F(QuestionsTest, TheScreensOwnKeyboardTypesAWholeAnswer) {
  lock();
  options_.keyboard = ui::KeyboardMode::kAlways;
  start_again();
  unlock();
  robot_->tap(q("code"));
  ASSERT_TRUE(robot_->sees("keyboard.a")) << robot_->tree().print();
  EXPECT_GE(robot_->tree().find("keyboard")->rect.y, robot_->tree().find(q("code"))->rect.bottom());
  for (const char* key : {"shift", "a", "b", "1", "erase", "2", "put-away"}) {
    robot_->tap(std::string("keyboard.") + key);
  }
  EXPECT_FALSE(robot_->sees("keyboard.a"));
  lock();
  EXPECT_EQ(stored("code"), "Ab2");
}

// Found by the monkey's keeper: what was cleared in one checklist was put back into the next.
TEST_F(QuestionsTest, AnAnswerIsNotPutBackIntoAnotherChecklist) {
  robot_->tap(q("pain.3"));
  robot_->tap(q("pain.3"));
  if (!robot_->sees("toast.undo")) robot_->tap(q("pain.clear"));
  ASSERT_TRUE(robot_->sees("toast.undo")) << robot_->tree().print();
  robot_->tap("top.back");
  EXPECT_FALSE(robot_->sees("toast.undo")) << robot_->tree().print();
  robot_->tap("visit.add.controls");
  ASSERT_TRUE(robot_->sees(q("pain.3"))) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("toast.undo"));
  app_->apply(command::Undo{}, robot_->host().kit());
  robot_->rest();
  EXPECT_FALSE(robot_->tree().find(q("pain.3"))->chosen);
}

}  // namespace
}  // namespace vigil::tablet
