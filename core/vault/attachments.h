// SPDX-License-Identifier: Apache-2.0
//
// Photos, sound and video of a record, kept in the encrypted database in chunks: written as they
// come, read from any offset, at constant memory whatever the size. What a crash interrupts can be
// resumed where the last durable chunk ended. Readers and writers must be gone before
// Vault::lock().
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/crypto/stream.h"
#include "core/vault/ids.h"
#include "core/vault/vault.h"

namespace vigil::vault {

struct Attachment {
  AttachmentId id;
  RecordId record;
  std::string ref;         // the question it answers
  std::string name;        // the answer's value and the name in the bundle: is_attachment_name()
  std::string media_type;  // "image/jpeg"
  std::uint64_t size_bytes = 0;  // what is stored so far
  bool complete = false;
};

// [a-z0-9._-]{1,48}, not starting with '.': the bundle's member names with room for a prefix.
[[nodiscard]] bool is_attachment_name(std::string_view name);

// Not durable before it passes a chunk border or commit(). Dropping a writer keeps the durable
// part.
class AttachmentWriter {
 public:
  virtual ~AttachmentWriter() = default;
  [[nodiscard]] virtual AttachmentId id() const = 0;
  [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;  // accepted so far
  [[nodiscard]] virtual Status append(ByteView bytes) = 0;
  // Makes the attachment complete and durable; nothing may be appended afterwards.
  [[nodiscard]] virtual Status commit() = 0;
};

// kConflict "attachment.name": the record has a complete one of that name; an incomplete one of
// that name is dropped. kInvalid "attachment.name": not a fit name.
[[nodiscard]] Result<std::unique_ptr<AttachmentWriter>> begin_attachment(
    Vault& vault, RecordId record, std::string_view ref, std::string_view name,
    std::string_view media_type);
// Goes on behind the last durable byte: the caller appends from size_bytes(). kConflict
// "attachment.complete".
[[nodiscard]] Result<std::unique_ptr<AttachmentWriter>> resume_attachment(Vault& vault,
                                                                          AttachmentId id);

// Complete and incomplete ones, oldest first.
[[nodiscard]] Result<std::vector<Attachment>> attachments(Vault& vault, RecordId record);
[[nodiscard]] Result<Attachment> attachment(Vault& vault,
                                            AttachmentId id);  // kNotFound "attachment.absent"
// Borrows the vault. Complete attachments only, else kConflict "attachment.incomplete".
[[nodiscard]] Result<std::unique_ptr<ReadableFile>> open_attachment(Vault& vault, AttachmentId id);
// The whole of it from its start, for sealing and exporting. Borrows the vault.
[[nodiscard]] Result<std::unique_ptr<crypto::Source>> attachment_source(Vault& vault,
                                                                        AttachmentId id);
// Erases it; the answer that names it is the caller's to clear.
[[nodiscard]] Status remove_attachment(Vault& vault, AttachmentId id);

// A multiple of the database page's payload is not needed: overflow pages hold it. 256 KiB bounds
// memory at a few chunks and the loss of a crash at one.
inline constexpr std::size_t kAttachmentChunkBytes = 256 * 1024;

}  // namespace vigil::vault
