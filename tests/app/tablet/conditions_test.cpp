// SPDX-License-Identifier: Apache-2.0
//
// An old tablet's conditions: a full disk, no camera, no sound, no fonts, a lock or a power cut at
// the wrong moment. A clear sentence each, the rest works, nothing that was saved is lost.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "tests/app/tablet/controls_scene.h"
#include "tests/core/vault/fault_disk.h"

namespace vigil::tablet {
namespace {

using ConditionsTest = ControlsScene;

// The two tests below, in a process of its own whose temporary folder is a small file system.
TEST(SmallDisk, FullWhileAnswering) {
  const test::TemporaryFolder folder;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  const std::string script = "mount -t tmpfs -o size=24m none '" + folder.path() +
                             "' || exit 77; TMPDIR='" + folder.path() + "' VIGIL_SMALL_DISK='" +
                             folder.path() + "' exec '" + program +
                             "' --gtest_filter=FullDiskTest.*";
  const auto done =
      test::run_program({"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script});
  if (done.exit_status == 77 || done.errors.find("unshare") != std::string::npos) {
    GTEST_SKIP() << "no mount namespace here: " << done.errors;
  }
  EXPECT_EQ(done.exit_status, 0) << done.output << done.errors;
  EXPECT_NE(done.output.find("[  PASSED  ] 5 tests"), std::string::npos) << done.output;
}

const char* small_disk() {
  return std::getenv("VIGIL_SMALL_DISK");
}

// Nothing fits any more, until it goes: takes what is left of the small file system; where there
// is none, whatever writes is told that the disk is full.
class Ballast {
 public:
  Ballast() {
    if (small_disk() == nullptr) {
      vault::test::arm(vault::test::Fault::kFull, 1);
      return;
    }
    path_ = std::string(small_disk()) + "/ballast";
    std::ofstream file(path_, std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  ~Ballast() {
    if (path_.empty()) {
      EXPECT_TRUE(vault::test::disarm()) << "nothing was written";
    } else {
      std::filesystem::remove(path_);
    }
  }
  Ballast(const Ballast&) = delete;
  Ballast& operator=(const Ballast&) = delete;

 private:
  std::string path_;
};

// Before any database is open.
struct FaultyDisk {
  FaultyDisk() { vault::test::install_fault_disk(); }
};

class FullDiskTest : private FaultyDisk, public ControlsScene {
 protected:
  FullDiskTest() { vault::test::watch_folder(world_.folder().path()); }
  [[nodiscard]] std::string visit_key() {
    return "visit." + std::get<VisitsModel>(app_->model().screen).open.front().code + ".open";
  }
};

TEST_F(FullDiskTest, WhatIsNotSavedIsSaidAndShownAsNotSaved) {
  robot_->tap(q("pain.3"));
  type_into(q("code"), "A-1");
  {
    const Ballast ballast;
    // The log of the database may have room left for a few answers.
    int answers = 0;
    while (!robot_->sees("toast") && answers < 4000) {
      robot_->tap(q("pain.") + std::to_string(answers++ % 10));
    }
    ASSERT_TRUE(robot_->sees("toast")) << robot_->tree().print();
    EXPECT_NE(robot_->text("toast").find("storage is full"), std::string::npos)
        << robot_->text("toast");
    EXPECT_NE(robot_->text(q("pain.error")).find("not saved"), std::string::npos)
        << robot_->tree().print();
    const std::string last = q("pain.") + std::to_string((answers - 1) % 10);
    EXPECT_FALSE(robot_->tree().find(last)->chosen) << "nothing looks saved that is not";
    // Another question says so too, and the rest works.
    type_into(q("story"), std::string(3000, 'w'));
    EXPECT_TRUE(robot_->sees(q("story.error"))) << robot_->tree().print();
    EXPECT_EQ(robot_->text(q("story")).size(), 3000U) << "what was typed stays to be read";
    robot_->tap("top.language");
    robot_->tap("menu.language.ru");
    robot_->tap("menu");
  }
  // Room again: the next try is saved.
  robot_->tap(q("pain.5"));
  EXPECT_TRUE(robot_->tree().find(q("pain.5"))->chosen);
  EXPECT_FALSE(robot_->sees(q("pain.error"))) << robot_->tree().print();
  lock();
  EXPECT_EQ(stored("pain"), "5");
  EXPECT_EQ(stored("code"), "A-1");
}

TEST_F(FullDiskTest, AChoiceThatWasNotSavedIsNotChosenAndASecondTapTriesAgain) {
  robot_->tap(q("region.r1"));
  {
    const Ballast ballast;
    int answers = 0;
    while (!robot_->sees("toast") && answers < 4000) {
      robot_->tap(q("region.r") + std::to_string(answers++ % 9 + 2));
    }
    ASSERT_TRUE(robot_->sees("toast")) << robot_->tree().print();
    // As the help says: again, when there is room.
    const std::string last = q("region.r") + std::to_string((answers - 1) % 9 + 2);
    for (int again = 0; again < 3; ++again) {
      EXPECT_FALSE(robot_->tree().find(last)->chosen) << robot_->tree().print();
      EXPECT_TRUE(robot_->sees(q("region.error")));
      robot_->tap(last);
    }
  }
  robot_->tap(q("region.r7"));
  EXPECT_TRUE(robot_->tree().find(q("region.r7"))->chosen);
  EXPECT_FALSE(robot_->sees(q("region.error"))) << robot_->tree().print();
  lock();
  EXPECT_EQ(stored("region"), "r7");
}

TEST_F(FullDiskTest, ATextThatWasNotSavedIsTriedAgain) {
  {
    const Ballast ballast;
    for (int tries = 0; tries < 400 && !robot_->sees(q("story.error")); ++tries) {
      type_into(q("story"), std::string(300, 'w'));
    }
    ASSERT_TRUE(robot_->sees(q("story.error"))) << robot_->tree().print();
    robot_->rest(6000);
    EXPECT_TRUE(robot_->sees(q("story.error"))) << "there is no room yet";
  }
  const std::size_t typed = robot_->text(q("story")).size();
  robot_->rest(6000);
  robot_->rest(100);
  EXPECT_FALSE(robot_->sees(q("story.error"))) << robot_->tree().print();
  lock();
  EXPECT_EQ(stored("story").size(), typed);
}

TEST_F(FullDiskTest, APhotoThatDoesNotFitStaysOnTheDesk) {
  draw_on(q("plan.make"));
  {
    const Ballast ballast;
    for (int tries = 0; tries < 400 && !robot_->sees("media.error"); ++tries) {
      robot_->tap("media.keep");
      if (!robot_->sees("media.sheet")) draw_on(q("plan.make"));
    }
    EXPECT_NE(robot_->text("media.error").find("storage is full"), std::string::npos)
        << robot_->tree().print();
    EXPECT_TRUE(robot_->sees("media.sheet"));
  }
  robot_->tap("media.keep");
  EXPECT_TRUE(robot_->sees(q("plan.picture"))) << robot_->tree().print();
  lock();
  const auto files = files_of("plan");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(files.front().complete);
}

// Sealing needs room for the bundle: the visit stays open, whole, and says why; with room it goes.
TEST_F(FullDiskTest, AVisitThatCannotBeSealedStaysOpenAndSaysWhy) {
  robot_->tap(q("pain.3"));
  draw_on(q("plan.make"));
  robot_->tap("media.keep");
  robot_->tap("page.review");
  {
    const Ballast ballast;
    robot_->hold("seal.hold", ui::kHold_ms + 100);
    settle();
    EXPECT_NE(robot_->text("seal.error").find("storage is full"), std::string::npos)
        << robot_->tree().print();
  }
  lock();
  EXPECT_EQ(stored("pain"), "3");
  EXPECT_EQ(files_of("plan").size(), 1U);
  robot_->tap("hidden");
  unlock();
  if (!robot_->sees("page.review")) robot_->tap(visit_key());
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  settle();
  EXPECT_TRUE(robot_->sees("sealed.code")) << robot_->tree().print();
}

// The same in a long checklist with repeats.
class FullDiskOfAVisitTest : private FaultyDisk, public Scene {
 protected:
  FullDiskOfAVisitTest() : Scene("en") {
    vault::test::watch_folder(world_.folder().path());
    unlock();
    start_visit();
  }
};

TEST_F(FullDiskOfAVisitTest, ARefusedChoiceLeavesTheOneBefore) {
  const std::string group = "q./data/case/age_group.";
  robot_->tap(group + "25to59");
  for (int tries = 0; tries < 2; ++tries) {
    const Ballast ballast;
    robot_->tap(group + "18to24");
    EXPECT_FALSE(robot_->tree().find(group + "18to24")->chosen) << robot_->tree().print();
    EXPECT_TRUE(robot_->tree().find(group + "25to59")->chosen) << "as the vault has it";
    EXPECT_TRUE(robot_->sees("q./data/case/age_group.error"));
  }
  robot_->tap(group + "18to24");
  EXPECT_TRUE(robot_->tree().find(group + "18to24")->chosen) << robot_->tree().print();
}

// Wherever the disk fails once while a file is being removed.
class FailingDiskTest : private FaultyDisk, public ControlsScene {
 protected:
  FailingDiskTest() { vault::test::watch_folder(world_.folder().path()); }
};

TEST_F(FailingDiskTest, AFileIsSaidToBeRemovedOnlyWhereItWas) {
  bool refused = false;
  // Until it is the file's own row that does not go.
  for (std::uint64_t change = 1; !refused && change < 80; ++change) {
    draw_on(q("plan.make"));
    robot_->tap("media.keep");
    vault::test::arm(vault::test::Fault::kOnce, change);
    robot_->hold(q("plan.remove"), ui::kHold_ms + 100);
    static_cast<void>(vault::test::disarm());
    const bool said = robot_->text("toast") == "The file was removed for good.";
    const bool answered = robot_->sees(q("plan.picture"));
    refused = !said && !answered;
    lock();
    EXPECT_EQ(files_of("plan").empty(), said) << "change " << change << " failed";
    robot_->tap("hidden");
    unlock();
    // What no answer names is erased when the checklist opens; what one names, here.
    if (answered) robot_->hold(q("plan.remove"), ui::kHold_ms + 100);
  }
  EXPECT_TRUE(refused) << "the file's own row never failed to go";
}

// An answer is more than one change of the disk: whichever of them finds it full.
TEST_F(FailingDiskTest, WhatIsSaidNotToBeSavedDoesNotLookChosen) {
  int said = 0;
  for (std::uint64_t change = 1; change < 24; ++change) {
    const std::string key =
        q(change % 2 == 0 ? "region.r" : "pain.") + std::to_string(change % 9 + 1);
    vault::test::arm(vault::test::Fault::kFull, change);
    robot_->tap(key);
    static_cast<void>(vault::test::disarm());
    if (robot_->sees("toast")) {
      ++said;
      EXPECT_FALSE(robot_->tree().find(key)->chosen) << key << " at change " << change;
    }
    robot_->rest(6000);
  }
  EXPECT_GT(said, 0);
}

TEST_F(ConditionsTest, WithoutSoundThereIsASentenceAndTheRestWorks) {
  ::setenv("VIGIL_MICROPHONE", "", 1);
  robot_->tap(q("voice.make"));
  robot_->tap("media.record");
  EXPECT_NE(robot_->text("media.error").find("no microphone"), std::string::npos)
      << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("media.stop"));
  robot_->tap("top.back");
  EXPECT_FALSE(robot_->sees("media.leaving")) << "there is nothing to lose";
  robot_->tap(q("pain.4"));
  lock();
  EXPECT_EQ(stored("pain"), "4");
}

TEST(NoFonts, AreSaidByNameAndPackage) {
  const test::TemporaryFolder folder;
  const auto done = test::run_program({"env", "VIGIL_FONTS=" + folder.path(),
                                       std::string(VIGIL_BIN_DIR) + "/vigil", "--screens",
                                       folder.file("screens"), "--sample"});
  EXPECT_EQ(done.exit_status, 3) << done.errors;
  EXPECT_NE(done.errors.find("fonts-noto-core"), std::string::npos) << done.errors;
}

TEST_F(ConditionsTest, LockingWhileTheCameraRunsLetsItGoAndKeepsNothing) {
  robot_->tap(q("photo.make"));
  wait_for("media.preview");
  robot_->press_key(SDLK_F12);
  EXPECT_TRUE(app_->locked());
  EXPECT_EQ(robot_->tree().items.size(), 1U) << robot_->tree().print();
  robot_->tap("hidden");
  unlock();
  EXPECT_FALSE(robot_->sees("media.preview"));
  robot_->tap(q("photo.make"));
  wait_for("media.preview");
  lock();
  EXPECT_TRUE(files_of("photo").empty());
}

TEST_F(ConditionsTest, LockingWhileTypingANoteOrANumberKeepsIt) {
  robot_->tap(q("area"));
  robot_->type("12,5");
  robot_->press_key(SDLK_F12);
  ASSERT_TRUE(app_->locked());
  EXPECT_EQ(stored("area"), "12.5");
  robot_->tap("hidden");
  unlock();
  robot_->tap(q("story"));
  robot_->type("half a sen");
  // The battery alarm puts the tablet to sleep: the program is told and locks.
  app_->lock(robot_->host().kit());
  robot_->rest();
  EXPECT_TRUE(robot_->sees("hidden"));
}

TEST_F(ConditionsTest, BackFromADrawingARecordingOrAPhotoAsksFirst) {
  robot_->tap(q("plan.make"));
  robot_->tap("top.back");
  EXPECT_FALSE(robot_->sees("media.sheet")) << "an empty sheet needs no question";
  draw_on(q("plan.make"));
  robot_->tap("top.back");
  ASSERT_TRUE(robot_->sees("media.leaving")) << robot_->tree().print();
  robot_->tap("media.stay");
  EXPECT_FALSE(robot_->sees("media.leaving"));
  EXPECT_TRUE(robot_->sees("media.sheet"));
  robot_->press_key(SDLK_ESCAPE);
  ASSERT_TRUE(robot_->sees("media.leaving"));
  robot_->tap("media.leave");
  EXPECT_FALSE(robot_->sees("media.sheet"));
  record_sound(q("voice.make"));
  robot_->tap("top.back");
  ASSERT_TRUE(robot_->sees("media.leaving"));
  robot_->tap("media.keep");
  EXPECT_FALSE(robot_->sees("media.leaving"));
  EXPECT_NE(robot_->text(q("voice")).find("Recording"), std::string::npos);
  robot_->tap(q("voice.make"));
  robot_->tap("top.back");
  EXPECT_FALSE(robot_->sees("media.leaving")) << "it is kept already";
  take_photo(q("photo.make"));
  robot_->tap("top.back");
  ASSERT_TRUE(robot_->sees("media.leaving"));
  robot_->tap("media.leave");
  lock();
  EXPECT_TRUE(files_of("plan").empty());
  EXPECT_EQ(files_of("voice").size(), 1U);
  EXPECT_TRUE(files_of("photo").empty());
}

}  // namespace
}  // namespace vigil::tablet
