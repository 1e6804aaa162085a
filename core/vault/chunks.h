// SPDX-License-Identifier: Apache-2.0
//
// Long content in rows of kAttachmentChunkBytes, the last one shorter. Attachments and imported
// members are kept this way, each in its own table. core/vault's own.
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/files.h"
#include "core/crypto/stream.h"
#include "core/vault/attachments.h"
#include "core/vault/store.h"

namespace vigil::vault {

struct ChunkTable {
  const char* insert;  // owner, number, content
  const char* read;    // offset from 1, length, owner, number
};
extern const ChunkTable kAttachmentChunks;
extern const ChunkTable kMemberChunks;

[[nodiscard]] Status insert_chunk(Store& store, const ChunkTable& table, std::int64_t owner,
                                  std::uint64_t number, ByteView content);
// Fills the buffer from `offset` on; fewer bytes only at the end.
[[nodiscard]] Result<std::size_t> read_chunks(Store& store, const ChunkTable& table,
                                              std::int64_t owner, std::uint64_t size_bytes,
                                              std::uint64_t offset, std::span<std::uint8_t> buffer);
// Both borrow the vault and fail "vault.locked" once it is locked.
[[nodiscard]] std::unique_ptr<ReadableFile> chunk_file(Vault& vault, const ChunkTable& table,
                                                       std::int64_t owner,
                                                       std::uint64_t size_bytes);
[[nodiscard]] std::unique_ptr<crypto::Source> chunk_source(Vault& vault, const ChunkTable& table,
                                                           std::int64_t owner,
                                                           std::uint64_t size_bytes);

}  // namespace vigil::vault
