// SPDX-License-Identifier: Apache-2.0
//
// Wrong passphrases make the next try wait. The count is written before a try and removed after
// success, so neither a restart nor a kill forgets it. core/vault's own but for wait_left_ms().
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.h"
#include "core/vault/vault.h"

namespace vigil::vault {

// Two slips of the finger are free; then 2 s, doubling, up to an hour.
[[nodiscard]] std::int64_t wait_after_ms(std::int64_t failures);

// How long the wait still is, 0 where a try is free.
[[nodiscard]] std::int64_t wait_left_ms(const Host& host, const std::string& folder);

// Refuses while the wait is on, else counts this try. kUnavailable "vault.backoff".
[[nodiscard]] Status begin_try(const Host& host, const std::string& folder);
// The passphrase was right.
[[nodiscard]] Status forget_tries(const Host& host, const std::string& folder);

}  // namespace vigil::vault
