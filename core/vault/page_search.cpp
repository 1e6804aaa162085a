// SPDX-License-Identifier: Apache-2.0
#include "core/vault/page_search.h"

#include <algorithm>
#include <span>

#include <sqlite3.h>

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
  VIGIL_ASSIGN(const std::int64_t page_bytes, store->database.integer("PRAGMA page_size"));
  sqlite3_int64 size_bytes = 0;
  unsigned char* image = sqlite3_serialize(store->database.handle(), "main", &size_bytes, 0);
  if (image == nullptr) {
    return fail(ErrorKind::kStorage, "vault.memory",
                "There is not enough memory to look through the whole vault at once.");
  }
  const std::span<unsigned char> pages(image, static_cast<std::size_t>(size_bytes));
  for (std::size_t at = 0; at < pages.size(); at += static_cast<std::size_t>(page_bytes)) {
    ++found.pages;
    const std::string_view page = as_text(
        pages.subspan(at, std::min(pages.size() - at, static_cast<std::size_t>(page_bytes))));
    found.pages_matched += std::ranges::any_of(needles, [&](const std::string& needle) {
      return page.find(needle) != std::string_view::npos;
    });
  }
  crypto::wipe(pages);
  sqlite3_free(image);
  return found;
}

}  // namespace vigil::vault
