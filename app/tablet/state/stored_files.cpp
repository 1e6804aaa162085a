// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/stored_files.h"

#include <span>
#include <utility>

namespace vigil::tablet {
namespace {

Result<Bytes> read_whole(vault::Vault& vault, vault::AttachmentId id) {
  VIGIL_ASSIGN(const auto file, vault::open_attachment(vault, id));
  const std::uint64_t size = file->size_bytes();
  Bytes content(size);
  std::uint64_t at = 0;
  while (at < size) {
    VIGIL_ASSIGN(const std::size_t count,
                 file->read_at(at, std::span(content).subspan(static_cast<std::size_t>(at))));
    if (count == 0) break;
    at += count;
  }
  return content;
}

}  // namespace

std::vector<vault::Attachment> stored_files(vault::Vault& vault, vault::RecordId record) {
  return vault::attachments(vault, record).value_or(std::vector<vault::Attachment>());
}

std::unique_ptr<ReadableFile> open_stored(vault::Vault& vault, vault::RecordId record,
                                          std::string_view name) {
  std::unique_ptr<ReadableFile> content;
  for (const vault::Attachment& file : stored_files(vault, record)) {
    if (file.name != name || !file.complete) continue;
    if (auto opened = vault::open_attachment(vault, file.id)) content = std::move(*opened);
  }
  return content;
}

Result<Bytes> read_stored(vault::Vault& vault, vault::RecordId record, std::string_view name) {
  VIGIL_ASSIGN(const auto stored, vault::attachments(vault, record));
  for (const vault::Attachment& file : stored) {
    if (file.name == name && file.complete) return read_whole(vault, file.id);
  }
  return fail(ErrorKind::kNotFound, "attachment.absent", "This file is not in the vault any more.");
}

}  // namespace vigil::tablet
