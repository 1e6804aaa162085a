// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/display.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vigil::test {
namespace {

// A screen of this size with its header takes 4.1 MB.
constexpr std::size_t kMostFrame_bytes = 5'000'000;

int exit_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string first_line(int descriptor) {
  std::string line;
  char letter = 0;
  while (::read(descriptor, &letter, 1) == 1 && letter != '\n') line += letter;
  return line;
}

}  // namespace

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

int end(pid_t program) {
  ::kill(program, SIGTERM);
  int status = 0;
  ::waitpid(program, &status, 0);
  return exit_of(status);
}

int wait_for_end(pid_t program) {
  int status = 0;
  for (int turn = 0; turn < 2000; ++turn) {
    if (::waitpid(program, &status, WNOHANG) == program) return exit_of(status);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return -1;
}

// Xvfb chooses a free display and says which. Its own cursor would stand in the picture.
Display::Display() {
  std::array<int, 2> pipe = {};
  if (::pipe(pipe.data()) != 0) return;
  server_ = start({"Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp",
                   "-nocursor", "-noreset", "-fbdir", folder_.path()},
                  pipe[1]);
  ::close(pipe[1]);
  name_ = ":" + first_line(pipe[0]);
  ::close(pipe[0]);
  ::setenv("DISPLAY", name_.c_str(), 1);
}

Display::~Display() {
  if (server_ > 0) end(server_);
}

// XWD: big-endian words, then the colour table, then blue, green, red, nothing.
platform::Picture Display::picture() const {
  Bytes file(kMostFrame_bytes);
  const int descriptor = ::open(folder_.file("Xvfb_screen0").c_str(), O_RDONLY | O_CLOEXEC);
  const ssize_t size = ::read(descriptor, file.data(), file.size());
  ::close(descriptor);
  file.resize(static_cast<std::size_t>(std::max<ssize_t>(0, size)));
  const auto word = [&](std::size_t index) {
    std::size_t value = 0;
    for (std::size_t at = index * 4; at < index * 4 + 4; ++at) value = value << 8 | file[at];
    return value;
  };
  constexpr std::size_t kHeaderWords = 25;
  if (file.size() < kHeaderWords * 4) return {};
  const std::size_t width = word(4);
  const std::size_t height = word(5);
  const std::size_t line_bytes = word(12);
  const std::size_t first = word(0) + word(19) * 12;
  if (word(11) != 32 || file.size() < first + line_bytes * height) return {};
  platform::Picture picture{static_cast<int>(width), static_cast<int>(height),
                            Bytes(width * height * 4, 0xFF)};
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t from = first + y * line_bytes + x * 4;
      const std::size_t to = (y * width + x) * 4;
      for (std::size_t colour = 0; colour < 3; ++colour) {
        picture.rgba[to + colour] = file[from + 2 - colour];
      }
    }
  }
  return picture;
}

int differences(const platform::Picture& one, const platform::Picture& other,
                const ui::Rect& rect) {
  constexpr int kSeen = 24;  // of 255, in any colour
  if (one.width != other.width || one.height != other.height) return one.width * one.height + 1;
  int count = 0;
  const int right = std::min(one.width, static_cast<int>(rect.right()));
  const int bottom = std::min(one.height, static_cast<int>(rect.bottom()));
  for (int y = std::max(0, static_cast<int>(rect.y)); y < bottom; ++y) {
    for (int x = std::max(0, static_cast<int>(rect.x)); x < right; ++x) {
      const auto at = static_cast<std::size_t>(y * one.width + x) * 4;
      bool differs = false;
      for (std::size_t colour = 0; colour < 3; ++colour) {
        differs = differs || std::abs(one.rgba[at + colour] - other.rgba[at + colour]) > kSeen;
      }
      if (differs) ++count;
    }
  }
  return count;
}

}  // namespace vigil::test
