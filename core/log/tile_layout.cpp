// SPDX-License-Identifier: Apache-2.0
#include "core/log/tile_layout.h"

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/log/decimal.h"

namespace vigil::log {

std::string tile_path(int level, std::uint64_t index, unsigned width) {
  CHECK(level >= kEntries && width >= 1 && width <= kTileWidth);
  std::string number = fmt::format("{:03}", index % 1000);
  for (std::uint64_t rest = index / 1000; rest > 0; rest /= 1000)
    number = fmt::format("x{:03}/{}", rest % 1000, number);
  std::string path = level == kEntries ? fmt::format("tile/entries/{}", number)
                                       : fmt::format("tile/{}/{}", level, number);
  if (width < kTileWidth) path += fmt::format(".p/{}", width);
  return path;
}

namespace {

// A later part of the same tile, which begins with all that the wanted one holds.
std::optional<std::string> larger_part(Files& files, const std::string& directory, unsigned width) {
  const auto names = files.list(directory);
  if (!names) return std::nullopt;
  for (const std::string& name : *names) {
    const auto number = parse_decimal(name);
    if (number && *number >= width && *number < kTileWidth) return directory + "/" + name;
  }
  return std::nullopt;
}

}  // namespace

Result<Bytes> read_tile_file(Files& files, const std::string& folder, int level,
                             std::uint64_t index, unsigned width) {
  const std::uint64_t limit_bytes =
      level == kEntries ? kEntryBundleLimitBytes : kTileWidth * kHashBytes;
  const auto absent = [](const Result<Bytes>& content) {
    return !content && content.error().kind == ErrorKind::kNotFound;
  };
  auto content = files.read(folder + "/" + tile_path(level, index, width), limit_bytes);
  if (!absent(content) || width == kTileWidth) return content;
  const std::string full = folder + "/" + tile_path(level, index, kTileWidth);
  auto full_content = files.read(full, limit_bytes);
  if (!absent(full_content)) return full_content;
  if (const auto part = larger_part(files, full + ".p", width))
    return files.read(*part, limit_bytes);
  return content;
}

std::optional<ByteView> take_entry(ByteView& rest) {
  if (rest.size() < 2) return std::nullopt;
  const std::size_t size = static_cast<std::size_t>(rest[0]) << 8 | rest[1];
  if (rest.size() < 2 + size) return std::nullopt;
  const ByteView entry = rest.subspan(2, size);
  rest = rest.subspan(2 + size);
  return entry;
}

}  // namespace vigil::log
