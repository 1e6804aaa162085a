// SPDX-License-Identifier: Apache-2.0
//
// The disk, as core/ and sync/ see it: whole small files, atomic replacement, appends that are on
// the medium when they return. platform/ implements it; tests replace it with one that fails after
// n bytes or forgets what was not synced. Paths are UTF-8. Safe to call from any thread; two
// writers of one path are the caller's fault.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil {

// An open file read from any offset; closes when destroyed.
class ReadableFile {
 public:
  virtual ~ReadableFile() = default;
  [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;
  // Reads up to buffer.size() bytes at `offset`; 0 at the end of the file.
  [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset,
                                                    std::span<std::uint8_t> buffer) = 0;
};

// An open file written at its end.
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  [[nodiscard]] virtual Status append(ByteView bytes) = 0;
  // Overwrites bytes already written (a reserved slot filled in later).
  [[nodiscard]] virtual Status write_at(std::uint64_t offset, ByteView bytes) = 0;
  // On the medium when it returns (fsync).
  [[nodiscard]] virtual Status sync() = 0;
};

class Files {
 public:
  virtual ~Files() = default;

  // The whole file. Fails kNotFound when absent, kStorage when larger than `limit_bytes`: no input
  // decides how much memory we take.
  [[nodiscard]] virtual Result<Bytes> read(const std::string& path, std::uint64_t limit_bytes) = 0;
  // Replaces the file: afterwards it holds all of `bytes` and is synced, or is as it was.
  // `owner_only` makes it mode 0600, else 0644.
  [[nodiscard]] virtual Status write_atomically(const std::string& path, ByteView bytes,
                                                bool owner_only) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<ReadableFile>> open(const std::string& path) = 0;
  // Creates an empty file (fails kConflict if it exists), or opens one for appending.
  [[nodiscard]] virtual Result<std::unique_ptr<WritableFile>> create(const std::string& path) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<WritableFile>> append_to(
      const std::string& path) = 0;
  // Atomic on one file system; synced with the directory.
  [[nodiscard]] virtual Status rename(const std::string& from, const std::string& to) = 0;
  // Fine when there was nothing.
  [[nodiscard]] virtual Status remove(const std::string& path) = 0;
  [[nodiscard]] virtual bool exists(const std::string& path) = 0;
  // Creates the directory and its parents, mode 0700 for those it makes.
  [[nodiscard]] virtual Status make_directories(const std::string& path) = 0;
  // Names (not paths) of the regular files in a directory, sorted; empty when it is absent.
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
};

}  // namespace vigil
