// SPDX-License-Identifier: Apache-2.0
//
// The disk as POSIX has it: the implementation of Files that the programs' mains choose. Data and
// directories are synced before a call returns; the last component of a path is never followed when
// it is a symbolic link and we are writing. Safe from any thread.
#pragma once

#include <memory>

#include "core/base/files.h"

namespace vigil::platform {

// Codes: "files.not_found" (kNotFound), "files.exists" (kConflict), "files.full",
// "files.read_only", "files.permission", "files.link", "files.too_large", "files.io" (all
// kStorage). Messages name the path as given and what to do.
[[nodiscard]] std::unique_ptr<Files> posix_files();

// An advisory lock on `directory`/lock that lives as long as this object: two programs must not
// work in one data folder at once.
class DirectoryLock {
 public:
  // Fails kUnavailable, "files.locked", where another process holds it; kStorage where the
  // directory cannot be written.
  [[nodiscard]] static Result<DirectoryLock> take(const std::string& directory);
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace vigil::platform
