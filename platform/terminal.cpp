// SPDX-License-Identifier: Apache-2.0
#include "platform/terminal.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "platform/file_errors.h"

namespace vigil::platform {
namespace {

using crypto::SecretBytes;

// Echo off for as long as it lives. Signals that would end the program wait until echo is back.
class QuietTerminal {
 public:
  explicit QuietTerminal(int descriptor) : descriptor_(descriptor) {
    sigset_t ending = {};
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) sigaddset(&ending, signal);
    ::pthread_sigmask(SIG_BLOCK, &ending, &before_);
    if (::tcgetattr(descriptor_, &saved_) == 0) {
      termios quiet = saved_;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
      quiet.c_lflag |= ICANON | ECHONL;
      changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
    }
  }
  ~QuietTerminal() {
    if (changed_) ::tcsetattr(descriptor_, TCSAFLUSH, &saved_);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  [[nodiscard]] bool quiet() const { return changed_; }

 private:
  int descriptor_;
  termios saved_ = {};
  sigset_t before_ = {};
  bool changed_ = false;
};

Result<SecretBytes> read_line(int descriptor, const std::string& where) {
  // One more than the limit, so that a longer one is seen, and one for "\r".
  SecretBytes buffer(kPassphraseLimit_bytes + 2);
  std::size_t length = 0;
  bool ended = false;
  while (!ended && length < buffer.size()) {
    const ssize_t got = ::read(descriptor, buffer.writable().data() + length, 1);
    if (got < 0) {
      if (errno == EINTR) continue;
      return file_error(errno, "read", where);
    }
    ended = got == 0 || buffer.view()[length] == '\n';
    if (!ended) ++length;
  }
  if (length > 0 && buffer.view()[length - 1] == '\r') --length;
  if (!ended || length > kPassphraseLimit_bytes) {
    return fail(ErrorKind::kUsage, "passphrase.too_long",
                fmt::format("The passphrase from {} is longer than {} bytes; use a shorter one.",
                            where, kPassphraseLimit_bytes));
  }
  if (length == 0) {
    return fail(ErrorKind::kUsage, "passphrase.empty",
                fmt::format("The passphrase from {} is empty; give one.", where));
  }
  buffer.truncate(length);
  return buffer;
}

}  // namespace

Result<SecretBytes> ask_passphrase(std::string_view prompt) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) {
    return fail(ErrorKind::kUnavailable, "passphrase.no_terminal",
                "There is no terminal to ask for the passphrase on; give it with "
                "--passphrase-fd or --passphrase-file.");
  }
  Result<SecretBytes> answer = [&]() -> Result<SecretBytes> {
    const QuietTerminal quiet(terminal);
    if (!quiet.quiet()) {
      return fail(ErrorKind::kUnavailable, "passphrase.no_terminal",
                  "This terminal cannot hide what is typed; give the passphrase with "
                  "--passphrase-fd or --passphrase-file.");
    }
    if (::write(terminal, prompt.data(), prompt.size()) < 0) {
      return file_error(errno, "write to", "the terminal");
    }
    return read_line(terminal, "the terminal");
  }();
  ::close(terminal);
  return answer;
}

Result<SecretBytes> ask_new_passphrase(std::string_view prompt, std::string_view again_prompt) {
  VIGIL_ASSIGN(SecretBytes first, ask_passphrase(prompt));
  VIGIL_ASSIGN(const SecretBytes second, ask_passphrase(again_prompt));
  if (!crypto::equal_secrets(first.view(), second.view())) {
    return fail(ErrorKind::kUsage, "passphrase.differs",
                "The two passphrases are not the same; try again.");
  }
  return first;
}

Result<SecretBytes> read_passphrase_descriptor(int descriptor) {
  return read_line(descriptor, fmt::format("file descriptor {}", descriptor));
}

Result<FilePassphrase> read_passphrase_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return file_error(errno, "read", path);
  struct stat facts = {};
  std::string warning;
  if (::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && (facts.st_mode & 0077) != 0) {
    warning = fmt::format(
        "Others on this machine may read the passphrase file {}; make it private with chmod 600.",
        path);
  }
  Result<SecretBytes> passphrase = read_line(descriptor, path);
  ::close(descriptor);
  if (!passphrase) return std::unexpected(std::move(passphrase).error());
  return FilePassphrase{std::move(*passphrase), std::move(warning)};
}

}  // namespace vigil::platform
