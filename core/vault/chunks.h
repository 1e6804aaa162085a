// SPDX-License-Identifier: Apache-2.0
//
// Long content in rows of kAttachmentChunkBytes, the last one shorter, each encrypted under the key
// of its owner: erasing that key erases all of it at once. Attachments and imported members are
// kept this way, each in its own table. core/vault's own.
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/files.h"
#include "core/crypto/secret_bytes.h"
#include "core/crypto/stream.h"
#include "core/vault/attachments.h"
#include "core/vault/store.h"

namespace vigil::vault {

inline constexpr std::size_t kChunkKeyBytes = 32;

struct ChunkTable {
  sql::Sql insert;  // owner, number, content
  sql::Sql read;    // owner, number
};
extern const ChunkTable kAttachmentChunks;
extern const ChunkTable kMemberChunks;

struct ChunkOwner {
  std::int64_t id;
  const crypto::SecretBytes& key;
};
[[nodiscard]] Status insert_chunk(Store& store, const ChunkTable& table, const ChunkOwner& owner,
                                  std::uint64_t number, ByteView content);
// Borrows the vault; fails "vault.locked" once it is locked. Holds one decrypted chunk.
[[nodiscard]] std::unique_ptr<ReadableFile> chunk_file(Vault& vault, const ChunkTable& table,
                                                       std::int64_t owner, crypto::SecretBytes key,
                                                       std::uint64_t size_bytes);
[[nodiscard]] std::unique_ptr<crypto::Source> source_of(std::unique_ptr<ReadableFile> file);

}  // namespace vigil::vault
