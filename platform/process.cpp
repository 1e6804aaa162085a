// SPDX-License-Identifier: Apache-2.0
#include "platform/process.h"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace vigil::platform {
namespace {

Status allow_locked_memory() {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_MEMLOCK, &limit) < 0) return {};
  if (limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    // A refusal shows below: what counts is the limit we end with.
    ::setrlimit(RLIMIT_MEMLOCK, &limit);
    ::getrlimit(RLIMIT_MEMLOCK, &limit);
  }
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= kLockedMemoryNeeded_bytes) return {};
  return fail(ErrorKind::kUnavailable, "process.locked_memory",
              fmt::format("This user may lock only {} KiB of memory and keys need {} KiB; raise "
                          "'memlock' in /etc/security/limits.conf and log in again.",
                          limit.rlim_cur / 1024, kLockedMemoryNeeded_bytes / 1024));
}

}  // namespace

Status harden_process() {
  ::umask(077);
  std::signal(SIGPIPE, SIG_IGN);
  constexpr rlimit kNoCore = {0, 0};
  if (::setrlimit(RLIMIT_CORE, &kNoCore) < 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) {
    return fail(ErrorKind::kUnavailable, "process.harden",
                fmt::format("The system does not let this program forbid memory dumps ({}); run it "
                            "outside of a debugger or sandbox.",
                            std::generic_category().message(errno)));
  }
  return allow_locked_memory();
}

}  // namespace vigil::platform
