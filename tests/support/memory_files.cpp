// SPDX-License-Identifier: Apache-2.0
#include "tests/support/memory_files.h"

#include <algorithm>

namespace vigil::test {
namespace {

std::unexpected<Error> disk_failed() {
  return fail(ErrorKind::kStorage, "disk.failed", "The disk failed because the test wants it.");
}
std::unexpected<Error> no_such_file(const std::string& path) {
  return fail(ErrorKind::kNotFound, "file.absent", "There is no file " + path + ".");
}

class MemoryReadable final : public ReadableFile {
 public:
  explicit MemoryReadable(Bytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size_bytes() const override { return bytes_.size(); }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    if (offset >= bytes_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(buffer.size(), bytes_.size() - offset);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, buffer.begin());
    return count;
  }

 private:
  Bytes bytes_;
};

}  // namespace

class MemoryWritable final : public WritableFile {
 public:
  MemoryWritable(MemoryFiles& disk, std::shared_ptr<MemoryFiles::Stored> file)
      : disk_(disk), file_(std::move(file)) {}

  Status append(ByteView bytes) override {
    const std::lock_guard lock(disk_.mutex_);
    VIGIL_TRY(disk_.change());
    const std::size_t fitting = disk_.room_for(bytes.size());
    file_->bytes.insert(file_->bytes.end(), bytes.begin(),
                        bytes.begin() + static_cast<std::ptrdiff_t>(fitting));
    if (fitting < bytes.size()) return disk_failed();
    return {};
  }
  Status write_at(std::uint64_t offset, ByteView bytes) override {
    const std::lock_guard lock(disk_.mutex_);
    VIGIL_TRY(disk_.change());
    if (offset + bytes.size() > file_->bytes.size()) return disk_failed();
    std::ranges::copy(bytes, file_->bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    return {};
  }
  Status sync() override {
    const std::lock_guard lock(disk_.mutex_);
    VIGIL_TRY(disk_.change());
    file_->synced = file_->bytes;
    return {};
  }

 private:
  MemoryFiles& disk_;
  std::shared_ptr<MemoryFiles::Stored> file_;
};

MemoryFiles::MemoryFiles(Contents contents) {
  for (auto& [path, bytes] : contents)
    files_[path] = std::make_shared<Stored>(Stored{bytes, bytes});
}

MemoryFiles::Contents MemoryFiles::contents() const {
  const std::lock_guard lock(mutex_);
  Contents contents;
  for (const auto& [path, file] : files_) contents[path] = file->bytes;
  return contents;
}

void MemoryFiles::put(const std::string& path, ByteView bytes) {
  const std::lock_guard lock(mutex_);
  const Bytes copy(bytes.begin(), bytes.end());
  files_[path] = std::make_shared<Stored>(Stored{copy, copy});
}

void MemoryFiles::fail_after_changes(std::uint64_t changes) {
  const std::lock_guard lock(mutex_);
  changes_left_ = changes;
}

void MemoryFiles::fail_after_bytes(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  bytes_left_ = bytes;
}

void MemoryFiles::work_again() {
  const std::lock_guard lock(mutex_);
  changes_left_ = bytes_left_ = UINT64_MAX;
}

std::uint64_t MemoryFiles::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

void MemoryFiles::lose_power() {
  const std::lock_guard lock(mutex_);
  for (auto& [path, file] : files_) file->bytes = file->synced;
}

Status MemoryFiles::change() {
  if (changes_left_ == 0) return disk_failed();
  --changes_left_;
  ++changes_;
  return {};
}

std::size_t MemoryFiles::room_for(std::size_t bytes) {
  const std::uint64_t fitting = std::min<std::uint64_t>(bytes, bytes_left_);
  if (bytes_left_ != UINT64_MAX) bytes_left_ -= fitting;
  return fitting;
}

Result<Bytes> MemoryFiles::read(const std::string& path, std::uint64_t limit_bytes) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(path);
  if (found == files_.end()) return no_such_file(path);
  if (found->second->bytes.size() > limit_bytes)
    return fail(ErrorKind::kStorage, "file.too_large", "The file " + path + " is too large.");
  return found->second->bytes;
}

Status MemoryFiles::write_atomically(const std::string& path, ByteView bytes, bool /*owner_only*/) {
  const std::lock_guard lock(mutex_);
  VIGIL_TRY(change());
  if (room_for(bytes.size()) < bytes.size()) return disk_failed();
  const Bytes copy(bytes.begin(), bytes.end());
  files_[path] = std::make_shared<Stored>(Stored{copy, copy});
  return {};
}

Result<std::unique_ptr<ReadableFile>> MemoryFiles::open(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(path);
  if (found == files_.end()) return no_such_file(path);
  return std::make_unique<MemoryReadable>(found->second->bytes);
}

Result<std::unique_ptr<WritableFile>> MemoryFiles::create(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.contains(path))
    return fail(ErrorKind::kConflict, "file.exists", "There is a file " + path + " already.");
  VIGIL_TRY(change());
  auto file = std::make_shared<Stored>();
  files_[path] = file;
  return std::make_unique<MemoryWritable>(*this, std::move(file));
}

Result<std::unique_ptr<WritableFile>> MemoryFiles::append_to(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!files_.contains(path)) {
    VIGIL_TRY(change());
    files_[path] = std::make_shared<Stored>();
  }
  const auto& file = files_[path];
  return std::make_unique<MemoryWritable>(*this, file);
}

Status MemoryFiles::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(from);
  if (found == files_.end()) return no_such_file(from);
  VIGIL_TRY(change());
  files_[to] = found->second;
  if (from != to) files_.erase(from);
  return {};
}

Status MemoryFiles::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  VIGIL_TRY(change());
  files_.erase(path);
  return {};
}

bool MemoryFiles::exists(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.contains(path) || directories_.contains(path)) return true;
  const auto inside = files_.lower_bound(path + "/");
  return inside != files_.end() && inside->first.starts_with(path + "/");
}

Status MemoryFiles::make_directories(const std::string& path) {
  const std::lock_guard lock(mutex_);
  for (auto end = path.find('/', 1);; end = path.find('/', end + 1)) {
    directories_.insert(path.substr(0, end));
    if (end == std::string::npos) return {};
  }
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& directory) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  const std::string start = directory + "/";
  for (auto at = files_.lower_bound(start); at != files_.end() && at->first.starts_with(start);
       ++at) {
    const std::string name = at->first.substr(start.size());
    if (name.find('/') == std::string::npos) names.push_back(name);
  }
  return names;
}

}  // namespace vigil::test
