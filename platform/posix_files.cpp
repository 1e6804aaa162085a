// SPDX-License-Identifier: Apache-2.0
#include "platform/posix_files.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/crypto/secret_bytes.h"
#include "platform/file_errors.h"

namespace vigil::platform {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kReadableByAll = 0644;

// Closes on destruction; -1 is "none".
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool valid() const { return value_ >= 0; }

 private:
  int value_;
};

Descriptor open_retrying(const std::string& path, int flags, mode_t mode = 0) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (descriptor < 0 && errno == EINTR);
  return Descriptor(descriptor);
}

std::string directory_of(const std::string& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status sync_descriptor(int descriptor, const std::string& path) {
  int outcome = 0;
  do {
    outcome = ::fsync(descriptor);
  } while (outcome < 0 && errno == EINTR);
  if (outcome < 0) return file_error(errno, "write", path);
  return {};
}

// Makes a new or vanished name in the directory durable.
Status sync_directory(const std::string& directory) {
  const Descriptor handle = open_retrying(directory, O_RDONLY | O_DIRECTORY);
  if (!handle.valid()) return file_error(errno, "open the folder", directory);
  if (::fsync(handle.get()) < 0) {
    // Some file systems (FAT and network mounts on a stick) have no directory sync.
    if (errno == EINVAL || errno == ENOTSUP) return {};
    return file_error(errno, "write the folder", directory);
  }
  return {};
}

Status write_all(int descriptor, ByteView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return file_error(errno, "write", path);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::uint64_t> size_of_regular(int descriptor, const std::string& path) {
  struct stat facts = {};
  if (::fstat(descriptor, &facts) < 0) return file_error(errno, "read", path);
  if (S_ISDIR(facts.st_mode)) return file_error(EISDIR, "read", path);
  if (!S_ISREG(facts.st_mode)) {
    // A pipe or device would block, or never end.
    return fail(ErrorKind::kStorage, "files.not_regular",
                fmt::format("Could not read {}: it is not a regular file; copy it to one.", path));
  }
  return static_cast<std::uint64_t>(facts.st_size);
}

Result<std::size_t> read_at_offset(int descriptor, std::uint64_t offset,
                                   std::span<std::uint8_t> buffer, const std::string& path) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got = ::pread(descriptor, buffer.data() + done, buffer.size() - done,
                                static_cast<off_t>(offset + done));
    if (got < 0) {
      if (errno == EINTR) continue;
      return file_error(errno, "read", path);
    }
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

class PosixReadableFile final : public ReadableFile {
 public:
  PosixReadableFile(Descriptor handle, std::uint64_t size_bytes, std::string path)
      : handle_(std::move(handle)), size_bytes_(size_bytes), path_(std::move(path)) {}
  std::uint64_t size_bytes() const override { return size_bytes_; }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    return read_at_offset(handle_.get(), offset, buffer, path_);
  }

 private:
  Descriptor handle_;
  std::uint64_t size_bytes_;
  std::string path_;
};

class PosixWritableFile final : public WritableFile {
 public:
  PosixWritableFile(Descriptor handle, std::uint64_t end, std::string path)
      : handle_(std::move(handle)), end_(end), path_(std::move(path)) {}

  Status append(ByteView bytes) override {
    VIGIL_TRY(write_range(end_, bytes));
    end_ += bytes.size();
    return {};
  }
  Status write_at(std::uint64_t offset, ByteView bytes) override {
    return write_range(offset, bytes);
  }
  Status sync() override { return sync_descriptor(handle_.get(), path_); }

 private:
  Status write_range(std::uint64_t offset, ByteView bytes) {
    while (!bytes.empty()) {
      const ssize_t written =
          ::pwrite(handle_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (written < 0) {
        if (errno == EINTR) continue;
        return file_error(errno, "write", path_);
      }
      offset += static_cast<std::uint64_t>(written);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }

  Descriptor handle_;
  std::uint64_t end_;
  std::string path_;
};

// A name beside `path` that nobody else writes; on the same file system, so rename is atomic.
std::string temporary_beside(const std::string& path) {
  return fmt::format("{}.{:016x}.new", path, crypto::random_u64());
}

class PosixFiles final : public Files {
 public:
  Result<Bytes> read(const std::string& path, std::uint64_t limit_bytes) override {
    const Descriptor handle = open_retrying(path, O_RDONLY | O_NONBLOCK);
    if (!handle.valid()) return file_error(errno, "read", path);
    VIGIL_ASSIGN(const std::uint64_t size, size_of_regular(handle.get(), path));
    if (size > limit_bytes) {
      return fail(ErrorKind::kStorage, "files.too_large",
                  fmt::format("Could not read {}: it has {} bytes and {} are the most allowed; "
                              "check that it is the right file.",
                              path, size, limit_bytes));
    }
    Bytes bytes(static_cast<std::size_t>(size));
    VIGIL_ASSIGN(const std::size_t got, read_at_offset(handle.get(), 0, bytes, path));
    bytes.resize(got);
    return bytes;
  }

  Status write_atomically(const std::string& path, ByteView bytes, bool owner_only) override {
    const std::string temporary = temporary_beside(path);
    const Status written = write_new(temporary, bytes, owner_only ? kOwnerOnly : kReadableByAll);
    if (!written) {
      ::unlink(temporary.c_str());
      return written;
    }
    if (::rename(temporary.c_str(), path.c_str()) < 0) {
      const int error_number = errno;
      ::unlink(temporary.c_str());
      return file_error(error_number, "replace", path);
    }
    return sync_directory(directory_of(path));
  }

  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override {
    Descriptor handle = open_retrying(path, O_RDONLY | O_NONBLOCK);
    if (!handle.valid()) return file_error(errno, "open", path);
    VIGIL_ASSIGN(const std::uint64_t size, size_of_regular(handle.get(), path));
    return std::make_unique<PosixReadableFile>(std::move(handle), size, path);
  }

  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    Descriptor handle = open_retrying(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, kOwnerOnly);
    if (!handle.valid()) return file_error(errno, "create", path);
    VIGIL_TRY(sync_directory(directory_of(path)));
    return std::make_unique<PosixWritableFile>(std::move(handle), 0, path);
  }

  Result<std::unique_ptr<WritableFile>> append_to(const std::string& path) override {
    const bool existed = exists(path);
    Descriptor handle =
        open_retrying(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, kOwnerOnly);
    if (!handle.valid()) return file_error(errno, "open", path);
    VIGIL_ASSIGN(const std::uint64_t size, size_of_regular(handle.get(), path));
    if (!existed) VIGIL_TRY(sync_directory(directory_of(path)));
    return std::make_unique<PosixWritableFile>(std::move(handle), size, path);
  }

  Status rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) < 0) return file_error(errno, "move", from);
    VIGIL_TRY(sync_directory(directory_of(to)));
    if (directory_of(from) != directory_of(to)) VIGIL_TRY(sync_directory(directory_of(from)));
    return {};
  }

  Status remove(const std::string& path) override {
    if (::unlink(path.c_str()) < 0) {
      if (errno == ENOENT) return {};
      return file_error(errno, "remove", path);
    }
    return sync_directory(directory_of(path));
  }

  bool exists(const std::string& path) override {
    struct stat facts = {};
    return ::lstat(path.c_str(), &facts) == 0;
  }

  Status make_directories(const std::string& path) override {
    std::size_t at = 0;
    while (at != std::string::npos) {
      at = path.find('/', at + 1);
      const std::string part = path.substr(0, at);
      if (part.empty() || part == "/" || part == ".") continue;
      if (::mkdir(part.c_str(), 0700) == 0) {
        VIGIL_TRY(sync_directory(directory_of(part)));
        continue;
      }
      if (errno != EEXIST) return file_error(errno, "create the folder", part);
      struct stat facts = {};
      if (::stat(part.c_str(), &facts) < 0 || !S_ISDIR(facts.st_mode)) {
        return file_error(EEXIST, "create the folder", part);
      }
    }
    return {};
  }

  Result<std::vector<std::string>> list(const std::string& directory) override {
    std::vector<std::string> names;
    DIR* const handle = ::opendir(directory.c_str());
    if (handle == nullptr) {
      if (errno == ENOENT) return names;
      return file_error(errno, "list", directory);
    }
    const int base = ::dirfd(handle);
    while (const dirent* entry = ::readdir(handle)) {
      struct stat facts = {};
      if (::fstatat(base, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
          S_ISREG(facts.st_mode)) {
        names.emplace_back(entry->d_name);
      }
    }
    ::closedir(handle);
    std::ranges::sort(names);
    return names;
  }

 private:
  static Status write_new(const std::string& path, ByteView bytes, mode_t mode) {
    const Descriptor handle = open_retrying(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    if (!handle.valid()) return file_error(errno, "write", path);
    VIGIL_TRY(write_all(handle.get(), bytes, path));
    return sync_descriptor(handle.get(), path);
  }
};

}  // namespace

std::unique_ptr<Files> posix_files() {
  return std::make_unique<PosixFiles>();
}

Result<DirectoryLock> DirectoryLock::take(const std::string& directory) {
  const std::string path = directory + "/lock";
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) return file_error(errno, "write", path);
  DirectoryLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) < 0) {
    if (errno != EWOULDBLOCK) return file_error(errno, "lock", path);
    return fail(
        ErrorKind::kUnavailable, "files.locked",
        fmt::format("Another program is working in {}; close it and try again.", directory));
  }
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace vigil::platform
