// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/support/hub_process.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/check.h"

namespace vigil::test {

HubProcess::HubProcess(std::string folder, std::vector<std::string> more_arguments)
    : folder_(std::move(folder)), more_arguments_(std::move(more_arguments)) {
  start();
}

HubProcess::~HubProcess() {
  if (process_ > 0) stop();
}

void HubProcess::start() {
  CHECK(process_ < 0);
  const std::string program = std::string(VIGIL_BIN_DIR) + "/vigil-hub";
  std::vector<std::string> arguments = {program, "--listen", "127.0.0.1:0", "--data", folder_};
  arguments.insert(arguments.end(), more_arguments_.begin(), more_arguments_.end());
  std::vector<char*> raw;
  for (std::string& argument : arguments) raw.push_back(argument.data());
  raw.push_back(nullptr);
  const std::string log = folder_ + "/hub.log";

  std::array<int, 2> pipe_ends{};
  CHECK(::pipe2(pipe_ends.data(), O_CLOEXEC) == 0);
  process_ = ::fork();
  CHECK(process_ >= 0);
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that dies takes its hub along
    ::dup2(pipe_ends[1], STDOUT_FILENO);
    const int errors = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(errors, STDERR_FILENO);
    ::execv(program.c_str(), raw.data());
    ::_exit(127);
  }
  ::close(pipe_ends[1]);
  std::string line;
  char c = 0;
  while (::read(pipe_ends[0], &c, 1) == 1 && c != '\n') line.push_back(c);
  ::close(pipe_ends[0]);
  const std::size_t at = line.find("http");
  CHECK(at != std::string::npos);
  url_ = line.substr(at);
}

std::uint16_t HubProcess::port() const {
  return static_cast<std::uint16_t>(std::atoi(url_.substr(url_.rfind(':') + 1).c_str()));
}

int HubProcess::wait() {
  int status = 0;
  CHECK(::waitpid(process_, &status, 0) == process_);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int HubProcess::stop() {
  ::kill(process_, SIGTERM);
  return wait();
}

void HubProcess::kill() {
  ::kill(process_, SIGKILL);
  wait();
}

}  // namespace vigil::test
