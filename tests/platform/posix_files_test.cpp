// SPDX-License-Identifier: Apache-2.0
#include "platform/posix_files.h"

#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vigil::platform {
namespace {

class PosixFilesTest : public testing::Test {
 protected:
  PosixFilesTest() {
    std::string pattern = testing::TempDir() + "vigil-files-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~PosixFilesTest() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::unique_ptr<Files> files_ = posix_files();
  std::string folder_;
};

TEST_F(PosixFilesTest, WhatIsWrittenIsReadBack) {
  ASSERT_TRUE(files_->write_atomically(path("a"), as_bytes("one"), true));
  EXPECT_EQ(as_text(files_->read(path("a"), 3).value()), "one");
}

TEST_F(PosixFilesTest, OwnerOnlyFilesAreClosedToOthers) {
  ::umask(0);
  ASSERT_TRUE(files_->write_atomically(path("a"), as_bytes("one"), true));
  ASSERT_TRUE(files_->write_atomically(path("b"), as_bytes("one"), false));
  struct stat facts = {};
  ASSERT_EQ(::stat(path("a").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(path("b").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0644U);
}

TEST_F(PosixFilesTest, LargerThanTheLimitIsRefused) {
  ASSERT_TRUE(files_->write_atomically(path("a"), as_bytes("four"), true));
  EXPECT_EQ(files_->read(path("a"), 3).error().code, "files.too_large");
}

TEST_F(PosixFilesTest, AbsentFileIsNotFound) {
  const auto read = files_->read(path("none"), 10);
  EXPECT_EQ(read.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(files_->open(path("none")).error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(files_->exists(path("none")));
  EXPECT_TRUE(files_->remove(path("none")));
}

TEST_F(PosixFilesTest, CreateRefusesWhatIsThere) {
  ASSERT_TRUE(files_->create(path("a")));
  EXPECT_EQ(files_->create(path("a")).error().kind, ErrorKind::kConflict);
}

TEST_F(PosixFilesTest, CreateAndAppendDoNotFollowALink) {
  ASSERT_TRUE(files_->write_atomically(path("target"), as_bytes("kept"), true));
  ASSERT_EQ(::symlink(path("target").c_str(), path("link").c_str()), 0);
  EXPECT_FALSE(files_->create(path("link")));
  EXPECT_EQ(files_->append_to(path("link")).error().code, "files.link");
  EXPECT_EQ(as_text(files_->read(path("target"), 10).value()), "kept");
}

TEST_F(PosixFilesTest, ReplacingALinkLeavesItsTargetAlone) {
  ASSERT_TRUE(files_->write_atomically(path("target"), as_bytes("kept"), true));
  ASSERT_EQ(::symlink(path("target").c_str(), path("link").c_str()), 0);
  ASSERT_TRUE(files_->write_atomically(path("link"), as_bytes("new"), true));
  EXPECT_EQ(as_text(files_->read(path("target"), 10).value()), "kept");
  EXPECT_EQ(as_text(files_->read(path("link"), 10).value()), "new");
}

TEST_F(PosixFilesTest, AppendGoesToTheEndAndAReservedSlotCanBeFilled) {
  {
    const auto file = files_->create(path("a")).value();
    ASSERT_TRUE(file->append(as_bytes("....one")));
    ASSERT_TRUE(file->write_at(0, as_bytes("slot")));
    ASSERT_TRUE(file->sync());
  }
  const auto again = files_->append_to(path("a")).value();
  ASSERT_TRUE(again->append(as_bytes("two")));
  EXPECT_EQ(as_text(files_->read(path("a"), 100).value()), "slotonetwo");
}

TEST_F(PosixFilesTest, ReadAtStopsAtTheEnd) {
  ASSERT_TRUE(files_->write_atomically(path("a"), as_bytes("0123456789"), true));
  const auto file = files_->open(path("a")).value();
  EXPECT_EQ(file->size_bytes(), 10U);
  std::array<std::uint8_t, 8> buffer = {};
  EXPECT_EQ(file->read_at(6, buffer).value(), 4U);
  EXPECT_EQ(file->read_at(10, buffer).value(), 0U);
}

TEST_F(PosixFilesTest, ListNamesRegularFilesSorted) {
  ASSERT_TRUE(files_->write_atomically(path("b"), {}, true));
  ASSERT_TRUE(files_->write_atomically(path("a"), {}, true));
  ASSERT_TRUE(files_->make_directories(path("folder")));
  ASSERT_EQ(::symlink("a", path("link").c_str()), 0);
  EXPECT_EQ(files_->list(folder_).value(), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(files_->list(path("none")).value().empty());
}

TEST_F(PosixFilesTest, FoldersAreMadeWithTheirParents) {
  ASSERT_TRUE(files_->make_directories(path("x/y/z")));
  ASSERT_TRUE(files_->make_directories(path("x/y/z")));
  ASSERT_TRUE(files_->write_atomically(path("x/y/z/a"), {}, true));
  EXPECT_FALSE(files_->make_directories(path("x/y/z/a")));
  EXPECT_FALSE(files_->make_directories(path("x/y/z/a/b")));
}

TEST_F(PosixFilesTest, AFolderOrADeviceIsNotReadAsAFile) {
  EXPECT_EQ(files_->read(folder_, 10).error().code, "files.directory");
  EXPECT_EQ(files_->read("/dev/zero", 10).error().code, "files.not_regular");
}

TEST_F(PosixFilesTest, AFullDiskLeavesTheOldFileWhole) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  ASSERT_TRUE(files_->write_atomically(path("a"), as_bytes("old"), true));
  // A file size limit fails the write half-way, as a full disk does.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small = {4096, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = files_->write_atomically(path("a"), Bytes(10'000, 'x'), true);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(written.error().kind, ErrorKind::kStorage);
  EXPECT_EQ(as_text(files_->read(path("a"), 10).value()), "old");
  EXPECT_EQ(files_->list(folder_).value(), (std::vector<std::string>{"a"}));
}

TEST_F(PosixFilesTest, OnlyOneProgramHoldsAFolder) {
  auto first = DirectoryLock::take(folder_);
  ASSERT_TRUE(first);
  EXPECT_EQ(DirectoryLock::take(folder_).error().code, "files.locked");
  {
    const DirectoryLock released = std::move(*first);
  }
  EXPECT_TRUE(DirectoryLock::take(folder_));
}

}  // namespace
}  // namespace vigil::platform
