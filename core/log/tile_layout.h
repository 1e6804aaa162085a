// SPDX-License-Identifier: Apache-2.0
//
// Which tile holds what in a log of a given size (C2SP tlog-tiles.md). Internal to core/log.
#pragma once

#include <cstdint>
#include <string>

#include "core/log/tiles.h"

namespace vigil::log {

inline constexpr int kEntries = -1;  // the "level" of entry bundles in tile_path()
inline constexpr std::size_t kHashBytes = 32;
inline constexpr std::uint64_t kEntryBundleLimitBytes =
    std::uint64_t{kTileWidth} * (2 + kEntryLimitBytes);

// Complete hashes on a tile level: each covers 256^level leaves.
[[nodiscard]] constexpr std::uint64_t hashes_on_level(unsigned tile_level, std::uint64_t size) {
  const unsigned shift = tile_level * kTileLevels;
  return shift >= 64 ? 0 : size >> shift;
}

// How many hashes tile `index` of a level holds; 0 where it does not exist.
[[nodiscard]] constexpr unsigned tile_width(unsigned tile_level, std::uint64_t index,
                                            std::uint64_t size) {
  const std::uint64_t hashes = hashes_on_level(tile_level, size);
  if (index < hashes / kTileWidth) return kTileWidth;
  return index == hashes / kTileWidth ? static_cast<unsigned>(hashes % kTileWidth) : 0;
}

// Reads a tile or entry bundle: the partial file where `width` < 256, or, where no checkpoint was
// signed at this very size or the tile has been filled since, the full one or a larger part. May
// hold more than `width` items then.
[[nodiscard]] Result<Bytes> read_tile_file(Files& files, const std::string& folder, int level,
                                           std::uint64_t index, unsigned width);

// Walks an entry bundle: takes the next entry off `rest`. nullopt where it is cut short.
[[nodiscard]] std::optional<ByteView> take_entry(ByteView& rest);

}  // namespace vigil::log
