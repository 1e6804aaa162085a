// SPDX-License-Identifier: Apache-2.0
#include "core/vault/attachments.h"

#include <algorithm>

#include "core/vault/attachment_rows.h"
#include "core/vault/chunks.h"
#include "core/vault/instances.h"
#include "core/vault/record_rows.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

constexpr std::size_t kNameLimit = 48;

// Columns: attachment, record, ref, name, media_type, size_bytes, complete.
Attachment attachment_of(const sql::Statement& row) {
  Attachment attachment;
  attachment.id = {row.integer(0)};
  attachment.record = {row.integer(1)};
  attachment.ref = row.text(2);
  attachment.name = row.text(3);
  attachment.media_type = row.text(4);
  attachment.size_bytes = static_cast<std::uint64_t>(row.integer(5));
  attachment.complete = row.integer(6) == 1;
  return attachment;
}

Result<Attachment> read_attachment(Store& store, AttachmentId id) {
  sql::Statement statement(store.database,
                           "SELECT attachment, record, ref, name, media_type, size_bytes, complete "
                           "FROM attachments WHERE attachment = ?");
  statement.bind(id.value);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (row) return attachment_of(statement);
  return fail(ErrorKind::kNotFound, "attachment.absent",
              "There is no such attachment in this vault; a sealed visit has none any more.");
}

class ChunkedWriter final : public AttachmentWriter {
 public:
  ChunkedWriter(Vault& vault, AttachmentId id, crypto::SecretBytes key, std::uint64_t size_bytes)
      : vault_(vault), id_(id), key_(std::move(key)), stored_bytes_(size_bytes) {
    buffer_.reserve(kAttachmentChunkBytes);  // never moves, so wiping it once is enough
  }
  ~ChunkedWriter() override { crypto::wipe(buffer_); }

  AttachmentId id() const override { return id_; }
  std::uint64_t size_bytes() const override { return stored_bytes_ + buffer_.size(); }

  Status append(ByteView bytes) override {
    while (!bytes.empty()) {
      const std::size_t part = std::min(bytes.size(), kAttachmentChunkBytes - buffer_.size());
      buffer_.insert(buffer_.end(), bytes.begin(),
                     bytes.begin() + static_cast<std::ptrdiff_t>(part));
      bytes = bytes.subspan(part);
      if (buffer_.size() == kAttachmentChunkBytes) VIGIL_TRY(flush(false));
    }
    return {};
  }

  Status commit() override { return flush(true); }

 private:
  Status flush(bool complete) {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
    VIGIL_ASSIGN(const Attachment row, read_attachment(*store, id_));
    if (row.complete || row.size_bytes != stored_bytes_) {
      return fail(ErrorKind::kConflict, "attachment.complete",
                  "This attachment was completed or begun anew elsewhere. Attach it again.");
    }
    if (!buffer_.empty()) {
      VIGIL_TRY(insert_chunk(*store, kAttachmentChunks, {id_.value, key_},
                             stored_bytes_ / kAttachmentChunkBytes, buffer_));
    }
    sql::Statement update(
        store->database,
        "UPDATE attachments SET size_bytes = ?, complete = ? WHERE attachment = ?");
    VIGIL_TRY(update.bind(static_cast<std::int64_t>(stored_bytes_ + buffer_.size()))
                  .bind(std::int64_t{complete ? 1 : 0})
                  .bind(id_.value)
                  .run());
    VIGIL_TRY(transaction.commit());
    stored_bytes_ += buffer_.size();
    crypto::wipe(buffer_);
    buffer_.clear();
    return {};
  }

  Vault& vault_;
  AttachmentId id_;
  crypto::SecretBytes key_;
  std::uint64_t stored_bytes_;
  Bytes buffer_;
};

// Drops an incomplete attachment of this name.
Status make_room(Store& store, RecordId record, std::string_view name) {
  AttachmentId old;
  {
    sql::Statement existing(
        store.database,
        "SELECT attachment, complete FROM attachments WHERE record = ? AND name = ?");
    existing.bind(record.value).bind(name);
    VIGIL_ASSIGN(const bool row, existing.step());
    if (!row) return {};
    if (existing.integer(1) == 1) {
      return fail(ErrorKind::kConflict, "attachment.name",
                  "This checklist has an attachment of that name. Remove it first.");
    }
    old = {existing.integer(0)};
  }
  return erase_attachment(store, old);
}

}  // namespace

bool is_attachment_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kNameLimit && name.front() != '.' &&
         std::ranges::all_of(name, fits);
}

Result<std::unique_ptr<AttachmentWriter>> begin_attachment(Vault& vault, RecordId record,
                                                           std::string_view ref,
                                                           std::string_view name,
                                                           std::string_view media_type) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  if (!is_attachment_name(name)) {
    return fail(
        ErrorKind::kInvalid, "attachment.name",
        "An attachment's name has small letters, digits, '.', '_' and '-' only, at most 48.");
  }
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  VIGIL_TRY(require_record(*store, record));
  VIGIL_TRY(require_place(*store, record, ref));
  VIGIL_TRY(make_room(*store, record, name));
  sql::Statement insert(
      store->database,
      "INSERT INTO attachments (record, ref, name, media_type, key, size_bytes, complete) "
      "VALUES (?, ?, ?, ?, ?, 0, 0)");
  auto key = crypto::SecretBytes::random(kChunkKeyBytes);
  VIGIL_TRY(insert.bind(record.value).bind(ref).bind(name).bind(media_type).bind(key.view()).run());
  const AttachmentId id{store->database.last_row_id()};
  VIGIL_TRY(transaction.commit());
  return std::make_unique<ChunkedWriter>(vault, id, std::move(key), 0);
}

Result<std::unique_ptr<AttachmentWriter>> resume_attachment(Vault& vault, AttachmentId id) {
  VIGIL_ASSIGN(const Attachment row, attachment(vault, id));
  if (row.complete) {
    return fail(ErrorKind::kConflict, "attachment.complete", "This attachment is complete.");
  }
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto key, attachment_key(*store, id));
  return std::make_unique<ChunkedWriter>(vault, id, std::move(key), row.size_bytes);
}

Result<crypto::SecretBytes> attachment_key(Store& store, AttachmentId id) {
  sql::Statement statement(store.database, "SELECT key FROM attachments WHERE attachment = ?");
  statement.bind(id.value);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row || statement.blob(0).size() != kChunkKeyBytes) {
    return std::unexpected(sql::error_of(11));  // SQLITE_CORRUPT
  }
  return crypto::SecretBytes::copy_of(statement.blob(0));
}

Result<std::vector<Attachment>> read_attachments(Store& store, RecordId record) {
  sql::Statement statement(store.database,
                           "SELECT attachment, record, ref, name, media_type, size_bytes, complete "
                           "FROM attachments WHERE record = ? ORDER BY attachment");
  statement.bind(record.value);
  std::vector<Attachment> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back(attachment_of(statement));
  }
}

Result<std::vector<Attachment>> attachments(Vault& vault, RecordId record) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_record(*store, record));
  return read_attachments(*store, record);
}

Result<Attachment> attachment(Vault& vault, AttachmentId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return read_attachment(*store, id);
}

Result<std::unique_ptr<ReadableFile>> open_attachment(Vault& vault, AttachmentId id) {
  VIGIL_ASSIGN(const Attachment row, attachment(vault, id));
  if (!row.complete) {
    return fail(ErrorKind::kConflict, "attachment.incomplete",
                "An attachment was cut short. Attach it again, or remove it.");
  }
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto key, attachment_key(*store, id));
  return chunk_file(vault, kAttachmentChunks, id.value, std::move(key), row.size_bytes);
}

Result<std::unique_ptr<crypto::Source>> attachment_source(Vault& vault, AttachmentId id) {
  VIGIL_ASSIGN(auto file, open_attachment(vault, id));
  return source_of(std::move(file));
}

Status remove_attachment(Vault& vault, AttachmentId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  {
    VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
    VIGIL_TRY(read_attachment(*store, id));
    VIGIL_TRY(erase_attachment(*store, id));
    VIGIL_TRY(rebuild_tables(store->database));
    VIGIL_TRY(transaction.commit());
  }
  // Done from here on. Where emptying the log fails, locking and the next opening do it again.
  (void)settle(*store);
  return {};
}

}  // namespace vigil::vault
