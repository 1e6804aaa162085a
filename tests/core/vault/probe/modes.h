// SPDX-License-Identifier: Apache-2.0
//
// What the child process of vault tests can do.
#pragma once

#include <cstdint>
#include <string>

namespace vigil::vault::probe {

// Steps on standard output, each begun ("?" and what it will do) and acknowledged ("+").
int fill(const std::string& folder, const std::string& key_hex, std::uint64_t seed);

int freeze(const std::string& folder, const std::string& key_hex, int schema_version);

// Fills the file system that `folder` is on until the vault says it is full, and looks whether all
// that was acknowledged is there and work goes on once there is room. Says "ok", or what was wrong.
int fill_disk(const std::string& folder, const std::string& key_hex);

int attach(const std::string& folder, const std::string& key_hex, std::uint64_t size_bytes);

}  // namespace vigil::vault::probe
