// SPDX-License-Identifier: Apache-2.0
//
// The offsets are those of SQLite's file format (sqlite.org/fileformat2.html, "B-tree Pages").
#include "core/vault/scrub.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace vigil::vault {
namespace {

constexpr std::size_t kFileHeaderBytes = 100;  // in front of the tree on page 1
constexpr std::uint8_t kInteriorIndex = 2;
constexpr std::uint8_t kInteriorTable = 5;
constexpr std::uint8_t kLeafIndex = 10;
constexpr std::uint8_t kLeafTable = 13;

std::size_t two_bytes(ByteView page, std::size_t at) {
  return (std::size_t{page[at]} << 8) | page[at + 1];
}
std::int64_t four_bytes(ByteView page, std::size_t at) {
  return static_cast<std::int64_t>((two_bytes(page, at) << 16) | two_bytes(page, at + 2));
}

struct TreePage {
  std::vector<std::int64_t> children;
  std::optional<Bytes> scrubbed;  // where the gap was not zero
};

Error damaged() {
  return sql::error_of(11);
}  // SQLITE_CORRUPT

Result<TreePage> look_at(std::int64_t number, ByteView page) {
  const std::size_t start = number == 1 ? kFileHeaderBytes : 0;
  if (page.size() < 512) return std::unexpected(damaged());
  const std::uint8_t type = page[start];
  const bool interior = type == kInteriorIndex || type == kInteriorTable;
  if (!interior && type != kLeafIndex && type != kLeafTable) return std::unexpected(damaged());
  const std::size_t cells = two_bytes(page, start + 3);
  std::size_t content = two_bytes(page, start + 5);
  if (content == 0) content = 65536;
  const std::size_t pointers = start + (interior ? 12 : 8);
  const std::size_t gap = pointers + 2 * cells;
  if (gap > content || gap > page.size() || content > page.size()) {
    return std::unexpected(damaged());
  }
  TreePage result;
  if (interior) {
    for (std::size_t i = 0; i < cells; ++i) {
      const std::size_t cell = two_bytes(page, pointers + 2 * i);
      if (cell + 4 > page.size()) return std::unexpected(damaged());
      result.children.push_back(four_bytes(page, cell));
    }
    result.children.push_back(four_bytes(page, start + 8));
  }
  const ByteView unused = page.subspan(gap, content - gap);
  if (std::ranges::any_of(unused, [](std::uint8_t byte) { return byte != 0; })) {
    result.scrubbed = Bytes(page.begin(), page.end());
    std::fill_n(result.scrubbed->begin() + static_cast<std::ptrdiff_t>(gap), content - gap, 0);
  }
  return result;
}

Status scrub_tree(sql::Database& database, std::int64_t root) {
  std::vector<std::int64_t> waiting{root};
  std::set<std::int64_t> seen;  // a damaged tree may point in circles
  while (!waiting.empty()) {
    const std::int64_t number = waiting.back();
    waiting.pop_back();
    if (!seen.insert(number).second) return std::unexpected(damaged());
    TreePage page;
    {
      sql::Statement read(database, "SELECT data FROM sqlite_dbpage WHERE pgno = ?");
      read.bind(number);
      VIGIL_ASSIGN(const bool row, read.step());
      if (!row) return std::unexpected(damaged());
      VIGIL_ASSIGN(page, look_at(number, read.blob(0)));
    }
    if (page.scrubbed.has_value()) {
      sql::Statement write(database, "UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?");
      VIGIL_TRY(write.bind(ByteView(*page.scrubbed)).bind(number).run());
      crypto::wipe(*page.scrubbed);
    }
    waiting.insert(waiting.end(), page.children.begin(), page.children.end());
  }
  return {};
}

}  // namespace

Status scrub_gaps(sql::Database& database) {
  std::optional<sql::Transaction> own;
  if (!database.in_transaction()) {
    VIGIL_ASSIGN(own, sql::Transaction::begin(database));
  }
  std::vector<std::int64_t> roots{1};
  {
    sql::Statement trees(database, "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0");
    while (true) {
      VIGIL_ASSIGN(const bool row, trees.step());
      if (!row) break;
      roots.push_back(trees.integer(0));
    }
  }
  for (const std::int64_t root : roots) VIGIL_TRY(scrub_tree(database, root));
  return own.has_value() ? own->commit() : Status{};
}

}  // namespace vigil::vault
