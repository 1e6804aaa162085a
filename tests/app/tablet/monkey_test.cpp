// SPDX-License-Identifier: Apache-2.0
//
// A monkey over a draft visit with a question of every type: it crashes nothing, loses no answer,
// and from wherever it is a person gets back to the list. Now and then the power is cut: what the
// disk has at that moment must hold whatever the screen showed, and the program must go on at the
// same question. VIGIL_MONKEY_STEPS and VIGIL_MONKEY_SEED make it longer or repeat a run; a long
// run must have seen every screen.
#include "tests/app/tablet/monkey.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/office/setup.h"
#include "core/vault/answers.h"
#include "core/vault/settings.h"
#include "core/vault/visits.h"
#include "tests/app/tablet/controls_scene.h"
#include "tests/app/tablet/ledger.h"

namespace vigil::tablet {
namespace {

constexpr unsigned kSteps = 400;
constexpr unsigned kHomeEvery = 100;
constexpr unsigned kPowerCutEvery = 70;
constexpr std::size_t kLetInOneIn = 6;
// From here on a screen that was never seen is a fault of the monkey.
constexpr unsigned kLongRun = 20'000;

unsigned number_from(const char* name, unsigned otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

class MonkeyTest : public ControlsScene {
 protected:
  MonkeyTest() : seed_(number_from("VIGIL_MONKEY_SEED", 1)), monkey_(seed_) {
    robot_->tap("top.lock");
    // Nobody listens there: what is sent fails at once.
    {
      const auto vault = open_tablet();
      EXPECT_TRUE(
          vault::put_setting(*vault, vault::kHubUrlSetting, as_bytes("http://127.0.0.1:9")));
    }
    // A stick with the office's kit, for the enrolment page.
    const std::string stick = plug_in("STICK");
    const auto office = world_.open_office();
    const auto kit = office::make_kit(*office, world_.files());
    EXPECT_TRUE(kit && world_.files().write_atomically(stick + "/office.kit", *kit, false));
    std::ofstream(stick + "/broken.kit") << "no kit";
    const std::string picture = std::string(VIGIL_SOURCE_DIR) + "/docs/pictures";
    for (const auto& file : std::filesystem::directory_iterator(picture)) {
      if (file.path().extension() != ".png") continue;
      std::filesystem::copy(file.path(), stick + "/photo.png");
      break;
    }
    robot_->tap("hidden");
    unlock();
  }

  // Seed and step, for every complaint.
  [[nodiscard]] std::string here() const { return step_ + "seed " + std::to_string(seed_); }

  void look() {
    if (app_->busy()) settle_a_little();
    monkey_.look(app_->model(), robot_->tree());
    // Taken back from another section, or on a page over the checklist: nobody sees which answer.
    const bool offered = app_->model().chrome.can_undo;
    if (std::exchange(undo_offered_, offered) && !offered) ledger_.forget_record();
    const auto* const shown = std::get_if<ChecklistModel>(&app_->model().screen);
    if (shown != nullptr && !shown->media) {
      return ledger_.see(app_->position(), *shown, robot_->tree());
    }
    ledger_.leave();
    if (shown != nullptr) ledger_.see_marks(*shown->media);
  }
  // A live camera needs its time; a worker, too: now and then the monkey looks at it.
  void settle_a_little() {
    monkey_.look(app_->model(), robot_->tree());
    if (monkey_.below(2) == 0) settle();
  }
  void wait_for_the_camera() {
    if (!robot_->sees("media.waiting") || monkey_.below(3) == 0) return;
    const auto* const shown = std::get_if<ChecklistModel>(&app_->model().screen);
    if (shown == nullptr || !shown->media || !shown->media->has_camera) return;
    for (int wait = 0; wait < 200 && robot_->sees("media.waiting"); ++wait) {
      SDL_Delay(5);
      robot_->rest(5);
    }
  }
  void about_to_hold(std::string_view key) {
    if (key != "visit.discard") return;
    if (const auto* visit = std::get_if<VisitModel>(&app_->model().screen)) {
      ledger_.may_be_gone(visit->visit);
    }
  }

  // As a person who knows the passphrase.
  void let_in() {
    settle();
    if (robot_->sees("hidden")) robot_->tap("hidden");
    // Whoever finds the menu of languages over the field has to put it away first.
    if (robot_->sees("menu")) robot_->press_key(SDLK_ESCAPE);
    if (!robot_->sees("unlock.passphrase")) return;
    world_.clock().pass(3'600'000);  // wrong passphrases make one wait
    robot_->tap("unlock.passphrase");
    for (int letter = 0; letter < 200; ++letter) robot_->press_key(SDLK_BACKSPACE);
    unlock();
    EXPECT_FALSE(robot_->sees("unlock.passphrase")) << here() << "\n" << robot_->tree().print();
  }
  // From wherever it is to the list of visits.
  void go_home() {
    let_in();
    for (int tries = 0; tries < 12 && !robot_->sees("visits.outbox"); ++tries) {
      if (robot_->sees("media.leave")) {
        robot_->tap("media.leave");
      } else {
        robot_->press_key(SDLK_ESCAPE);
      }
      look();
    }
    ASSERT_TRUE(robot_->sees("visits.outbox")) << here() << ": no way back to the list\n"
                                               << robot_->tree().print();
  }

  // What is on the disk now, as after the battery fell out.
  std::string copy_of_the_disk() {
    std::string copy = world_.folder().file("cut" + std::to_string(++copies_));
    std::filesystem::copy(options_.folder, copy, std::filesystem::copy_options::recursive);
    return copy;
  }
  void compare(const std::string& folder) {
    const auto vault = vault::open_vault({world_.files(), world_.clock()}, folder,
                                         crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
    ASSERT_TRUE(vault) << here() << ": " << vault.error().message;
    std::string missing;
    for (const std::string& line : ledger_.missing_in(**vault, world_.clock())) {
      missing += line + "\n";
    }
    ASSERT_EQ(missing, "") << here();
  }

  // Kills the program without a word and starts it on what the disk had.
  void cut_the_power() {
    settle();
    look();
    const std::string disk = copy_of_the_disk();
    const std::string looked_at = copy_of_the_disk();
    compare(looked_at);
    std::filesystem::remove_all(looked_at);
    const auto* const shown = std::get_if<ChecklistModel>(&app_->model().screen);
    const std::string position = shown == nullptr ? "" : app_->position();
    const std::string before = options_.folder;
    options_.folder = disk;
    start_again();
    std::filesystem::remove_all(before);
    world_.clock().pass(3'600'000);
    unlock();
    ASSERT_FALSE(robot_->sees("unlock.passphrase")) << here() << "\n" << robot_->tree().print();
    if (!position.empty()) {
      EXPECT_EQ(app_->position(), position) << here() << ": not at the same question";
      EXPECT_TRUE(std::holds_alternative<ChecklistModel>(app_->model().screen)) << here();
    }
    ++cuts_;
  }

  // A visit to go on with, where the last was sealed or erased.
  void begin_again() {
    const auto* const visits = std::get_if<VisitsModel>(&app_->model().screen);
    if (visits == nullptr || visits->filtered || visits->open.size() >= 2) return;
    robot_->tap("visits.new");
    if (robot_->text("new.place").empty()) {
      robot_->tap("new.place");
      robot_->type("Place");
    }
    robot_->tap("new.kind.special");
    for (const char* form : {"new.form.controls", "new.form.police-custody"}) {
      const ui::Item* const choice = robot_->tree().find(form);
      ASSERT_NE(choice, nullptr) << here() << "\n" << robot_->tree().print();
      if (!choice->chosen) robot_->tap(form);
    }
    robot_->tap("new.start");
    look();
  }

  unsigned seed_;
  std::string step_;
  test::Monkey monkey_;
  test::Ledger ledger_;
  bool undo_offered_ = false;  // when it last looked
  int copies_ = 0;
  int cuts_ = 0;
};

TEST_F(MonkeyTest, FindsNoWayToBreakItOrToLoseAnAnswer) {
  const unsigned steps = number_from("VIGIL_MONKEY_STEPS", kSteps);
  std::printf("seed %u, %u steps\n", seed_, steps);
  look();
  type_into(q("code"), "К-47");
  look();
  for (unsigned done = 0; done < steps; ++done) {
    step_ = "step " + std::to_string(done) + ", ";
    wait_for_the_camera();
    monkey_.step(*robot_, [this](std::string_view key) { about_to_hold(key); });
    look();
    if (robot_->sees("unlock.passphrase") && monkey_.below(kLetInOneIn) == 0) let_in();
    if (done % kPowerCutEvery == kPowerCutEvery - 1) cut_the_power();
    if (HasFatalFailure()) break;
    if (done % kHomeEvery != kHomeEvery - 1) continue;
    go_home();
    if (HasFatalFailure()) break;
    begin_again();
    if (HasFatalFailure()) break;
  }
  if (!HasFatalFailure()) cut_the_power();
  std::printf("%d power cuts, %zu answers compared with the vault\n", cuts_, ledger_.compared());
  EXPECT_GT(ledger_.compared(), steps / 10) << "it compared next to nothing";
  if (steps >= kLongRun || HasFailure()) monkey_.print();
  if (steps < kLongRun) return;
  for (const std::string& screen : test::all_screens()) {
    EXPECT_TRUE(monkey_.seen().contains(screen)) << here() << ": never seen: " << screen;
  }
}

TEST_F(MonkeyTest, WouldSayWhatTheVaultLost) {
  type_into(q("code"), "K-47");
  robot_->tap(q("code.later"));
  look();
  robot_->tap("top.lock");
  const auto vault = open_tablet();
  const auto visit = vault::visits(*vault)->front().id;
  const auto record = vault::records(*vault, visit)->front().id;
  const auto missing = [&] { return ledger_.missing_in(*vault, world_.clock()); };
  EXPECT_TRUE(missing().empty()) << missing().front();
  const std::string code = "/data/all/code";
  ASSERT_TRUE(vault::apply(*vault, record, {{code, ""}}));
  ASSERT_EQ(missing().size(), 1U);
  EXPECT_NE(missing().front().find(code + ": shown \"K-47\""), std::string::npos)
      << missing().front();
  ASSERT_TRUE(vault::clear_flag(*vault, record, code, vault::FlagKind::kLater));
  EXPECT_EQ(missing().size(), 2U);
  ASSERT_TRUE(vault::discard_record(*vault, record));
  ASSERT_EQ(missing().size(), 1U);
}

}  // namespace
}  // namespace vigil::tablet
