// SPDX-License-Identifier: Apache-2.0
//
// A disk on which a file grows by a piece only when the test lets it: what happens while something
// long is being written can be looked at, at any speed of the machine. Tests only.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"

namespace vigil::test {

class GatedFiles final : public Files {
 public:
  explicit GatedFiles(Files& files) : files_(files) {}

  // From now on each append waits to be let through.
  void close() { closed_ = true; }
  void let_one_through() { let_ = true; }
  void open_wide() { closed_ = false; }
  // Somebody waits.
  [[nodiscard]] bool waiting() const { return waiting_; }
  void pass();

  Result<Bytes> read(const std::string& path, std::uint64_t limit_bytes) override {
    return files_.read(path, limit_bytes);
  }
  Status write_atomically(const std::string& path, ByteView bytes, bool owner_only) override {
    return files_.write_atomically(path, bytes, owner_only);
  }
  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override {
    return files_.open(path);
  }
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override;
  Result<std::unique_ptr<WritableFile>> append_to(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override {
    return files_.rename(from, to);
  }
  Status remove(const std::string& path) override { return files_.remove(path); }
  bool exists(const std::string& path) override { return files_.exists(path); }
  Status make_directories(const std::string& path) override {
    return files_.make_directories(path);
  }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return files_.list(directory);
  }

 private:
  Files& files_;
  std::atomic<bool> closed_ = false;
  std::atomic<bool> let_ = false;
  std::atomic<bool> waiting_ = false;
};

}  // namespace vigil::test
