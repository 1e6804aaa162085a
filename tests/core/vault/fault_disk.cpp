// SPDX-License-Identifier: Apache-2.0
#include "tests/core/vault/fault_disk.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <sqlite3.h>

#include "core/base/check.h"
#include "core/vault/sql_library.h"
#include "tests/core/vault/fault_state.h"

namespace vigil::vault::test {

Disk& disk() {
  static Disk state;
  return state;
}

Verdict next_change() {
  Disk& state = disk();
  if (!state.fault) return Verdict::kWork;
  const bool later = state.struck;
  if (!later && --state.left > 0) return Verdict::kWork;
  state.struck = true;
  switch (*state.fault) {
    case Fault::kOnce:
      return later ? Verdict::kWork : Verdict::kFail;
    case Fault::kFullOnce:
      return later ? Verdict::kWork : Verdict::kFull;
    case Fault::kFull:
      return Verdict::kFull;
    case Fault::kShort:
      return later ? Verdict::kFail : Verdict::kHalf;
    case Fault::kFromNow:
    case Fault::kPowerCut:
      return Verdict::kFail;
  }
  return Verdict::kWork;
}

std::optional<std::string> content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

namespace {

sqlite3_vfs* real_vfs = nullptr;

struct ShimFile {
  sqlite3_file base;
  sqlite3_file* real;
  const char* path;  // SQLite keeps it while the file is open
};
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<ShimFile*>(file)->real;
}

int shim_close(sqlite3_file* file) {
  sqlite3_file* real = real_of(file);
  const int code = real->pMethods != nullptr ? real->pMethods->xClose(real) : SQLITE_OK;
  ::operator delete(real);
  return code;
}
int shim_read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  return real_of(file)->pMethods->xRead(real_of(file), to, size, offset);
}
int shim_write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  sqlite3_file* real = real_of(file);
  switch (next_change()) {
    case Verdict::kWork:
      return real->pMethods->xWrite(real, from, size, offset);
    case Verdict::kHalf:
      (void)real->pMethods->xWrite(real, from, size / 2, offset);
      return SQLITE_IOERR_WRITE;
    case Verdict::kFull:
      return SQLITE_FULL;
    case Verdict::kFail:
      return SQLITE_IOERR_WRITE;
  }
  return SQLITE_IOERR;
}
int shim_truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (next_change() != Verdict::kWork) return SQLITE_IOERR_TRUNCATE;
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int shim_sync(sqlite3_file* file, int) {
  if (next_change() != Verdict::kWork) return SQLITE_IOERR_FSYNC;
  // This machine keeps its power: what counts is which content was synced.
  const char* path = reinterpret_cast<ShimFile*>(file)->path;
  if (path == nullptr) return SQLITE_OK;
  sync_file(path);
  // SQLite syncs the folder too, once, when it has made a file.
  disk().durable[path] = content_of(path);
  return SQLITE_OK;
}
int shim_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int shim_lock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int shim_unlock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int shim_reserved(sqlite3_file* file, int* out) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int shim_control(sqlite3_file* file, int what, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}
int shim_sector(sqlite3_file* file) {
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}
// No promise of atomic or ordered writes, whatever the real disk says.
int shim_character(sqlite3_file*) {
  return 0;
}

// Version 1: no shared memory, which exclusive locking does not need.
const sqlite3_io_methods kMethods = {
    1,         shim_close,  shim_read,     shim_write,   shim_truncate, shim_sync,      shim_size,
    shim_lock, shim_unlock, shim_reserved, shim_control, shim_sector,   shim_character, nullptr,
    nullptr,   nullptr,     nullptr,       nullptr,      nullptr};

int shim_open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* shim = reinterpret_cast<ShimFile*>(file);
  shim->base.pMethods = nullptr;
  if (path != nullptr) know(path);
  shim->real =
      static_cast<sqlite3_file*>(::operator new(static_cast<std::size_t>(real_vfs->szOsFile)));
  std::memset(shim->real, 0, static_cast<std::size_t>(real_vfs->szOsFile));
  shim->path = path;
  const int code = real_vfs->xOpen(real_vfs, path, shim->real, flags, out_flags);
  if (code != SQLITE_OK) {
    ::operator delete(shim->real);
    return code;
  }
  shim->base.pMethods = &kMethods;
  return SQLITE_OK;
}
int shim_delete(sqlite3_vfs*, const char* path, int sync_directory) {
  if (next_change() != Verdict::kWork) return SQLITE_IOERR_DELETE;
  const int code = real_vfs->xDelete(real_vfs, path, sync_directory);
  if (code == SQLITE_OK) disk().durable[path] = std::nullopt;
  return code;
}

}  // namespace

const char* name_of(Fault fault) {
  constexpr const char* kNames[] = {"once", "full once", "full", "from now", "short", "power cut"};
  return kNames[static_cast<std::size_t>(fault)];
}

void install_fault_disk() {
  if (real_vfs != nullptr) return;
  CHECK(sql::check_library().has_value());
  real_vfs = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs shim = *real_vfs;
  shim.pNext = nullptr;
  shim.zName = "faulty";
  shim.szOsFile = sizeof(ShimFile);
  shim.xOpen = shim_open;
  shim.xDelete = shim_delete;
  CHECK(sqlite3_vfs_register(&shim, 1) == SQLITE_OK);
}

void arm(Fault fault, std::uint64_t change) {
  disk().fault = fault;
  disk().left = change;
  disk().struck = false;
}

bool disarm() {
  Disk& state = disk();
  if (state.struck && state.fault == Fault::kPowerCut) {
    for (const auto& [path, content] : state.durable) {
      if (!content) {
        std::filesystem::remove(path);
        continue;
      }
      std::ofstream out(path, std::ios::binary | std::ios::trunc);
      out << *content;
    }
  }
  state.fault.reset();
  return state.struck;
}

void forget_files() {
  disk().durable.clear();
  disk().synced.clear();
  disk().named.clear();
}

std::uint64_t next_to_try(std::uint64_t change) {
  static const bool all = std::getenv("VIGIL_FAULTS") != nullptr;
  return all || change < 12 ? change + 1 : change + change / 2;
}

void watch_folder(const std::string& folder) {
  disk().folder = folder;
}

}  // namespace vigil::vault::test
