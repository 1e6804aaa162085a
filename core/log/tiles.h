// SPDX-License-Identifier: Apache-2.0
//
// The log on disk as C2SP tlog-tiles: static files under one folder (checkpoint, tile/<L>/<N>,
// tile/entries/<N>), so a stick carries a log and any web server serves one. docs/formats/log.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/log/note.h"

namespace vigil::log {

inline constexpr std::size_t kEntryLimitBytes = 65535;  // uint16 length in entry bundles
inline constexpr unsigned kTileWidth = 256;             // hashes a full tile
inline constexpr unsigned kTileLevels = 8;              // tree levels a tile spans

// "tile/0/x001/234", with ".p/W" for a partial tile of W < 256. `level` -1 means entries.
[[nodiscard]] std::string tile_path(int level, std::uint64_t index, unsigned width);

// Reads a log from a folder (or a mirror of one). Checks nothing by itself: verify the checkpoint,
// then the entries against its root.
class LogReader {
 public:
  LogReader(Files& files, std::string folder) : files_(files), folder_(std::move(folder)) {}
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
  Files& files_;
  std::string folder_;
};

// Appends. One writer at a time; a crash at any point leaves the last signed checkpoint true.
class LogWriter {
 public:
  // Opens the log in `folder`, or starts an empty one there with a signed checkpoint of size 0. An
  // existing checkpoint must verify with this key. Entries written behind the last checkpoint by a
  // writer that crashed are overwritten.
  [[nodiscard]] static Result<LogWriter> open(Files& files, std::string folder, SignerKey key);
  [[nodiscard]] std::uint64_t size() const { return checkpoint_.size; }
  [[nodiscard]] const std::string& signed_checkpoint() const { return note_; }
  // Appends in order, signs and syncs one checkpoint for all of them. Returns the first index.
  [[nodiscard]] Result<std::uint64_t> append(const std::vector<ByteView>& entries);
  // tlog-proof of one entry against the current checkpoint.
  [[nodiscard]] Result<std::string> receipt(std::uint64_t index);

 private:
  LogWriter(Files& files, std::string folder, SignerKey key);
  Files* files_;
  std::string folder_;
  SignerKey key_;
  Checkpoint checkpoint_;
  std::string note_;
};

}  // namespace vigil::log
