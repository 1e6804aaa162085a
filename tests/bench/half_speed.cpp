// SPDX-License-Identifier: Apache-2.0
//
// Runs a program at half speed, as on an old tablet: half of each ten milliseconds it stands still,
// all its threads together, which is what a processor quota of 50 % does to it.
//   half_speed PROGRAM [ARGUMENT...]
#include <cerrno>
#include <csignal>
#include <cstdio>

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace {

constexpr long kHalf_ns = 5'000'000;

void wait_half() {
  const timespec pause = {0, kHalf_ns};
  ::clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const pid_t child = ::fork();
  if (child == 0) {
    ::execvp(argv[1], argv + 1);
    std::perror(argv[1]);
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    wait_half();
    ::kill(child, SIGSTOP);
    wait_half();
    ::kill(child, SIGCONT);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
