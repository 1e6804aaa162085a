// SPDX-License-Identifier: Apache-2.0
//
// The system calls by which platform::posix_files() changes a disk, failing like SQLite's file
// layer does: vault.header, vault.tries and the bundles take this way. The linker puts these in
// front of the C library's in this program only (-Wl,--wrap in CMakeLists.txt).
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/core/vault/fault_state.h"

namespace vigil::vault::test {
namespace {

bool watched(const std::string& path) {
  return !disk().folder.empty() && path.starts_with(disk().folder);
}

std::string path_of(int descriptor) {
  std::array<char, 4096> target{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
  return length <= 0 ? "" : std::string(target.data(), static_cast<std::size_t>(length));
}

std::optional<ino_t> inode_of(const std::string& path) {
  struct stat facts = {};
  if (::lstat(path.c_str(), &facts) != 0) return std::nullopt;
  return facts.st_ino;
}

void sync_names(const std::string& folder) {
  Disk& state = disk();
  for (auto& [path, content] : state.durable) {
    if (path.substr(0, path.rfind('/')) != folder) continue;
    const auto inode = inode_of(path);
    if (!inode) {
      content = std::nullopt;
      state.named.erase(path);
      continue;
    }
    const auto name = state.named.find(path);
    if (name != state.named.end() && name->second == *inode) continue;
    // A new name for a file of which nothing was synced: it is there and empty.
    const auto synced = state.synced.find(*inode);
    content = synced == state.synced.end() ? std::string() : synced->second;
    state.named[path] = *inode;
  }
}

int refuse(Verdict verdict) {
  errno = verdict == Verdict::kFull ? ENOSPC : EIO;
  return -1;
}

}  // namespace

void know(const std::string& path) {
  Disk& state = disk();
  if (!state.durable.contains(path)) state.durable[path] = content_of(path);
  if (!state.named.contains(path)) {
    if (const auto inode = inode_of(path)) state.named[path] = *inode;
  }
}

void sync_file(const std::string& path) {
  Disk& state = disk();
  const auto inode = inode_of(path);
  if (!inode) return;
  state.synced[*inode] = content_of(path).value_or("");
  const auto name = state.named.find(path);
  if (name != state.named.end() && name->second == *inode) {
    state.durable[path] = state.synced[*inode];
  }
}

}  // namespace vigil::vault::test

using vigil::vault::test::disk;
using vigil::vault::test::next_change;
using vigil::vault::test::Verdict;
namespace faults = vigil::vault::test;

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's names
extern "C" {

int __real_open64(const char* path, int flags, mode_t mode);
ssize_t __real_write(int descriptor, const void* bytes, std::size_t size);
ssize_t __real_pwrite64(int descriptor, const void* bytes, std::size_t size, off_t offset);
int __real_fsync(int descriptor);
int __real_rename(const char* from, const char* to);
int __real_unlink(const char* path);

int __wrap_open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : mode_t{0};
  va_end(arguments);
  const bool makes = (flags & O_CREAT) != 0 && faults::watched(path) && !faults::inode_of(path);
  if (!makes) return __real_open64(path, flags, mode);
  faults::know(path);
  if (const Verdict verdict = next_change(); verdict != Verdict::kWork) {
    return faults::refuse(verdict);
  }
  const int descriptor = __real_open64(path, flags, mode);
  // The number may have been another file's.
  if (const auto inode = faults::inode_of(path)) disk().synced.erase(*inode);
  return descriptor;
}

ssize_t __wrap_write(int descriptor, const void* bytes, std::size_t size) {
  const std::string path = faults::path_of(descriptor);
  if (!faults::watched(path)) return __real_write(descriptor, bytes, size);
  faults::know(path);
  const Verdict verdict = next_change();
  if (verdict == Verdict::kWork) return __real_write(descriptor, bytes, size);
  if (verdict == Verdict::kHalf) (void)!__real_write(descriptor, bytes, size / 2);
  return faults::refuse(verdict);
}

ssize_t __wrap_pwrite64(int descriptor, const void* bytes, std::size_t size, off_t offset) {
  const std::string path = faults::path_of(descriptor);
  if (!faults::watched(path)) return __real_pwrite64(descriptor, bytes, size, offset);
  faults::know(path);
  const Verdict verdict = next_change();
  if (verdict == Verdict::kWork) return __real_pwrite64(descriptor, bytes, size, offset);
  if (verdict == Verdict::kHalf) (void)!__real_pwrite64(descriptor, bytes, size / 2, offset);
  return faults::refuse(verdict);
}

int __wrap_fsync(int descriptor) {
  const std::string path = faults::path_of(descriptor);
  if (!faults::watched(path)) return __real_fsync(descriptor);
  if (const Verdict verdict = next_change(); verdict != Verdict::kWork) {
    return faults::refuse(verdict);
  }
  struct stat facts = {};
  ::fstat(descriptor, &facts);
  // This machine keeps its power: what counts is what was synced.
  if (S_ISDIR(facts.st_mode)) {
    faults::sync_names(path);
  } else {
    faults::sync_file(path);
  }
  return 0;
}

int __wrap_rename(const char* from, const char* to) {
  if (!faults::watched(to)) return __real_rename(from, to);
  faults::know(from);
  faults::know(to);
  if (const Verdict verdict = next_change(); verdict != Verdict::kWork) {
    return faults::refuse(verdict);
  }
  return __real_rename(from, to);
}

int __wrap_unlink(const char* path) {
  if (!faults::watched(path) || !faults::inode_of(path)) return __real_unlink(path);
  faults::know(path);
  if (const Verdict verdict = next_change(); verdict != Verdict::kWork) {
    return faults::refuse(verdict);
  }
  return __real_unlink(path);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
