// SPDX-License-Identifier: Apache-2.0
//
// The program in a real window: once, under Xvfb, with xdotool as the finger.
#include <array>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

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

}  // namespace
}  // namespace vigil::test
