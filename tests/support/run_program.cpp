// SPDX-License-Identifier: Apache-2.0
#include "tests/support/run_program.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/check.h"

namespace vigil::test {
namespace {

struct Pipe {
  Pipe() { CHECK(pipe2(ends.data(), O_CLOEXEC) == 0); }
  void close_end(std::size_t end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  std::array<int, 2> ends{};
};

[[noreturn]] void become(const std::vector<std::string>& arguments, const std::string& folder,
                         Pipe& in, Pipe& out, Pipe& err) {
  dup2(in.ends[0], 0);
  dup2(out.ends[1], 1);
  dup2(err.ends[1], 2);
  if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(126);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

// Reads what is there; closes the end of the pipe when the program closed its own.
void drain(Pipe& from, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t count = read(from.ends[0], buffer.data(), buffer.size());
  if (count > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(count));
  } else {
    from.close_end(0);
  }
}

}  // namespace

ProgramResult run_program(const std::vector<std::string>& arguments, std::string_view input,
                          const std::string& folder) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) become(arguments, folder, in, out, err);
  in.close_end(0);
  out.close_end(1);
  err.close_end(1);
  fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  ProgramResult result;
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    if (input.empty()) in.close_end(1);
    std::array<pollfd, 3> wanted{
        {{in.ends[1], POLLOUT, 0}, {out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
    CHECK(poll(wanted.data(), wanted.size(), -1) > 0);
    if (wanted[0].revents != 0) {
      const ssize_t count = write(in.ends[1], input.data(), input.size());
      input.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : input.size());
    }
    if (wanted[1].revents != 0) drain(out, result.output);
    if (wanted[2].revents != 0) drain(err, result.errors);
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  result.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vigil-test-XXXXXX").string();
  CHECK(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::file(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

std::string TemporaryFolder::put(std::string_view name, ByteView content) const {
  std::ofstream out(file(name), std::ios::binary);
  out.write(as_text(content).data(), static_cast<std::streamsize>(content.size()));
  return file(name);
}

Bytes TemporaryFolder::get(std::string_view name) const {
  return read_file(file(name));
}

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in.good()) throw std::runtime_error("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return to_bytes(text);
}

}  // namespace vigil::test
