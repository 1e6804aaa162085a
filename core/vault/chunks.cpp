// SPDX-License-Identifier: Apache-2.0
#include "core/vault/chunks.h"

#include <algorithm>
#include <optional>

#include "core/crypto/passphrase.h"

namespace vigil::vault {
namespace {

// A chunk cannot be taken for another of the same owner.
std::string chunk_context(std::uint64_t number) {
  return "vigil-vault-1 chunk " + std::to_string(number);
}

class ChunkFile final : public ReadableFile {
 public:
  ChunkFile(Vault& vault, const ChunkTable& table, std::int64_t owner, crypto::SecretBytes key,
            std::uint64_t size_bytes)
      : vault_(vault),
        table_(table),
        owner_(owner),
        key_(std::move(key)),
        size_bytes_(size_bytes) {}

  std::uint64_t size_bytes() const override { return size_bytes_; }

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    if (offset >= size_bytes_) return 0;
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size_bytes_ - offset));
    std::size_t got = 0;
    while (got < wanted) {
      VIGIL_TRY(load((offset + got) / kAttachmentChunkBytes));
      const auto within = static_cast<std::size_t>((offset + got) % kAttachmentChunkBytes);
      const std::size_t part = std::min(wanted - got, kAttachmentChunkBytes - within);
      if (chunk_.size() < within + part) return std::unexpected(sql::error_of(11));
      std::ranges::copy(chunk_.view().subspan(within, part),
                        buffer.begin() + static_cast<std::ptrdiff_t>(got));
      got += part;
    }
    return got;
  }

 private:
  Status load(std::uint64_t number) {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    if (loaded_ == number) return {};
    sql::Statement read(store->database, table_.read);
    read.bind(owner_).bind(static_cast<std::int64_t>(number));
    VIGIL_ASSIGN(const bool row, read.step());
    if (!row) return std::unexpected(sql::error_of(11));  // SQLITE_CORRUPT
    auto opened = crypto::open_box(key_, read.blob(0), chunk_context(number));
    if (!opened.has_value()) return std::unexpected(sql::error_of(11));
    chunk_ = std::move(*opened);
    loaded_ = number;
    return {};
  }

  Vault& vault_;
  const ChunkTable& table_;
  std::int64_t owner_;
  crypto::SecretBytes key_;
  std::uint64_t size_bytes_;
  std::optional<std::uint64_t> loaded_;
  crypto::SecretBytes chunk_;
};

class FileSource final : public crypto::Source {
 public:
  explicit FileSource(std::unique_ptr<ReadableFile> file) : file_(std::move(file)) {}

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
    "SELECT content FROM chunks WHERE attachment = ? AND number = ?"};
const ChunkTable kMemberChunks = {
    "INSERT INTO member_chunks (member, number, content) VALUES (?, ?, ?)",
    "SELECT content FROM member_chunks WHERE member = ? AND number = ?"};

Status insert_chunk(Store& store, const ChunkTable& table, const ChunkOwner& owner,
                    std::uint64_t number, ByteView content) {
  const Bytes box = crypto::seal_box(owner.key, content, chunk_context(number));
  sql::Statement insert(store.database, table.insert);
  return insert.bind(owner.id).bind(static_cast<std::int64_t>(number)).bind(ByteView(box)).run();
}

std::unique_ptr<ReadableFile> chunk_file(Vault& vault, const ChunkTable& table, std::int64_t owner,
                                         crypto::SecretBytes key, std::uint64_t size_bytes) {
  return std::make_unique<ChunkFile>(vault, table, owner, std::move(key), size_bytes);
}

std::unique_ptr<crypto::Source> source_of(std::unique_ptr<ReadableFile> file) {
  return std::make_unique<FileSource>(std::move(file));
}

}  // namespace vigil::vault
