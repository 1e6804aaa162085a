// SPDX-License-Identifier: Apache-2.0
//
// The program in a real window: under Xvfb, with xdotool as the finger.
#include "tests/app/tablet/display.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "app/office/import.h"
#include "core/vault/inbox.h"
#include "core/vault/outbox.h"
#include "tests/app/tablet/scene.h"
#include "tests/app/tablet/world.h"
#include "tests/support/logind/logind.h"

namespace vigil::test {
namespace {

const std::string kProgram = std::string(VIGIL_BIN_DIR) + "/vigil";

// A minute at most, where the machine is busy.
template <typename Condition>
bool comes(const Condition& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

// The program as it is installed has no door for tests. What it has to show, and where, is known
// from the same app drawn in memory at the same size: each touch is done there by key, and here by
// xdotool at that place, once the display shows there what was drawn in memory.
class RealWindow : public tablet::Scene {
 protected:
  RealWindow() : Scene("en") {}
  ~RealWindow() override {
    if (program_ > 0) end(program_);
  }

  void SetUp() override {
    if (run_program({"xdotool", "version"}).exit_status != 0 || !display_.works()) {
      GTEST_SKIP() << "xdotool or Xvfb is not installed";
    }
  }

  void begin(std::vector<std::string> environment = {}) {
    std::vector<std::string> words = {"env", "SDL_VIDEODRIVER=x11", "SDL_RENDER_DRIVER=software"};
    words.insert(words.end(), environment.begin(), environment.end());
    for (const std::string& word :
         {kProgram, real_.tablet(), std::string("--language"), std::string("en"),
          std::string("--keyboard"), std::string("never")}) {
      words.push_back(word);
    }
    program_ = start(words);
    xdotool({"search", "--sync", "--onlyvisible", "--name", "Vigil", "windowfocus"});
    robot_->tell([&](const SDL_Event& event) { repeat(event); });
  }

  void xdotool(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "xdotool");
    const auto done = run_program(arguments);
    EXPECT_EQ(done.exit_status, 0) << done.errors;
    ++touches_;
  }

  platform::Picture in_memory() {
    robot_->host().paint();
    auto picture = robot_->host().window().picture();
    EXPECT_TRUE(picture);
    return picture ? std::move(*picture) : platform::Picture();
  }

  // The smallest thing under the finger, or the field that takes letters.
  const ui::Item* under(ui::Point at) {
    const ui::Item* smallest = nullptr;
    for (const ui::Item& item : robot_->tree().items) {
      const ui::Rect& seen = item.visible;
      const bool inside = item.takes_taps && at.x >= seen.x && at.x < seen.right() &&
                          at.y >= seen.y && at.y < seen.bottom();
      if (!inside) continue;
      const bool smaller =
          smallest == nullptr ||
          seen.width * seen.height <= smallest->visible.width * smallest->visible.height;
      if (smaller) smallest = &item;
    }
    return smallest;
  }

  void wait_for_sight_of(const ui::Item* item) {
    // The neutral screen has a clock, which goes differently here and there.
    if (item == nullptr || item->key == "hidden") return;
    const platform::Picture wanted = in_memory();
    int different = 0;
    const bool seen = comes([&] {
      different = differences(wanted, display_.picture(), item->visible);
      return different == 0;
    });
    EXPECT_TRUE(seen) << item->key << ": " << different << " pixels of the display are others";
  }

  // What is done in memory, on the display. After a failure nothing more is done there.
  void repeat(const SDL_Event& event) {
    if (HasFailure()) return;
    const auto at = [](int x, int y) {
      return std::vector<std::string>{"mousemove", std::to_string(x), std::to_string(y)};
    };
    std::vector<std::string> words;
    switch (event.type) {
      case SDL_MOUSEBUTTONDOWN:
        // Sooner it would be a finger that bounced; in memory time is passed by the robot.
        std::this_thread::sleep_until(lifted_ + std::chrono::milliseconds(350));
        if (typing_) wait_for_sight_of(focused());
        wait_for_sight_of(
            under({static_cast<float>(event.button.x), static_cast<float>(event.button.y)}));
        words = at(event.button.x, event.button.y);
        words.insert(words.end(), {"mousedown", "1"});
        break;
      case SDL_MOUSEBUTTONUP:
        if (held_until_) {
          EXPECT_TRUE(comes(held_until_));
        }
        words = {"mouseup", "1"};
        lifted_ = std::chrono::steady_clock::now();
        break;
      case SDL_MOUSEWHEEL:
        words = at(event.wheel.mouseX, event.wheel.mouseY);
        words.insert(words.end(), {"click", event.wheel.preciseY < 0 ? "5" : "4"});
        break;
      case SDL_TEXTINPUT:
        // The letters of a word come in memory one behind the other; the display is compared before
        // the first and, with the next touch, after the last.
        if (!typing_) wait_for_sight_of(focused());
        words = {"type", event.text.text};
        break;
      default:
        return;
    }
    typing_ = event.type == SDL_TEXTINPUT;
    xdotool(words);
  }

  const ui::Item* focused() { return robot_->tree().find(robot_->host().kit().focused()); }

  void start_visit_in_english() {
    robot_->tap("visits.new");
    robot_->tap("new.place");
    robot_->type("Station 5");
    robot_->tap("new.kind.comprehensive");
    robot_->tap("new.form.police-custody");
    robot_->tap("new.start");
  }

  World real_;
  Display display_;
  pid_t program_ = -1;
  std::function<bool()> held_until_;  // the finger stays down
  bool typing_ = false;
  std::chrono::steady_clock::time_point lifted_;
  int touches_ = 0;
};

TEST_F(RealWindow, TakesAWholeVisitFromUnlockingToTheOffice) {
  const auto begun = std::chrono::steady_clock::now();
  begin();
  unlock();
  start_visit_in_english();
  robot_->tap("q./data/case/code");
  robot_->type("K-47");
  robot_->tap("q./data/case/age_group.25to59");
  robot_->tap("section.course");
  robot_->tap("q./data/course/judge_seen.yes");
  robot_->tap("section.lawyer");
  robot_->tap("q./data/lawyer/law_told/staff.yes");
  robot_->tap("q./data/lawyer/law_told/detainee.no");
  ASSERT_TRUE(robot_->sees("q./data/lawyer/law_told.mismatch")) << robot_->tree().print();
  robot_->tap("section.closing");
  robot_->tap("page.review");
  const auto is_sealed = [&] {
    const auto bundles = real_.files().list(real_.tablet() + "/outbox");
    return bundles && bundles->size() == 1 && bundles->front().ends_with(".vigil");
  };
  held_until_ = is_sealed;
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  ASSERT_FALSE(HasFailure());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  EXPECT_EQ(end(program_), 0);
  program_ = -1;
  std::printf("a visit in a real window: %d calls of xdotool, %.1f s from start to sealed\n",
              touches_, took.count());

  std::string path;
  {
    const auto tablet = vault::open_vault({real_.files(), real_.clock()}, real_.tablet(),
                                          crypto::SecretBytes::copy_of(as_bytes(kPassphrase)));
    ASSERT_TRUE(tablet) << tablet.error().message;
    const auto outbox = vault::outbox(**tablet);
    ASSERT_EQ(outbox->size(), 1U);
    path = outbox->front().path;
  }
  const auto office = real_.open_office();
  const auto report = office::import_bundle(*office, real_.files(), path);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->outcome, office::ImportOutcome::kImported) << report->why.message;
  const auto submissions = vault::submissions(*office);
  ASSERT_EQ(submissions->size(), 1U);
  const auto filled = vault::submission(*office, submissions->front().id);
  EXPECT_EQ(filled->place, "Station 5");
  const auto answer = [&](std::string_view ref) {
    const auto found = std::ranges::find(filled->answers, ref, &vault::Answer::ref);
    return found == filled->answers.end() ? std::string("(absent)") : found->value;
  };
  EXPECT_EQ(answer("/data/case/code"), "K-47");
  EXPECT_EQ(answer("/data/case/age_group"), "25to59");
  EXPECT_EQ(answer("/data/course/judge_seen"), "yes");
  EXPECT_EQ(answer("/data/lawyer/law_told/staff"), "yes");
  EXPECT_EQ(answer("/data/lawyer/law_told/detainee"), "no");
}

TEST_F(RealWindow, ShowsNothingOfAVisitWhenTheTabletSleepsAndTheQuestionAfterwards) {
  const Bus bus(world_.folder().file("bus"));
  if (!bus.runs()) GTEST_SKIP() << "no dbus-daemon on this machine";
  Logind logind(bus.address());
  begin({"DBUS_SYSTEM_BUS_ADDRESS=" + bus.address()});
  unlock();
  start_visit_in_english();
  robot_->tap("q./data/case/age_group.25to59");
  ASSERT_FALSE(HasFailure());
  ASSERT_TRUE(comes([&] { return logind.granted() == 1; }));

  logind.say(kLogindManager, "PrepareForSleep", true);
  ASSERT_TRUE(logind.sleep_may_go_on(60'000));
  const platform::Picture asleep = display_.picture();
  app_->lock(robot_->host().kit());
  robot_->rest();
  ASSERT_TRUE(robot_->sees("hidden"));
  // All of it but the clock in the middle, which goes differently here and there.
  const platform::Picture neutral = in_memory();
  EXPECT_EQ(differences(neutral, asleep, {0, 0, 1280, 300}), 0);
  EXPECT_EQ(differences(neutral, asleep, {0, 500, 1280, 300}), 0);
  EXPECT_LT(differences(neutral, asleep, {0, 300, 1280, 200}), 5000) << "the clock alone";

  logind.say(kLogindManager, "PrepareForSleep", false);
  EXPECT_TRUE(comes([&] { return logind.granted() == 2; }));
  robot_->tap("hidden");
  unlock();
  ASSERT_TRUE(robot_->tree().find("q./data/case/age_group.25to59")->chosen);
  wait_for_sight_of(robot_->tree().find("q./data/case/age_group.25to59"));
}

// Where no font is installed, or the vault's folder is none, a kiosk must not stay dark.
class Fault : public testing::Test {
 protected:
  void SetUp() override {
    if (run_program({"xdotool", "version"}).exit_status != 0 || !display_.works()) {
      GTEST_SKIP() << "xdotool or Xvfb is not installed";
    }
  }
  // Starts it and waits for the words.
  pid_t begin(const std::string& environment, const std::string& folder) {
    const pid_t program = start({"env", "SDL_VIDEODRIVER=x11", "SDL_RENDER_DRIVER=software",
                                 environment, kProgram, folder});
    EXPECT_TRUE(comes([&] { return letters() > 1000; })) << letters();
    return program;
  }
  // Pixels of dark ink on the light ground.
  int letters() const {
    const platform::Picture shown = display_.picture();
    int light = 0;
    int ink = 0;
    for (std::size_t at = 0; at + 3 < shown.rgba.size(); at += 4) {
      if (shown.rgba[at] > 200 && shown.rgba[at + 2] > 200) ++light;
      if (shown.rgba[at + 1] < 60) ++ink;
    }
    return light > 900'000 ? ink : 0;
  }

  TemporaryFolder folder_;
  Display display_;
};

// What SDL asks of a window that is gone at the wrong moment, asked on purpose.
void ask_what_is_refused() {
  ::setenv("SDL_VIDEODRIVER", "x11", 1);
  const auto window = platform::Window::open({"Vigil", 640, 480, false, false});
  if (!window) std::_Exit(1);
  void* const xlib = SDL_LoadObject("libX11.so.6");
  const auto find = [&](const char* name) { return SDL_LoadFunction(xlib, name); };
  const auto open = reinterpret_cast<void* (*)(const char*)>(find("XOpenDisplay"));
  const auto destroy = reinterpret_cast<int (*)(void*, unsigned long)>(find("XDestroyWindow"));
  const auto wait = reinterpret_cast<int (*)(void*, int)>(find("XSync"));
  void* const connection = open(nullptr);
  destroy(connection, 0xDEAD);
  wait(connection, 0);
  std::_Exit(7);
}

TEST_F(Fault, ARequestThatTheDisplayRefusesEndsNothing) {
  EXPECT_EXIT(ask_what_is_refused(), testing::ExitedWithCode(7), "");
}

TEST_F(Fault, WithoutFontsTheScreenSaysSoUntilAKey) {
  const pid_t program = begin("VIGIL_FONTS=" + folder_.path(), folder_.file("vault"));
  int status = 0;
  EXPECT_EQ(::waitpid(program, &status, WNOHANG), 0) << "it stays";
  const auto focus = run_program(
      {"xdotool", "search", "--sync", "--onlyvisible", "--name", "Vigil", "windowfocus"});
  EXPECT_EQ(run_program({"xdotool", "key", "Return"}).exit_status, 0) << focus.errors;
  EXPECT_EQ(wait_for_end(program), 3);
}

TEST_F(Fault, AFolderThatIsNoneIsSaidUntilATapOrTheEnd) {
  const std::string file = folder_.put("vault", as_bytes("a file"));
  const pid_t tapped = begin("LANG=C", file);
  EXPECT_EQ(run_program({"xdotool", "mousemove", "600", "600", "click", "1"}).exit_status, 0);
  EXPECT_EQ(wait_for_end(tapped), 3);
  EXPECT_EQ(end(begin("LANG=C", file)), 3);
}

TEST(NoDisplay, IsSaidAndNothingRunsUnseen) {
  const TemporaryFolder folder;
  const auto absent =
      run_program({"env", "-u", "DISPLAY", "SDL_VIDEODRIVER=x11", kProgram, folder.file("vault")});
  EXPECT_EQ(absent.exit_status, 3);
  EXPECT_NE(absent.errors.find("Could not open a window"), std::string::npos) << absent.errors;
  if (std::filesystem::exists("/dev/dri")) GTEST_SKIP() << "this machine has a real display";
  const auto none = run_program({"env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "-u",
                                 "SDL_VIDEODRIVER", kProgram, folder.file("vault")});
  EXPECT_EQ(none.exit_status, 3);
  EXPECT_NE(none.errors.find("this machine offers none"), std::string::npos) << none.errors;
}

}  // namespace
}  // namespace vigil::test
