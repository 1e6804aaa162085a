// SPDX-License-Identifier: Apache-2.0
//
// What somebody typed that is no answer yet (a date whose hour is not known), beside the answers of
// an open record: in no journal and no bundle. A row goes with the next answer of its ref, with its
// repeat instance, its record, its visit, and when that is sealed.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/vault/answers.h"
#include "core/vault/ids.h"
#include "core/vault/vault.h"

namespace vigil::vault {

// Longer than any field of a form should be; so many as nobody leaves behind by hand.
inline constexpr std::size_t kUnfinishedLimitBytes = 64 * 1024;
inline constexpr std::size_t kUnfinishedLimit = 200;

// "" forgets it. One durable transaction; none where it is so already. kNotFound "record.absent";
// kConflict "answers.instance"; kInvalid "answers.ref", "unfinished.limit".
[[nodiscard]] Status keep_unfinished(Vault& vault, RecordId record, std::string_view ref,
                                     std::string_view typed);
[[nodiscard]] Result<std::vector<Answer>> unfinished(Vault& vault, RecordId record);

}  // namespace vigil::vault
