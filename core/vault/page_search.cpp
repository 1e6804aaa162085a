// SPDX-License-Identifier: Apache-2.0
#include "core/vault/page_search.h"

#include <algorithm>

#include "core/vault/store.h"

namespace vigil::vault {
namespace {

// UTF-16LE of the ASCII part of a word; other letters are looked for in UTF-8 only.
std::string wide(const std::string& word) {
  std::string text;
  for (const char c : word) {
    text.push_back(c);
    text.push_back('\0');
  }
  return text;
}

}  // namespace

Result<PageSearch> search_pages(Vault& vault, const std::vector<std::string>& words) {
  VIGIL_ASSIGN(Store * store, vault.store());
  std::vector<std::string> needles;
  for (const std::string& word : words) {
    if (word.empty()) continue;
    needles.push_back(word);
    needles.push_back(wide(word));
  }
  PageSearch found;
  VIGIL_ASSIGN(const std::int64_t count, store->database.integer("PRAGMA page_count"));
  for (std::int64_t number = 1; number <= count; ++number) {
    sql::Statement page_of(store->database, "SELECT data FROM sqlite_dbpage WHERE pgno = ?");
    VIGIL_ASSIGN(const bool row, page_of.bind(number).step());
    if (!row) continue;
    ++found.pages;
    const std::string_view page = as_text(page_of.blob(0));
    found.pages_matched += std::ranges::any_of(needles, [&](const std::string& needle) {
      return page.find(needle) != std::string_view::npos;
    });
  }
  return found;
}

}  // namespace vigil::vault
