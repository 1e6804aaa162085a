// SPDX-License-Identifier: Apache-2.0
#include "core/vault/sql_library.h"

#include <dlfcn.h>

#define SQLITE_HAS_CODEC  // declares sqlite3_key()
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "core/crypto/secret_bytes.h"

namespace vigil::vault::sql {
namespace {

// SQLite's page cache holds decrypted answers. Its allocations carry their size in front, so that a
// free can wipe them: after the database is closed none is left in memory.
constexpr std::size_t kPrefixBytes = 16;  // keeps malloc's alignment

std::uint8_t* block_of(void* memory) {
  return static_cast<std::uint8_t*>(memory) - kPrefixBytes;
}

int size_of(void* memory) {
  if (memory == nullptr) return 0;
  int size = 0;
  std::memcpy(&size, block_of(memory), sizeof size);
  return size;
}

void* allocate(int size) {
  auto* block =
      static_cast<std::uint8_t*>(std::malloc(static_cast<std::size_t>(size) + kPrefixBytes));
  if (block == nullptr) return nullptr;
  std::memcpy(block, &size, sizeof size);
  return block + kPrefixBytes;
}

void release(void* memory) {
  if (memory == nullptr) return;
  crypto::wipe({static_cast<std::uint8_t*>(memory), static_cast<std::size_t>(size_of(memory))});
  std::free(block_of(memory));
}

// realloc() could move and leave the old bytes behind.
void* reallocate(void* memory, int size) {
  void* larger = allocate(size);
  if (larger == nullptr) return nullptr;
  if (memory != nullptr) {
    std::memcpy(larger, memory, static_cast<std::size_t>(std::min(size, size_of(memory))));
    release(memory);
  }
  return larger;
}

int rounded_up(int size) {
  return (size + 7) & ~7;
}
int start_allocator(void*) {
  return SQLITE_OK;
}
void stop_allocator(void*) {}

Error refused(const char* code, const std::string& what) {
  return {ErrorKind::kStorage, code,
          what + " Install Debian's libsqlcipher 4.5 or later and let no other SQLite be loaded."};
}

// Stock SQLite answers the pragma with no row.
std::string read_cipher_version() {
  sqlite3* memory = nullptr;
  std::string version;
  if (sqlite3_open_v2(":memory:", &memory, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr) ==
      SQLITE_OK) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(memory, "PRAGMA cipher_version", -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = sqlite3_column_text(statement, 0);
      if (text != nullptr) version = reinterpret_cast<const char*>(text);
    }
    sqlite3_finalize(statement);
  }
  sqlite3_close(memory);
  return version;
}

bool at_least_4_5(std::string_view version) {
  int major = 0;
  int minor = 0;
  const char* end = version.data() + version.size();
  const auto [dot, bad] = std::from_chars(version.data(), end, major);
  if (bad != std::errc() || dot == end || *dot != '.') return false;
  if (std::from_chars(dot + 1, end, minor).ec != std::errc()) return false;
  return major > 4 || (major == 4 && minor >= 5);
}

// Where two SQLite libraries are loaded, some calls reach one and some the other.
bool one_library() {
  Dl_info key{};
  Dl_info open{};
  Dl_info step{};
  if (dladdr(reinterpret_cast<const void*>(&sqlite3_key), &key) == 0 ||
      dladdr(reinterpret_cast<const void*>(&sqlite3_open_v2), &open) == 0 ||
      dladdr(reinterpret_cast<const void*>(&sqlite3_step), &step) == 0) {
    return false;
  }
  return key.dli_fbase == open.dli_fbase && key.dli_fbase == step.dli_fbase;
}

std::string& version_text() {
  static std::string text;
  return text;
}

Status start_library() {
  static sqlite3_mem_methods methods{allocate,   release,         reallocate,     size_of,
                                     rounded_up, start_allocator, stop_allocator, nullptr};
  crypto::initialise();
  LibraryFacts facts;
  facts.alone = one_library();
  // Nothing is asked of two libraries at once.
  if (!facts.alone) return judge_library(facts);
  if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK ||
      sqlite3_initialize() != SQLITE_OK) {
    return std::unexpected(
        refused("vault.library", "The SQL library was in use before the vault."));
  }
  facts.cipher_version = read_cipher_version();
  facts.temporary_on_disk = sqlite3_compileoption_used("TEMP_STORE=0") != 0;
  version_text() = facts.cipher_version;
  return judge_library(facts);
}

}  // namespace

Status judge_library(const LibraryFacts& facts) {
  if (!facts.alone) {
    return std::unexpected(
        refused("vault.library", "Two SQL libraries are loaded in this program."));
  }
  if (facts.cipher_version.empty()) {
    return std::unexpected(
        refused("vault.library", "The SQL library is not SQLCipher: it cannot encrypt."));
  }
  if (!at_least_4_5(facts.cipher_version)) {
    return std::unexpected(refused("vault.library-old", "SQLCipher is older than 4.5."));
  }
  if (facts.temporary_on_disk) {
    return std::unexpected(
        refused("vault.temporary", "The SQL library always keeps temporary data on disk."));
  }
  return {};
}

Status check_library() {
  static const Status outcome = start_library();
  return outcome;
}

const char* cipher_version() {
  return version_text().c_str();
}

}  // namespace vigil::vault::sql
