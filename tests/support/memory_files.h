// SPDX-License-Identifier: Apache-2.0
//
// A disk in memory for tests: it can run full, fail, be cut off in the middle of work, and forget
// what was not synced. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/files.h"

namespace vigil::test {

class MemoryFiles final : public Files {
 public:
  using Contents = std::map<std::string, Bytes>;

  MemoryFiles() = default;
  explicit MemoryFiles(Contents contents);

  // What a reader sees now, by path.
  [[nodiscard]] Contents contents() const;
  void put(const std::string& path, ByteView bytes);

  // After this many more changes (writes, appends, renames, removals) every further one fails with
  // kStorage "disk.failed" and changes nothing, as when the process was killed or the disk is full.
  void fail_after_changes(std::uint64_t changes);
  // After this many more bytes a write fails; an append leaves the part that still fitted.
  void fail_after_bytes(std::uint64_t bytes);
  void work_again();
  [[nodiscard]] std::uint64_t changes() const;  // so far

  // The power goes: appends that were not synced are gone.
  void lose_power();

  Result<Bytes> read(const std::string& path, std::uint64_t limit_bytes) override;
  Status write_atomically(const std::string& path, ByteView bytes, bool owner_only) override;
  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override;
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override;
  Result<std::unique_ptr<WritableFile>> append_to(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override;
  Status remove(const std::string& path) override;
  bool exists(const std::string& path) override;
  Status make_directories(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;

 private:
  friend class MemoryWritable;
  struct Stored {
    Bytes bytes;
    Bytes synced;
  };
  // With the lock held.
  Status change();
  std::size_t room_for(std::size_t bytes);

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Stored>> files_;
  std::set<std::string> directories_;
  std::uint64_t changes_ = 0;
  std::uint64_t changes_left_ = UINT64_MAX;
  std::uint64_t bytes_left_ = UINT64_MAX;
};

}  // namespace vigil::test
