// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/vault/chunks.h"
#include "core/vault/inbox.h"
#include "core/vault/inbox_rows.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

Result<std::vector<ImportedMember>> read_members(Store& store, const bundle::BundleId& id) {
  sql::Statement statement(
      store.database,
      "SELECT payload, name, size_bytes FROM members WHERE bundle = ? ORDER BY payload, member");
  statement.bind(ByteView(id.value));
  std::vector<ImportedMember> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back({static_cast<std::size_t>(statement.integer(0)), statement.text(1),
                    static_cast<std::uint64_t>(statement.integer(2))});
  }
}

struct MemberRow {
  std::int64_t member = 0;
  std::uint64_t size_bytes = 0;
  crypto::SecretBytes key;
};

Result<MemberRow> find_member(Store& store, const bundle::BundleId& id, std::size_t payload,
                              std::string_view name) {
  sql::Statement statement(
      store.database,
      "SELECT member, size_bytes, key FROM members WHERE bundle = ? AND payload = ? AND name = ?");
  statement.bind(ByteView(id.value)).bind(static_cast<std::int64_t>(payload)).bind(name);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (row) {
    return MemberRow{statement.integer(0), static_cast<std::uint64_t>(statement.integer(1)),
                     crypto::SecretBytes::copy_of(statement.blob(2))};
  }
  return fail(ErrorKind::kNotFound, "import.member", "The bundle has no such file in it.");
}

class Stage final : public ImportStage {
 public:
  Stage(Vault& vault, sql::Transaction transaction, const bundle::BundleId& id)
      : vault_(vault), transaction_(std::move(transaction)), id_(id) {
    buffer_.reserve(kAttachmentChunkBytes);
  }
  ~Stage() override {
    crypto::wipe(buffer_);
    // A vault locked meanwhile has rolled back and closed; its transaction must not be touched.
    if (vault_.is_locked()) transaction_.forget();
  }

  void begin_payload(std::size_t index) override { payload_ = index; }

  Status begin_member(std::string_view name, std::uint64_t size_bytes) override {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    key_ = crypto::SecretBytes::random(kChunkKeyBytes);
    sql::Statement insert(
        store->database,
        "INSERT INTO members (bundle, payload, name, size_bytes, key) VALUES (?, ?, ?, ?, ?)");
    VIGIL_TRY(insert.bind(ByteView(id_.value))
                  .bind(static_cast<std::int64_t>(payload_))
                  .bind(name)
                  .bind(static_cast<std::int64_t>(size_bytes))
                  .bind(key_.view())
                  .run());
    member_ = store->database.last_row_id();
    chunk_ = 0;
    return {};
  }

  Status content(ByteView bytes) override {
    while (!bytes.empty()) {
      const std::size_t part = std::min(bytes.size(), kAttachmentChunkBytes - buffer_.size());
      buffer_.insert(buffer_.end(), bytes.begin(),
                     bytes.begin() + static_cast<std::ptrdiff_t>(part));
      bytes = bytes.subspan(part);
      if (buffer_.size() == kAttachmentChunkBytes) VIGIL_TRY(flush());
    }
    return {};
  }

  Status end_member() override { return buffer_.empty() ? Status{} : flush(); }

  Result<std::vector<ImportedMember>> members() override {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    return read_members(*store, id_);
  }

  Result<Bytes> read_member(std::size_t payload, std::string_view name,
                            std::uint64_t limit_bytes) override {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    VIGIL_ASSIGN(MemberRow row, find_member(*store, id_, payload, name));
    if (row.size_bytes > limit_bytes) {
      return fail(ErrorKind::kInvalid, "import.size",
                  "A file in the bundle is larger than it may be.");
    }
    Bytes content(static_cast<std::size_t>(row.size_bytes));
    const auto file =
        chunk_file(vault_, kMemberChunks, row.member, std::move(row.key), row.size_bytes);
    VIGIL_TRY(file->read_at(0, content));
    return content;
  }

  Status add_submission(const ImportedSubmission& submission) override;
  Status commit() override {
    VIGIL_TRY(vault_.store());  // locked meanwhile: nothing is left to commit
    return transaction_.commit();
  }

 private:
  Status flush() {
    VIGIL_ASSIGN(Store* const store, vault_.store());
    VIGIL_TRY(insert_chunk(*store, kMemberChunks, {member_, key_}, chunk_++, buffer_));
    crypto::wipe(buffer_);
    buffer_.clear();
    return {};
  }

  Vault& vault_;
  sql::Transaction transaction_;
  bundle::BundleId id_;
  std::size_t payload_ = 0;
  std::int64_t member_ = 0;
  crypto::SecretBytes key_;
  std::uint64_t chunk_ = 0;
  Bytes buffer_;
};

Status Stage::add_submission(const ImportedSubmission& submission) {
  VIGIL_ASSIGN(Store* const store, vault_.store());
  sql::Database& database = store->database;
  const std::string tasks = task_line(submission.team);
  sql::Statement insert(
      database,
      "INSERT INTO submissions (bundle, member_prefix, visit_code, place, kind, form_id, "
      "form_version, instance_id, general_xml, restricted_xml, team, tasks) VALUES (?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?)");
  VIGIL_TRY(insert.bind(ByteView(id_.value))
                .bind(submission.member_prefix)
                .bind(submission.visit_code)
                .bind(submission.place)
                .bind(submission.kind)
                .bind(submission.form_id)
                .bind(submission.form_version)
                .bind(submission.instance_id)
                .bind(submission.general_xml)
                .bind(submission.restricted_xml)
                .bind(std::int64_t{submission.team.persons})
                .bind(tasks)
                .run());
  const std::int64_t number = database.last_row_id();
  for (const Answer& answer : submission.answers) {
    sql::Statement add(database,
                       "INSERT INTO submission_answers (submission, ref, value) VALUES (?, ?, ?)");
    VIGIL_TRY(add.bind(number).bind(answer.ref).bind(answer.value).run());
  }
  for (const Flag& flag : submission.flags) {
    sql::Statement add(
        database, "INSERT INTO submission_flags (submission, ref, kind, text) VALUES (?, ?, ?, ?)");
    VIGIL_TRY(add.bind(number).bind(flag.ref).bind(to_string(flag.kind)).bind(flag.text).run());
  }
  return {};
}

Status require_new(Store& store, const ImportedBundle& bundle, ByteView device) {
  sql::Statement statement(
      store.database,
      "SELECT bundle FROM bundles WHERE bundle = ?1 OR (device = ?2 AND sequence = ?3)");
  statement.bind(ByteView(bundle.id.value))
      .bind(device)
      .bind(static_cast<std::int64_t>(bundle.sequence));
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) return {};
  VIGIL_ASSIGN(const auto there, bundle_id_of(statement.blob(0)));
  if (there == bundle.id) {
    return fail(ErrorKind::kConflict, "import.known",
                "This bundle was imported before; nothing was changed.");
  }
  return fail(ErrorKind::kConflict, "import.fork",
              "This device has sent another bundle under the same number " +
                  std::to_string(bundle.sequence) +
                  ": it was restored from a copy, or somebody else uses its key. Ask the team.");
}

}  // namespace

Result<std::unique_ptr<ImportStage>> begin_import(Vault& vault, const ImportedBundle& bundle) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store->database));
  const Bytes device = device_blob(bundle.device);
  VIGIL_TRY(require_new(*store, bundle, device));
  sql::Statement insert(
      store->database,
      "INSERT INTO bundles (bundle, device, sequence, previous, roster_version, verdict, "
      "imported_ms, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  VIGIL_TRY(insert.bind(ByteView(bundle.id.value))
                .bind(ByteView(device))
                .bind(static_cast<std::int64_t>(bundle.sequence))
                .bind(ByteView(bundle.previous.value))
                .bind(static_cast<std::int64_t>(bundle.roster_version))
                .bind(bundle.verdict)
                .bind(bundle.imported.ms)
                .bind(bundle.path)
                .run());
  return std::make_unique<Stage>(vault, std::move(transaction), bundle.id);
}

Result<std::vector<ImportedMember>> imported_members(Vault& vault, const bundle::BundleId& id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return read_members(*store, id);
}

Result<std::unique_ptr<ReadableFile>> open_member(Vault& vault, const bundle::BundleId& id,
                                                  std::size_t payload, std::string_view name) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(MemberRow row, find_member(*store, id, payload, name));
  return chunk_file(vault, kMemberChunks, row.member, std::move(row.key), row.size_bytes);
}

}  // namespace vigil::vault
