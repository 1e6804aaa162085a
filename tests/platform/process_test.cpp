// SPDX-License-Identifier: Apache-2.0
#include "platform/process.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/file_errors.h"
#include "platform/language.h"
#include "platform/paths.h"
#include "platform/system_clock.h"

namespace vigil::platform {
namespace {

// In a child: hardening must not outlive the test.
int in_child(int (*body)()) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Process, HardenedLeavesNoDumps) {
  EXPECT_EQ(in_child([] {
              if (!harden_process()) return 1;
              rlimit core = {1, 1};
              ::getrlimit(RLIMIT_CORE, &core);
              if (core.rlim_cur != 0 || core.rlim_max != 0) return 2;
              return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 3;
            }),
            0);
}

TEST(Process, TooLittleLockedMemoryIsSaid) {
  EXPECT_EQ(in_child([] {
              const rlimit small = {64 * 1024, 64 * 1024};
              ::setrlimit(RLIMIT_MEMLOCK, &small);
              const Status hardened = harden_process();
              if (hardened) return 1;
              return hardened.error().code == "process.locked_memory" ? 0 : 2;
            }),
            0);
}

TEST(FileErrors, FullDiskIsStorageAndSaysWhatToDo) {
  const Error error = file_error(ENOSPC, "write", "visits/store.db").error();
  EXPECT_EQ(error.kind, ErrorKind::kStorage);
  EXPECT_EQ(error.code, "files.full");
  EXPECT_EQ(error.message,
            "Could not write visits/store.db: the disk is full; free some space and try again, "
            "nothing was lost.");
}

TEST(Paths, AMissingFontNamesThePackage) {
  ::setenv("VIGIL_FONTS", "/nonexistent", 1);
  const auto path = font_path("NotoSans-Regular.ttf");
  ::unsetenv("VIGIL_FONTS");
  ASSERT_FALSE(path);
  EXPECT_NE(path.error().message.find("fonts-noto-core"), std::string::npos);
}

TEST(Language, IsTheFirstThatTheEnvironmentSays) {
  ::unsetenv("LANGUAGE");
  ::setenv("LC_ALL", "ru_RU.UTF-8", 1);
  EXPECT_EQ(system_language(), "ru");
  ::setenv("LANGUAGE", "ky:ru", 1);
  EXPECT_EQ(system_language(), "ky");
  ::setenv("LANGUAGE", "C", 1);
  EXPECT_EQ(system_language(), "en");
  ::unsetenv("LANGUAGE");
  ::unsetenv("LC_ALL");
}

TEST(SystemClock, MonotonicDoesNotGoBack) {
  const auto clock = system_clock();
  const auto first = clock->monotonic_ms();
  EXPECT_LE(first, clock->monotonic_ms());
}

TEST(SystemClock, OffsetIsThatOfTheZoneAtThatTime) {
  ::setenv("TZ", "XXX-6", 1);  // six hours east of UTC
  const auto clock = system_clock();
  EXPECT_EQ(clock->utc_offset_minutes({0}), 360);
  ::unsetenv("TZ");
}

}  // namespace
}  // namespace vigil::platform
