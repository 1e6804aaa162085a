// SPDX-License-Identifier: Apache-2.0
//
// Looks for words in every decrypted page of the database, free pages and forgotten gaps included:
// the check behind "its words are no longer anywhere". What lies across a page border, compressed
// or in the sealed bundles is not found. Holds the
// whole decrypted database in memory for that moment, and wipes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/vault/vault.h"

namespace vigil::vault {

struct PageSearch {
  std::int64_t pages = 0;          // looked at
  std::int64_t pages_matched = 0;  // with at least one of the words, in UTF-8 or UTF-16LE
};
[[nodiscard]] Result<PageSearch> search_pages(Vault& vault, const std::vector<std::string>& words);

}  // namespace vigil::vault
