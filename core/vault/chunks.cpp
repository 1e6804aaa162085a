// SPDX-License-Identifier: Apache-2.0
#include "core/vault/chunks.h"

#include <algorithm>

namespace vigil::vault {
namespace {

class ChunkFile final : public ReadableFile {
 public:
  ChunkFile(Vault& vault, const ChunkTable& table, std::int64_t owner, std::uint64_t size_bytes)
      : vault_(vault), table_(table), owner_(owner), size_bytes_(size_bytes) {}

  std::uint64_t size_bytes() const override { return size_bytes_; }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    return read_chunks(*store, table_, owner_, size_bytes_, offset, buffer);
  }

 private:
  Vault& vault_;
  const ChunkTable& table_;
  std::int64_t owner_;
  std::uint64_t size_bytes_;
};

class ChunkSource final : public crypto::Source {
 public:
  explicit ChunkSource(std::unique_ptr<ReadableFile> file) : file_(std::move(file)) {}

  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    VIGIL_ASSIGN(const std::size_t got, file_->read_at(offset_, buffer));
    offset_ += got;
    return got;
  }

 private:
  std::unique_ptr<ReadableFile> file_;
  std::uint64_t offset_ = 0;
};

}  // namespace

const ChunkTable kAttachmentChunks = {
    "INSERT INTO chunks (attachment, number, content) VALUES (?, ?, ?)",
    "SELECT substr(content, ?, ?) FROM chunks WHERE attachment = ? AND number = ?"};
const ChunkTable kMemberChunks = {
    "INSERT INTO member_chunks (member, number, content) VALUES (?, ?, ?)",
    "SELECT substr(content, ?, ?) FROM member_chunks WHERE member = ? AND number = ?"};

Status insert_chunk(Store& store, const ChunkTable& table, std::int64_t owner, std::uint64_t number,
                    ByteView content) {
  sql::Statement insert(store.database, table.insert);
  return insert.bind(owner).bind(static_cast<std::int64_t>(number)).bind(content).run();
}

Result<std::size_t> read_chunks(Store& store, const ChunkTable& table, std::int64_t owner,
                                std::uint64_t size_bytes, std::uint64_t offset,
                                std::span<std::uint8_t> buffer) {
  if (offset >= size_bytes) return 0;
  const std::size_t wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size_bytes - offset));
  std::size_t got = 0;
  while (got < wanted) {
    const std::uint64_t number = (offset + got) / kAttachmentChunkBytes;
    const std::uint64_t within = (offset + got) % kAttachmentChunkBytes;
    const std::uint64_t part =
        std::min<std::uint64_t>(wanted - got, kAttachmentChunkBytes - within);
    sql::Statement read(store.database, table.read);
    read.bind(static_cast<std::int64_t>(within + 1))
        .bind(static_cast<std::int64_t>(part))
        .bind(owner)
        .bind(static_cast<std::int64_t>(number));
    VIGIL_ASSIGN(const bool row, read.step());
    const ByteView content = row ? read.blob(0) : ByteView();
    if (content.size() != part) return std::unexpected(sql::error_of(11));  // SQLITE_CORRUPT
    std::ranges::copy(content, buffer.begin() + static_cast<std::ptrdiff_t>(got));
    got += content.size();
  }
  return got;
}

std::unique_ptr<ReadableFile> chunk_file(Vault& vault, const ChunkTable& table, std::int64_t owner,
                                         std::uint64_t size_bytes) {
  return std::make_unique<ChunkFile>(vault, table, owner, size_bytes);
}

std::unique_ptr<crypto::Source> chunk_source(Vault& vault, const ChunkTable& table,
                                             std::int64_t owner, std::uint64_t size_bytes) {
  return std::make_unique<ChunkSource>(chunk_file(vault, table, owner, size_bytes));
}

}  // namespace vigil::vault
