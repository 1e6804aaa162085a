// SPDX-License-Identifier: Apache-2.0
//
// The tablet app killed while it stores photos and while it seals, as where the battery falls out.
// Each time the vault opens again, what was kept is whole, and the visit can be sealed.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <SDL2/SDL.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/visit/finalise.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"
#include "platform/posix_files.h"
#include "tests/app/tablet/controls_scene.h"

namespace vigil::tablet {
namespace {

// Each costs a start of the app; VIGIL_CUTS says more.
int cuts() {
  const char* const text = std::getenv("VIGIL_CUTS");
  return text == nullptr ? 2 : std::atoi(text);
}

// What is killed: a process of this program that runs one of the children below.
class PowerCutChild : public ControlsScene {
 protected:
  PowerCutChild() {
    // Photos of several megabytes, so that storing them takes its time.
    ::setenv("VIGIL_CAMERA",
             "videotestsrc is-live=true pattern=snow ! video/x-raw,width=1600,height=1200", 1);
  }
  static const char* folder() { return std::getenv("VIGIL_POWER_CUT"); }
  void say_ready() {
    const std::string path = std::string(folder()) + "/ready";
    std::ofstream(path + ".new") << world_.tablet();
    std::filesystem::rename(path + ".new", path);
  }
};

TEST_F(PowerCutChild, StoresPhotos) {
  if (folder() == nullptr) GTEST_SKIP() << "run by PowerCut";
  for (int photo = 0; photo < 1000; ++photo) {
    take_photo(q("photo.make"));
    say_ready();
    robot_->tap("media.keep");
  }
}

// Letter after letter; what the screen shows as kept is noted outside before the next.
TEST_F(PowerCutChild, Types) {
  if (folder() == nullptr) GTEST_SKIP() << "run by PowerCut";
  std::ofstream said(std::string(folder()) + "/said");
  robot_->tap(q("code"));
  for (int letter = 0; letter < 100'000; ++letter) {
    robot_->type(std::string(1, static_cast<char>('a' + letter % 26)));
    // Past the pause after which a field is kept.
    robot_->rest(1000);
    for (const Block& block : std::get<ChecklistModel>(app_->model().screen).blocks) {
      const auto* const card = std::get_if<QuestionCard>(&block);
      if (card == nullptr || card->ref != "/data/all/code") continue;
      said << card->rows.front().value << std::endl;
    }
    if (letter == 3) say_ready();
  }
}

TEST_F(PowerCutChild, Seals) {
  if (folder() == nullptr) GTEST_SKIP() << "run by PowerCut";
  for (const char* where : {"photo.make", "area.photo", "pain.photo"}) {
    take_photo(q(where));
    robot_->tap("media.keep");
  }
  robot_->tap("page.review");
  say_ready();
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  settle();
  SDL_Delay(60'000);
}

class PowerCut : public testing::Test {
 protected:
  // Kills the child so long after it said that it is ready. The folder of its vault.
  std::string cut(const std::string& child, unsigned after_us) {
    const std::string filter = "--gtest_filter=PowerCutChild." + child;
    std::filesystem::remove(folder_.file("ready"));
    const std::string program = std::filesystem::read_symlink("/proc/self/exe");
    const pid_t process = ::fork();
    if (process == 0) {
      const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
      ::dup2(nowhere, STDOUT_FILENO);
      ::dup2(nowhere, STDERR_FILENO);
      ::setenv("VIGIL_POWER_CUT", folder_.path().c_str(), 1);
      ::setenv("TMPDIR", folder_.path().c_str(), 1);
      ::execl(program.c_str(), program.c_str(), filter.c_str(), nullptr);
      ::_exit(127);
    }
    for (int turn = 0; turn < 6000 && !std::filesystem::exists(folder_.file("ready")); ++turn) {
      ::usleep(10'000);
    }
    ::usleep(after_us);
    ::kill(process, SIGKILL);
    int status = 0;
    ::waitpid(process, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself";
    std::string tablet;
    std::ifstream(folder_.file("ready")) >> tablet;
    return tablet;
  }

  vault::VaultPointer open(const std::string& tablet) {
    auto vault = vault::open_vault({*files_, clock_}, tablet,
                                   crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
    EXPECT_TRUE(vault) << vault.error().message;
    return vault ? std::move(*vault) : nullptr;
  }

  // Every file there is whole and some answer's or beside one; every answer that names a file has
  // it. How many there are.
  std::size_t check_files(vault::Vault& vault, vault::RecordId record) {
    const auto checklist = visit::Checklist::resume(vault, clock_, record);
    if (!checklist) {
      ADD_FAILURE() << checklist.error().message;
      return 0;
    }
    const auto stored = vault::attachments(vault, record);
    EXPECT_TRUE(stored);
    const std::string answer = (*checklist)->session().node("/data/all/photo")->value;
    bool answered = answer.empty();
    for (const vault::Attachment& file : *stored) {
      EXPECT_TRUE(file.complete) << file.name;
      const auto content = vault::open_attachment(vault, file.id);
      EXPECT_TRUE(content);
      Bytes bytes(static_cast<std::size_t>((*content)->size_bytes()));
      EXPECT_TRUE((*content)->read_at(0, bytes));
      EXPECT_TRUE(platform::decode_picture(bytes)) << file.name;
      if (file.name == answer) answered = true;
      EXPECT_TRUE(file.name == answer || file.name.starts_with("beside-")) << file.name;
    }
    EXPECT_TRUE(answered) << "an answer names a file that is not there";
    return stored->size();
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  test::HandClock clock_;
  std::mt19937 random_{std::random_device{}()};
};

// Whatever was shown as kept is there, and the program goes on at the same question.
TEST_F(PowerCut, WhileTypingLosesNothingThatWasShownAsKept) {
  std::size_t letters = 0;
  for (int turn = 0; turn < cuts(); ++turn) {
    const std::string tablet = cut("Types", static_cast<unsigned>(random_() % 300'000));
    std::string kept;
    std::ifstream said(folder_.file("said"));
    for (std::string line; std::getline(said, line) && !said.eof();) kept = line;
    ASSERT_GE(kept.size(), 3U) << "nothing was kept before the cut";
    letters += kept.size();
    AppOptions options;
    options.folder = tablet;
    options.language = "en";
    options.light_key = true;
    App app({*files_, clock_}, options);
    test::Robot robot(clock_, [&](ui::Kit& kit) { return app.frame(kit); });
    const Status unlocked = app.unlock(crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
    ASSERT_TRUE(unlocked) << unlocked.error().message;
    app.restore_position(robot.host().kit());
    robot.rest(16);
    ASSERT_TRUE(robot.sees("q./data/all/code")) << robot.tree().print();
    EXPECT_TRUE(app.position().ends_with(" /data/all/code")) << app.position();
    EXPECT_GT(robot.tree().find("q./data/all/code")->visible.height, 0) << "it is in sight";
    // A letter more may have been kept than was noted.
    EXPECT_TRUE(robot.text("q./data/all/code").starts_with(kept))
        << robot.text("q./data/all/code") << " for " << kept;
  }
  std::printf("%d power cuts while typing, %zu letters were kept before\n", cuts(), letters);
}

TEST_F(PowerCut, WhileAPhotoIsStoredLeavesWholeFilesOnly) {
  std::size_t photos = 0;
  for (int turn = 0; turn < cuts(); ++turn) {
    const auto vault = open(cut("StoresPhotos", static_cast<unsigned>(random_() % 400'000)));
    ASSERT_NE(vault, nullptr);
    const auto visits = vault::visits(*vault);
    ASSERT_EQ(visits->size(), 1U);
    const auto records = vault::records(*vault, visits->front().id);
    photos += check_files(*vault, records->front().id);
    const auto sealed =
        visit::finalise_visit(*vault, clock_, visits->front().id, {.missing = true});
    EXPECT_TRUE(sealed) << sealed.error().message;
  }
  std::printf("%d power cuts while photos were stored, %zu photos there afterwards\n", cuts(),
              photos);
}

TEST_F(PowerCut, WhileSealingLeavesAVisitThatIsOpenOrSealedWhole) {
  int sealed_already = 0;
  for (int turn = 0; turn < cuts(); ++turn) {
    const auto vault = open(cut("Seals", static_cast<unsigned>(random_() % 300'000)));
    ASSERT_NE(vault, nullptr);
    const auto visits = vault::visits(*vault);
    ASSERT_EQ(visits->size(), 1U);
    if (visits->front().state == vault::VisitState::kOpen) {
      EXPECT_TRUE(vault::outbox(*vault)->empty());
      const auto records = vault::records(*vault, visits->front().id);
      EXPECT_EQ(check_files(*vault, records->front().id), 3U);
      const auto sealed =
          visit::finalise_visit(*vault, clock_, visits->front().id, {.missing = true});
      EXPECT_TRUE(sealed) << sealed.error().message;
    } else {
      ++sealed_already;
    }
    const auto outbox = vault::outbox(*vault);
    ASSERT_EQ(outbox->size(), 1U);
    EXPECT_EQ(std::filesystem::file_size(outbox->front().path), outbox->front().size_bytes);
  }
  std::printf("%d power cuts around sealing, %d visits were sealed by then\n", cuts(),
              sealed_already);
}

}  // namespace
}  // namespace vigil::tablet
