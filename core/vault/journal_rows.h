// SPDX-License-Identifier: Apache-2.0
//
// Appending to a record's journal inside a transaction, and reading its rows. core/vault's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/vault/ids.h"
#include "core/vault/journal.h"
#include "core/vault/store.h"

namespace vigil::vault {

struct NewEvent {
  EventKind kind = EventKind::kSet;
  std::string_view ref;
  std::optional<crypto::Blake2b256> value_hash = std::nullopt;
  bool undo = false;
};
// Returns its sequence. Requires: a transaction.
[[nodiscard]] Result<std::int64_t> append_event(Store& store, RecordId record,
                                                const NewEvent& event);
[[nodiscard]] Result<Bytes> read_journal(Store& store, RecordId record);
// Answers and flags with their salts.
[[nodiscard]] Result<std::vector<CurrentValue>> read_current(Store& store, RecordId record);
[[nodiscard]] ValueSalt random_salt();

}  // namespace vigil::vault
