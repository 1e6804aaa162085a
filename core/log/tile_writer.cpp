// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/base/check.h"
#include "core/log/receipt.h"
#include "core/log/tile_batch.h"
#include "core/log/tile_layout.h"

namespace vigil::log {
namespace {

Bytes tile_content(const std::vector<Hash>& hashes) {
  Bytes content;
  content.reserve(hashes.size() * kHashBytes);
  for (const Hash& hash : hashes) content.insert(content.end(), hash.begin(), hash.end());
  return content;
}

// A full tile's only hash on the level above.
Hash fold(std::vector<Hash> hashes) {
  while (hashes.size() > 1) {
    for (std::size_t i = 0; i < hashes.size() / 2; ++i)
      hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
    hashes.resize(hashes.size() / 2);
  }
  return hashes.front();
}

// The root from the right edge alone: every complete subtree that ends at the edge lies in the
// unfinished last tile of its level. Folded from the smallest (rightmost) subtree to the largest.
Hash edge_root(const std::vector<std::vector<Hash>>& tiles, std::uint64_t size) {
  std::optional<Hash> root;
  for (unsigned level = 0; level < 64; ++level) {
    if ((size >> level & 1) == 0) continue;
    const std::vector<Hash>& tile = tiles[level / kTileLevels];
    const std::uint64_t begin = (((size >> level) - 1) << level % kTileLevels) % kTileWidth;
    const std::uint64_t length = std::uint64_t{1} << level % kTileLevels;
    CHECK(begin + length <= tile.size());
    const auto first = tile.begin() + static_cast<std::ptrdiff_t>(begin);
    const Hash subtree = fold({first, first + static_cast<std::ptrdiff_t>(length)});
    root = root ? node_hash(subtree, *root) : subtree;
  }
  return root.value_or(empty_root());
}

std::string directory_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

}  // namespace

struct LogWriter::Pending {
  Edge edge;
  std::uint64_t size = 0;
  std::vector<std::string> full_tiles;  // paths; their partial files are of no more use
  TileBatch batch;
};

LogWriter::LogWriter(Files& files, std::string folder, SignerKey key)
    : files_(&files), folder_(std::move(folder)), key_(std::move(key)), reader_(files, folder_) {}

Result<LogWriter> LogWriter::open(Files& files, std::string folder, SignerKey key) {
  CHECK(key.verifier().type == KeyType::kLog);
  LogWriter writer(files, std::move(folder), std::move(key));
  auto note = writer.reader_.checkpoint();
  if (!note && note.error().kind == ErrorKind::kNotFound) {
    VIGIL_TRY(files.make_directories(writer.folder_));
    VIGIL_TRY(writer.publish({writer.key_.verifier().name, 0, empty_root()}));
    return writer;
  }
  if (!note) return std::unexpected(std::move(note).error());
  VIGIL_ASSIGN(auto verified, verify_checkpoint(*note, writer.key_.verifier(), {}, 0));
  writer.checkpoint_ = std::move(verified.checkpoint);
  writer.note_ = std::move(*note);
  VIGIL_TRY(writer.load_edge());
  return writer;
}

Status LogWriter::load_edge() {
  const std::uint64_t size = checkpoint_.size;
  for (unsigned level = 0; hashes_on_level(level, size) > 0; ++level) {
    const std::uint64_t index = hashes_on_level(level, size) / kTileWidth;
    const unsigned width = tile_width(level, index, size);
    std::vector<Hash>& hashes = edge_.tiles.emplace_back();
    for (unsigned i = 0; i < width; ++i) {
      VIGIL_ASSIGN(hashes.emplace_back(),
                   reader_.node(level * kTileLevels, index * kTileWidth + i, size));
    }
  }
  if (edge_root(edge_.tiles, size) != checkpoint_.root)
    return fail(ErrorKind::kInvalid, "log.root",
                "The log's tiles are not those its checkpoint was signed for; restore the folder.");
  const std::uint64_t bundle = size / kTileWidth;
  const unsigned width = tile_width(0, bundle, size);
  if (width == 0) return {};
  VIGIL_ASSIGN(const Bytes content, read_tile_file(*files_, folder_, kEntries, bundle, width));
  ByteView rest(content);
  for (unsigned i = 0; i < width; ++i) {
    const auto entry = take_entry(rest);
    if (!entry || leaf_hash(*entry) != edge_.tiles[0][i])
      return fail(ErrorKind::kInvalid, "log.root",
                  "The log's entries are not those its checkpoint was signed for; restore the "
                  "folder.");
  }
  edge_.entries.assign(content.begin(), content.end() - static_cast<std::ptrdiff_t>(rest.size()));
  return {};
}

Result<std::uint64_t> LogWriter::append(const std::vector<ByteView>& entries) {
  for (const ByteView entry : entries) {
    if (entry.size() > kEntryLimitBytes)
      return fail(ErrorKind::kUsage, "log.entry_size", "An entry is too long for the log.");
  }
  if (uncertain_)
    return fail(ErrorKind::kUnavailable, "log.reopen",
                "The log must be opened again after the disk has failed.");
  const std::uint64_t first = checkpoint_.size;
  if (entries.empty()) return first;
  Pending pending{edge_, first, {}, TileBatch(*files_)};
  for (const ByteView entry : entries) VIGIL_TRY(add_entry(entry, pending));
  VIGIL_TRY(pending.batch.finish());
  VIGIL_TRY(write_partial_tiles(pending));
  VIGIL_TRY(
      publish({checkpoint_.origin, pending.size, edge_root(pending.edge.tiles, pending.size)}));
  edge_ = std::move(pending.edge);
  remove_partials(pending.full_tiles);
  return first;
}

Status LogWriter::add_entry(ByteView entry, Pending& pending) {
  Bytes& bundle = pending.edge.entries;
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
  ++pending.size;
  if (pending.size % kTileWidth == 0) {
    const std::string path = tile_path(kEntries, pending.size / kTileWidth - 1, kTileWidth);
    VIGIL_TRY(write_full(path, bundle, pending));
    bundle.clear();
  }
  return add_hash(0, leaf_hash(entry), pending);
}

Status LogWriter::add_hash(unsigned level, const Hash& hash, Pending& pending) {
  auto& tiles = pending.edge.tiles;
  if (level == tiles.size()) tiles.emplace_back();
  tiles[level].push_back(hash);
  if (tiles[level].size() < kTileWidth) return {};
  const std::uint64_t index = hashes_on_level(level, pending.size) / kTileWidth - 1;
  const std::string path = tile_path(static_cast<int>(level), index, kTileWidth);
  VIGIL_TRY(write_full(path, tile_content(tiles[level]), pending));
  const Hash above = fold(std::move(tiles[level]));
  tiles[level].clear();
  return add_hash(level + 1, above, pending);
}

Status LogWriter::write_partial_tiles(Pending& pending) {
  for (unsigned level = 0; level < pending.edge.tiles.size(); ++level) {
    const std::vector<Hash>& tile = pending.edge.tiles[level];
    const std::uint64_t hashes = hashes_on_level(level, pending.size);
    if (tile.empty() || hashes == hashes_on_level(level, checkpoint_.size)) continue;
    VIGIL_TRY(write_file(
        tile_path(static_cast<int>(level), hashes / kTileWidth, static_cast<unsigned>(tile.size())),
        tile_content(tile)));
  }
  if (pending.edge.entries.empty()) return {};
  return write_file(tile_path(kEntries, pending.size / kTileWidth,
                              static_cast<unsigned>(pending.size % kTileWidth)),
                    pending.edge.entries);
}

Status LogWriter::make_directory_of(const std::string& full_path) {
  const std::string directory = directory_of(full_path);
  if (directory == last_directory_) return {};
  VIGIL_TRY(files_->make_directories(directory));
  last_directory_ = directory;
  return {};
}

Status LogWriter::write_file(const std::string& path, ByteView content) {
  const std::string full_path = folder_ + "/" + path;
  VIGIL_TRY(make_directory_of(full_path));
  return files_->write_atomically(full_path, content, false);
}

Status LogWriter::write_full(const std::string& path, ByteView content, Pending& pending) {
  const std::string full_path = folder_ + "/" + path;
  VIGIL_TRY(make_directory_of(full_path));
  pending.full_tiles.push_back(path);
  return pending.batch.add(full_path, Bytes(content.begin(), content.end()));
}

// Everything the checkpoint speaks of is on the medium before it is.
Status LogWriter::publish(const Checkpoint& checkpoint) {
  std::string note = sign_checkpoint(checkpoint, key_);
  // Signing another checkpoint of this size after a failure could show two faces of one log.
  uncertain_ = true;
  VIGIL_TRY(files_->write_atomically(folder_ + "/checkpoint", as_bytes(note), false));
  uncertain_ = false;
  checkpoint_ = checkpoint;
  note_ = std::move(note);
  return {};
}

// Only tidiness: a reader with an older checkpoint takes the full tile instead, and a file that
// could not be removed harms nobody.
void LogWriter::remove_partials(const std::vector<std::string>& full_tiles) {
  for (const std::string& path : full_tiles) {
    const std::string directory = folder_ + "/" + path + ".p";
    const auto names = files_->list(directory);
    if (!names) continue;
    for (const std::string& name : *names) {
      const Status removed = files_->remove(directory + "/" + name);
      if (!removed) return;
    }
  }
}

Result<std::string> LogWriter::receipt(std::uint64_t index) {
  VIGIL_ASSIGN(Proof proof, reader_.prove_inclusion(index, checkpoint_.size));
  return emit_receipt({index, std::move(proof), note_});
}

Result<std::string> LogWriter::receipt(std::uint64_t index, std::string_view note) {
  VIGIL_ASSIGN(const Checkpoint earlier, read_checkpoint_unverified(note));
  VIGIL_ASSIGN(Proof proof, reader_.prove_inclusion(index, earlier.size));
  return emit_receipt({index, std::move(proof), std::string(note)});
}

Result<bool> LogWriter::owns(const Checkpoint& checkpoint) {
  if (checkpoint.origin != checkpoint_.origin || checkpoint.size > checkpoint_.size) return false;
  VIGIL_ASSIGN(const Hash root, tree_root(checkpoint.size, [&](unsigned level, std::uint64_t i) {
                 return reader_.node(level, i, checkpoint_.size);
               }));
  return root == checkpoint.root;
}

}  // namespace vigil::log
