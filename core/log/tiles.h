// SPDX-License-Identifier: Apache-2.0
//
// The log on disk as C2SP tlog-tiles: static files under one folder (checkpoint, tile/<L>/<N>,
// tile/entries/<N>), so a stick carries a log and any web server serves one. docs/formats/log.md.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/log/note.h"

namespace vigil::log {

inline constexpr std::size_t kEntryLimitBytes = 65535;  // uint16 length in entry bundles
inline constexpr unsigned kTileWidth = 256;             // hashes a full tile
inline constexpr unsigned kTileLevels = 8;              // tree levels a tile spans

// "tile/0/x001/234", with ".p/W" for a partial tile of W < 256. `level` -1 means entries.
[[nodiscard]] std::string tile_path(int level, std::uint64_t index, unsigned width);

// Reads a log from a folder (or a mirror of one). Checks nothing by itself: verify the checkpoint,
// then the entries against its root. Keeps the few tiles it used last, so one reader answers many
// proofs quickly. Thread: one at a time. kNotFound: a tile is missing; kInvalid "log.tile": it is
// not of the length that the log's size demands; kInvalid "log.size": no log of this size has it.
class LogReader {
 public:
  // `files` must outlive the reader.
  LogReader(Files& files, std::string folder) : files_(&files), folder_(std::move(folder)) {}
  [[nodiscard]] Result<std::string> checkpoint();  // the signed note
  [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index, std::uint64_t size);
  [[nodiscard]] Result<Bytes> entry(std::uint64_t index, std::uint64_t size);
  // All entries 0..size-1 in order, each handed over once; their root is recomputed as they pass
  // and must equal `root`, kInvalid "log.root".
  using EntryVisitor = std::function<Status(std::uint64_t index, ByteView entry)>;
  [[nodiscard]] Status visit_entries(std::uint64_t size, const Hash& root,
                                     const EntryVisitor& visit);
  [[nodiscard]] Result<Proof> prove_inclusion(std::uint64_t index, std::uint64_t size);
  [[nodiscard]] Result<Proof> prove_consistency(std::uint64_t old_size, std::uint64_t new_size);

 private:
  struct Tile {
    unsigned level;
    std::uint64_t index;
    // nodes[k] are the complete subtrees of 2^k hashes of the tile; nodes[0] is what the file
    // holds.
    std::array<std::vector<Hash>, kTileLevels> nodes;
  };
  Result<const Tile*> tile(unsigned level, std::uint64_t index, unsigned width);

  Files* files_;
  std::string folder_;
  std::list<Tile> tiles_;  // the one used last in front
};

// Appends. One writer at a time; a crash at any point leaves the last signed checkpoint true.
// Memory is one tile a level and one entry bundle, whatever the log's size.
class LogWriter {
 public:
  // Opens the log in `folder`, or starts an empty one there with a signed checkpoint of size 0. An
  // existing checkpoint must verify with this key (kInvalid, codes of verify_checkpoint()), and the
  // tiles at its right edge must lead to its root (kInvalid "log.root"). Entries written behind the
  // last checkpoint by a writer that crashed are overwritten. `files` must outlive the writer.
  [[nodiscard]] static Result<LogWriter> open(Files& files, std::string folder, SignerKey key);
  [[nodiscard]] std::uint64_t size() const { return checkpoint_.size; }
  [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }
  [[nodiscard]] const std::string& signed_checkpoint() const { return note_; }
  // Appends in order, signs and syncs one checkpoint for all of them. Returns the first index.
  // kUsage "log.entry_size": an entry is longer than kEntryLimitBytes, nothing was appended. A
  // kStorage failure appends nothing, unless it struck while the checkpoint was being replaced:
  // then only the disk knows, and the writer refuses all further work with kUnavailable
  // "log.reopen".
  [[nodiscard]] Result<std::uint64_t> append(const std::vector<ByteView>& entries);
  // tlog-proof of one entry against the current checkpoint.
  [[nodiscard]] Result<std::string> receipt(std::uint64_t index);
  // The same against an earlier checkpoint of this log, which is repeated verbatim. Requires:
  // `note` was checked with owns() and covers the entry.
  [[nodiscard]] Result<std::string> receipt(std::uint64_t index, std::string_view note);
  // Whether this log, as it is now, begins with what `checkpoint` was signed for.
  [[nodiscard]] Result<bool> owns(const Checkpoint& checkpoint);

 private:
  // The right edge of the tree: per tile level the hashes of its last tile while that is not full,
  // and the last entry bundle likewise.
  struct Edge {
    std::vector<std::vector<Hash>> tiles;
    Bytes entries;
  };
  struct Pending;  // what one append has made and not yet signed

  LogWriter(Files& files, std::string folder, SignerKey key);
  Status load_edge();
  Status add_entry(ByteView entry, Pending& pending);
  Status add_hash(unsigned level, const Hash& hash, Pending& pending);
  Status write_partial_tiles(Pending& pending);
  Status make_directory_of(const std::string& full_path);
  Status write_file(const std::string& path, ByteView content);
  Status write_full(const std::string& path, ByteView content, Pending& pending);
  Status publish(const Checkpoint& checkpoint);
  void remove_partials(const std::vector<std::string>& full_tiles);

  Files* files_;
  std::string folder_;
  SignerKey key_;
  Checkpoint checkpoint_;
  std::string note_;
  Edge edge_;
  LogReader reader_;
  std::string last_directory_;  // made already
  bool uncertain_ = false;      // a checkpoint may or may not have been replaced
};

}  // namespace vigil::log
