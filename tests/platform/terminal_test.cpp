// SPDX-License-Identifier: Apache-2.0
#include "platform/terminal.h"

#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vigil::platform {
namespace {

std::string file_with(const std::string& text, mode_t mode) {
  const std::string path = testing::TempDir() + "vigil-passphrase";
  ::unlink(path.c_str());
  std::ofstream(path, std::ios::binary) << text;
  ::chmod(path.c_str(), mode);
  return path;
}

TEST(Passphrase, OneNewlineAtTheEndIsNotPartOfIt) {
  EXPECT_EQ(read_passphrase_file(file_with("open sesame\n", 0600)).value().passphrase.text(),
            "open sesame");
  EXPECT_EQ(read_passphrase_file(file_with("open sesame\r\n", 0600)).value().passphrase.text(),
            "open sesame");
  EXPECT_EQ(read_passphrase_file(file_with(" open sesame ", 0600)).value().passphrase.text(),
            " open sesame ");
}

TEST(Passphrase, AFileOthersMayReadIsReadWithAWarning) {
  EXPECT_NE(read_passphrase_file(file_with("x", 0644)).value().warning, "");
  EXPECT_EQ(read_passphrase_file(file_with("x", 0600)).value().warning, "");
}

TEST(Passphrase, EmptyAbsentAndTooLongAreRefused) {
  EXPECT_EQ(read_passphrase_file(file_with("\n", 0600)).error().code, "passphrase.empty");
  EXPECT_EQ(read_passphrase_file("/nonexistent/p").error().kind, ErrorKind::kNotFound);
  EXPECT_TRUE(read_passphrase_file(file_with(std::string(kPassphraseLimit_bytes, 'x'), 0600)));
  EXPECT_EQ(read_passphrase_file(file_with(std::string(kPassphraseLimit_bytes + 1, 'x'), 0600))
                .error()
                .code,
            "passphrase.too_long");
}

TEST(Passphrase, TheTerminalDoesNotShowWhatIsTyped) {
  int master = -1;
  const pid_t child = ::forkpty(&master, nullptr, nullptr, nullptr);
  if (child < 0) GTEST_SKIP() << "this machine gives no pseudo-terminal (is /dev/pts mounted?)";
  if (child == 0) {
    const auto answer = ask_passphrase("Passphrase: ");
    ::_exit(answer && answer->text() == "hush-7" ? 0 : 1);
  }
  std::string shown;
  char letter = 0;
  // The prompt comes after echo is off, so typing now cannot race it.
  while (shown.find("Passphrase: ") == std::string::npos && ::read(master, &letter, 1) == 1) {
    shown += letter;
  }
  ASSERT_EQ(::write(master, "hush-7\n", 7), 7);
  while (::read(master, &letter, 1) == 1) shown += letter;
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(master);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(shown.find("hush"), std::string::npos) << shown;
}

}  // namespace
}  // namespace vigil::platform
