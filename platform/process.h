// SPDX-License-Identifier: Apache-2.0
//
// What a process that holds keys asks of the kernel before it holds any. Call first thing in main,
// from the only thread.
#pragma once

#include <cstdint>

#include "core/base/error.h"

namespace vigil::platform {

// The least locked memory that keys, passphrases and SQLCipher's page keys need together
// (measured: under 1 MiB with guard pages; the rest is room for several slots).
inline constexpr std::uint64_t kLockedMemoryNeeded_bytes = 4 * 1024 * 1024;

// No core dumps (RLIMIT_CORE 0), no dumping or tracing by this user's other processes
// (PR_SET_DUMPABLE 0), files private by default (umask 077), SIGPIPE ignored; raises the soft limit
// of locked memory to the hard one. Fails kUnavailable, "process.locked_memory", where even that is
// too little, saying how to raise it; "process.harden" where the kernel refuses the rest.
[[nodiscard]] Status harden_process();

}  // namespace vigil::platform
