// SPDX-License-Identifier: Apache-2.0
//
// The program in a real window: once, under Xvfb, with xdotool as the finger.
#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/office/import.h"
#include "core/vault/inbox.h"
#include "core/vault/outbox.h"
#include "tests/app/tablet/scene.h"
#include "tests/app/tablet/world.h"

namespace vigil::test {
namespace {

pid_t start(const std::vector<std::string>& arguments, int output) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    if (output >= 0) ::dup2(output, 1);
    ::execvp(pointers[0], pointers.data());
    ::_exit(127);
  }
  return child;
}

void end(pid_t child) {
  ::kill(child, SIGTERM);
  int status = 0;
  ::waitpid(child, &status, 0);
}

std::string first_line(int descriptor) {
  std::string line;
  char letter = 0;
  while (::read(descriptor, &letter, 1) == 1 && letter != '\n') line += letter;
  return line;
}

// Xvfb chooses a free display and says which.
class Display {
 public:
  Display() {
    std::array<int, 2> pipe = {};
    if (::pipe(pipe.data()) != 0) return;
    server_ = start({"Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"},
                    pipe[1]);
    ::close(pipe[1]);
    name_ = ":" + first_line(pipe[0]);
    ::close(pipe[0]);
    ::setenv("DISPLAY", name_.c_str(), 1);
  }
  ~Display() { end(server_); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  pid_t server_ = -1;
  std::string name_;
};

// SQLite keeps its write-ahead log beside a database for as long as it is open.
bool is_open(World& world) {
  return world.files().exists(world.tablet() + "/vault.db-wal");
}

// Where the passphrase goes on a screen of this size (see unlock in tests/screens).
void type_passphrase() {
  EXPECT_EQ(run_program({"xdotool", "mousemove", "640", "298", "click", "1"}).exit_status, 0);
  EXPECT_EQ(
      run_program({"xdotool", "key", "--repeat", "40", "--delay", "5", "BackSpace"}).exit_status,
      0);
  EXPECT_EQ(run_program({"xdotool", "type", "--delay", "20", std::string(kPassphrase)}).exit_status,
            0);
  EXPECT_EQ(run_program({"xdotool", "key", "Return"}).exit_status, 0);
}

TEST(Window, UnlocksInARealWindowByMouseAndKeyboard) {
  World world;
  const Display display;
  ASSERT_GT(display.name().size(), 1U) << "Xvfb did not start: install the package xvfb";
  const pid_t app =
      start({"env", "SDL_VIDEODRIVER=x11", "SDL_RENDER_DRIVER=software",
             std::string(VIGIL_BIN_DIR) + "/vigil", world.tablet(), "--language", "en"},
            -1);
  const auto window = run_program(
      {"xdotool", "search", "--sync", "--onlyvisible", "--name", "Vigil", "windowfocus"});
  EXPECT_EQ(window.exit_status, 0) << window.errors;
  bool unlocked = false;
  int status = 0;
  // A window is there before its first frame: what is typed too early is lost, so try again.
  while (!unlocked && ::waitpid(app, &status, WNOHANG) == 0) {
    type_passphrase();
    for (int wait = 0; !unlocked && wait < 60; ++wait) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      unlocked = is_open(world);
    }
  }
  EXPECT_TRUE(unlocked) << "the program ended with " << status;
  if (unlocked) end(app);
}

// The program as it is installed has no door for tests. Where things are on its screen is known
// from the same app drawn in memory at the same size: each touch is done there by key, and here by
// xdotool at that place.
class RealWindow : public tablet::Scene {
 protected:
  RealWindow() : Scene("en") {}
  ~RealWindow() override {
    if (program_ > 0) end(program_);
  }

  void xdotool(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "xdotool");
    const auto done = run_program(arguments);
    EXPECT_EQ(done.exit_status, 0) << done.errors;
    ++touches_;
  }
  void repeat(const SDL_Event& event) {
    const auto at = [](int x, int y) {
      return std::vector<std::string>{"mousemove", std::to_string(x), std::to_string(y)};
    };
    std::vector<std::string> words;
    switch (event.type) {
      case SDL_MOUSEBUTTONDOWN:
        words = at(event.button.x, event.button.y);
        words.insert(words.end(), {"mousedown", "1"});
        break;
      case SDL_MOUSEBUTTONUP:
        std::this_thread::sleep_for(std::chrono::milliseconds(hold_ms_));
        words = {"mouseup", "1"};
        break;
      case SDL_MOUSEWHEEL:
        words = at(event.wheel.mouseX, event.wheel.mouseY);
        words.insert(words.end(), {"click", event.wheel.preciseY < 0 ? "5" : "4"});
        break;
      case SDL_TEXTINPUT:
        words = {"type", "--delay", "20", event.text.text};
        break;
      default:
        return;
    }
    xdotool(words);
  }
  // Until the program uses no processor time for a second: it sleeps when its screen is drawn.
  void wait_for_rest() {
    const auto used = [&] {
      std::ifstream stat("/proc/" + std::to_string(program_) + "/stat");
      std::string word;
      long ticks = 0;
      for (int field = 1; field <= 15 && stat >> word; ++field) {
        if (field >= 14) ticks += std::stol(word);
      }
      return ticks;
    };
    long before = -1;
    for (int turn = 0; turn < 60; ++turn) {
      const long now = used();
      if (now == before) return;
      before = now;
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }
  template <typename Condition>
  void wait(const char* what, const Condition& condition) {
    for (int turn = 0; turn < 400; ++turn) {
      if (condition()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL() << "Waited in vain for: " << what;
  }

  World real_;
  Display display_;
  pid_t program_ = -1;
  int hold_ms_ = 30;
  int touches_ = 0;
};

TEST_F(RealWindow, TakesAWholeVisitFromUnlockingToTheOffice) {
  if (run_program({"xdotool", "version"}).exit_status != 0 || display_.name().size() < 2) {
    GTEST_SKIP() << "xdotool or Xvfb is not installed";
  }
  // xdotool does not wait for the program: on a machine that does much else touches are lost.
  if (std::getenv("VIGIL_WINDOW_VISIT") == nullptr) {
    GTEST_SKIP() << "set VIGIL_WINDOW_VISIT=1 on a machine at rest";
  }
  const auto begun = std::chrono::steady_clock::now();
  program_ = start({"env", "SDL_VIDEODRIVER=x11", "SDL_RENDER_DRIVER=software",
                    std::string(VIGIL_BIN_DIR) + "/vigil", real_.tablet(), "--language", "en",
                    "--keyboard", "never"},
                   -1);
  const auto window = run_program(
      {"xdotool", "search", "--sync", "--onlyvisible", "--name", "Vigil", "windowfocus"});
  ASSERT_EQ(window.exit_status, 0) << window.errors;
  unlock();
  wait("unlocking", [&] {
    if (!is_open(real_)) type_passphrase();
    for (int turn = 0; !is_open(real_) && turn < 60; ++turn) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return is_open(real_);
  });
  // The log of the database is there before the list of visits is.
  wait_for_rest();

  robot_->tell([&](const SDL_Event& event) { repeat(event); });
  robot_->tap("visits.new");
  robot_->tap("new.place");
  robot_->type("Station 5");
  robot_->tap("new.kind.comprehensive");
  robot_->tap("new.form.police-custody");
  robot_->tap("new.start");
  wait_for_rest();
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
  // On a machine that is busy the program may see the finger late: then it is held again.
  const auto is_sealed = [&] {
    const auto bundles = real_.files().list(real_.tablet() + "/outbox");
    return bundles && bundles->size() == 1 && bundles->front().ends_with(".vigil");
  };
  wait_for_rest();
  hold_ms_ = static_cast<int>(ui::kHold_ms) + 1500;
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  for (int again = 0; again < 3 && !is_sealed(); ++again) {
    xdotool({"mousedown", "1"});
    for (int turn = 0; turn < 100 && !is_sealed(); ++turn) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    xdotool({"mouseup", "1"});
  }
  ASSERT_TRUE(is_sealed());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  end(program_);
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

}  // namespace
}  // namespace vigil::test
