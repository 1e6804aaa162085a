// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/secret_bytes.h"

#include <sodium.h>
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <utility>

#include "core/base/check.h"

namespace vigil::crypto {
namespace {

std::atomic<bool> lock_failed{false};

// Each secret takes a page of the RLIMIT_MEMLOCK allowance; the soft limit is often far below the
// hard one, and raising it needs no privilege.
void raise_lock_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_MEMLOCK, &limit);
}

// sodium_malloc() locks its pages but keeps quiet when the system refuses. Locking them once more
// tells whether they are.
void demand_lock(std::uint8_t* data, std::size_t size_bytes) {
  if (mlock_is_held(data, size_bytes)) return;
  if (!lock_failed.exchange(true))
    std::fputs(
        "warning: the system refuses to lock memory, so keys may be written to swap; raise the "
        "limit (ulimit -l) or turn swap off\n",
        stderr);
}

}  // namespace
}  // namespace vigil::crypto
