// SPDX-License-Identifier: Apache-2.0
//
// What both layers of the failing disk share: SQLite's files (fault_disk.cpp) and the system calls
// of everybody else (fault_calls.cpp). fault_disk.h is what tests use.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <sys/types.h>

#include "tests/core/vault/fault_disk.h"

namespace vigil::vault::test {

struct Disk {
  std::optional<Fault> fault;
  std::uint64_t left = 0;  // changes until it strikes
  bool struck = false;
  std::string folder;  // system calls elsewhere are nobody's business
  // Content on the medium by path; nullopt: no such file.
  std::map<std::string, std::optional<std::string>> durable;
  // Content of a file at its last sync, and what file a name on the medium means: a new name is
  // durable only when its folder was synced.
  std::map<ino_t, std::string> synced;
  std::map<std::string, ino_t> named;
};
[[nodiscard]] Disk& disk();

enum class Verdict { kWork, kFail, kFull, kHalf };
[[nodiscard]] Verdict next_change();

[[nodiscard]] std::optional<std::string> content_of(const std::string& path);
// What was there before anything changed counts as durable.
void know(const std::string& path);
// Its content now is on the medium; its name too, where its folder was synced.
void sync_file(const std::string& path);

}  // namespace vigil::vault::test
