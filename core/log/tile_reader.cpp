// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/log/tile_layout.h"

namespace vigil::log {
namespace {

constexpr std::size_t kTilesKept = 16;  // 16 KiB each

std::unexpected<Error> bad_tile() {
  return fail(ErrorKind::kInvalid, "log.tile",
              "A file of the log is shorter than the log's size demands; fetch the log again.");
}
std::unexpected<Error> bad_size() {
  return fail(ErrorKind::kInvalid, "log.size", "There is no such entry in a log of this size.");
}

}  // namespace

Result<std::string> LogReader::checkpoint() {
  VIGIL_ASSIGN(const Bytes note, files_->read(folder_ + "/checkpoint", kNoteLimitBytes));
  return std::string(as_text(note));
}

Result<const LogReader::Tile*> LogReader::tile(unsigned level, std::uint64_t index,
                                               unsigned width) {
  const auto found = std::ranges::find_if(tiles_, [&](const Tile& tile) {
    return tile.level == level && tile.index == index && tile.nodes[0].size() >= width;
  });
  if (found != tiles_.end()) {
    tiles_.splice(tiles_.begin(), tiles_, found);
    return &tiles_.front();
  }
  VIGIL_ASSIGN(const Bytes content,
               read_tile_file(*files_, folder_, static_cast<int>(level), index, width));
  if (content.size() % kHashBytes != 0 || content.size() < width * kHashBytes) return bad_tile();

  Tile tile{level, index, {}};
  for (std::size_t at = 0; at < content.size(); at += kHashBytes) {
    Hash& hash = tile.nodes[0].emplace_back();
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), kHashBytes, hash.begin());
  }
  for (std::size_t k = 1; k < kTileLevels; ++k) {
    const auto& below = tile.nodes[k - 1];
    for (std::size_t i = 0; i + 1 < below.size(); i += 2)
      tile.nodes[k].push_back(node_hash(below[i], below[i + 1]));
  }
  if (tiles_.size() == kTilesKept) tiles_.pop_back();
  tiles_.push_front(std::move(tile));
  return &tiles_.front();
}

Result<Hash> LogReader::node(unsigned level, std::uint64_t index, std::uint64_t size) {
  if (level >= 64 || index >= size >> level) return bad_size();
  const unsigned tile_level = level / kTileLevels;
  const unsigned within = level % kTileLevels;
  const std::uint64_t first_hash = index << within;
  const std::uint64_t tile_index = first_hash / kTileWidth;
  VIGIL_ASSIGN(const Tile* tile,
               this->tile(tile_level, tile_index, tile_width(tile_level, tile_index, size)));
  return tile->nodes[within][(first_hash % kTileWidth) >> within];
}

Result<Bytes> LogReader::entry(std::uint64_t index, std::uint64_t size) {
  if (index >= size) return bad_size();
  const std::uint64_t bundle = index / kTileWidth;
  VIGIL_ASSIGN(const Bytes content,
               read_tile_file(*files_, folder_, kEntries, bundle, tile_width(0, bundle, size)));
  ByteView rest(content);
  for (std::uint64_t i = bundle * kTileWidth;; ++i) {
    const auto entry = take_entry(rest);
    if (!entry) return bad_tile();
    if (i == index) return Bytes(entry->begin(), entry->end());
  }
}

Status LogReader::visit_entries(std::uint64_t size, const Hash& root, const EntryVisitor& visit) {
  RunningRoot running;
  for (std::uint64_t index = 0; index < size;) {
    const std::uint64_t bundle = index / kTileWidth;
    const unsigned width = tile_width(0, bundle, size);
    VIGIL_ASSIGN(const Bytes content, read_tile_file(*files_, folder_, kEntries, bundle, width));
    ByteView rest(content);
    for (unsigned i = 0; i < width; ++i, ++index) {
      const auto entry = take_entry(rest);
      if (!entry) return bad_tile();
      running.add(leaf_hash(*entry));
      VIGIL_TRY(visit(index, *entry));
    }
  }
  if (running.root() != root)
    return fail(ErrorKind::kInvalid, "log.root",
                "The log's entries are not those that its checkpoint was signed for.");
  return {};
}

Result<Proof> LogReader::prove_inclusion(std::uint64_t index, std::uint64_t size) {
  return inclusion_proof(index, size, [this, size](unsigned level, std::uint64_t node_index) {
    return node(level, node_index, size);
  });
}

Result<Proof> LogReader::prove_consistency(std::uint64_t old_size, std::uint64_t new_size) {
  return consistency_proof(old_size, new_size,
                           [this, new_size](unsigned level, std::uint64_t node_index) {
                             return node(level, node_index, new_size);
                           });
}

}  // namespace vigil::log
