// SPDX-License-Identifier: Apache-2.0
#include "core/vault/finalise.h"

#include <algorithm>
#include <set>

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/bundle/archive.h"
#include "core/bundle/seal/seal.h"
#include "core/vault/attachment_rows.h"
#include "core/vault/flag_names.h"
#include "core/vault/journal_rows.h"
#include "core/vault/outbox_files.h"
#include "core/vault/record_rows.h"
#include "core/vault/refs.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

using Progress = std::function<void(std::uint64_t done_bytes, std::uint64_t total_bytes)>;

struct Read {
  Progress told;
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;
};

class CountedSource final : public crypto::Source {
 public:
  CountedSource(std::unique_ptr<crypto::Source> source, std::shared_ptr<Read> read)
      : source_(std::move(source)), read_(std::move(read)) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    auto count = source_->read(buffer);
    if (count) {
      read_->done_bytes += *count;
      read_->told(read_->done_bytes, read_->total_bytes);
    }
    return count;
  }

 private:
  std::unique_ptr<crypto::Source> source_;
  std::shared_ptr<Read> read_;
};

// Every member counts what is read of it.
void count_reading(const Progress& told, bundle::BundleDraft& draft) {
  const auto read = std::make_shared<Read>(told);
  for (auto* const payload : {&draft.payload, &draft.restricted}) {
    for (bundle::PayloadMember& member : payload->members) {
      read->total_bytes += member.size_bytes;
      member.open = [open = std::move(member.open),
                     read]() -> Result<std::unique_ptr<crypto::Source>> {
        VIGIL_ASSIGN(auto source, open());
        return std::make_unique<CountedSource>(std::move(source), read);
      };
    }
  }
}

bundle::PayloadMember bytes_member(std::string name, Bytes content) {
  auto shared = std::make_shared<Bytes>(std::move(content));
  bundle::PayloadMember member;
  member.name = std::move(name);
  member.size_bytes = shared->size();
  member.open = [shared]() -> Result<std::unique_ptr<crypto::Source>> {
    return std::make_unique<crypto::BytesSource>(*shared);
  };
  return member;
}

bundle::PayloadMember attachment_member(Vault& vault, std::string name, const Attachment& row) {
  bundle::PayloadMember member;
  member.name = std::move(name);
  member.size_bytes = row.size_bytes;
  member.open = [&vault, id = row.id] { return attachment_source(vault, id); };
  return member;
}

// One general and one restricted text, line by line.
struct SplitLines {
  Bytes general;
  Bytes restricted;
  void add(const Json::Object& line, bool is_restricted) {
    Bytes& to = is_restricted ? restricted : general;
    const std::string text = emit_json(line) + "\n";
    to.insert(to.end(), text.begin(), text.end());
  }
};

class Drafting {
 public:
  Drafting(Vault& vault, Store& store, const FinaliseRequest& request)
      : vault_(vault), store_(store), request_(request) {}

  Result<bundle::BundleDraft> draft(VisitId visit) {
    draft_.payload.recipients = request_.recipients;
    draft_.restricted.recipients = request_.restricted_recipients;
    for (const auto& file : request_.files) add(false, bytes_member(file.name, file.content));
    for (const auto& file : request_.restricted_files) {
      add(true, bytes_member(file.name, file.content));
    }
    VIGIL_ASSIGN(const auto records, read_records(store_, visit));
    for (std::size_t i = 0; i < records.size(); ++i) {
      VIGIL_TRY(add_record(records[i].id, member_prefix(i + 1)));
    }
    VIGIL_TRY(check());
    if (draft_.restricted.members.empty()) draft_.restricted.recipients.clear();
    return std::move(draft_);
  }

 private:
  void add(bool restricted, bundle::PayloadMember member) {
    (restricted ? draft_.restricted : draft_.payload).members.push_back(std::move(member));
  }

  bool is_restricted(RecordId record, std::string_view ref) const {
    return std::ranges::any_of(request_.restricted_refs, [&](const RestrictedRefs& restricted) {
      return restricted.record == record &&
             std::ranges::any_of(restricted.refs, [&](const std::string& ancestor) {
               return is_within(ref, ancestor);
             });
    });
  }

  void add_lines(SplitLines lines, const std::string& name) {
    if (!lines.general.empty()) add(false, bytes_member(name, std::move(lines.general)));
    if (!lines.restricted.empty()) add(true, bytes_member(name, std::move(lines.restricted)));
  }

  Status add_record(RecordId record, const std::string& prefix) {
    VIGIL_ASSIGN(Bytes journal, read_journal(store_, record));
    add(false, bytes_member(prefix + "journal.jsonl", std::move(journal)));
    VIGIL_ASSIGN(const auto current, read_current(store_, record));
    SplitLines salts;
    for (const CurrentValue& value : current) {
      const std::size_t space = value.ref.find(' ');
      const std::string_view ref = space == std::string::npos
                                       ? std::string_view(value.ref)
                                       : std::string_view(value.ref).substr(space + 1);
      Json::Object line;
      line.emplace_back("seq", static_cast<std::int64_t>(value.sequence));
      line.emplace_back("salt", hex_encode(value.salt));
      salts.add(line, is_restricted(record, ref));
    }
    add_lines(std::move(salts), prefix + "salts.jsonl");
    VIGIL_ASSIGN(const auto flags, read_flags(store_, record));
    SplitLines lines;
    for (const Flag& flag : flags) {
      Json::Object line;
      line.emplace_back("ref", flag.ref);
      line.emplace_back("kind", to_string(flag.kind));
      line.emplace_back("text", flag.text);
      lines.add(line, is_restricted(record, flag.ref));
    }
    add_lines(std::move(lines), prefix + "flags.jsonl");
    VIGIL_ASSIGN(const auto attachments, read_attachments(store_, record));
    for (const Attachment& row : attachments) {
      if (!row.complete) {
        return fail(ErrorKind::kConflict, "attachment.incomplete",
                    "An attachment was cut short. Attach it again, or remove it.");
      }
      add(is_restricted(record, row.ref), attachment_member(vault_, prefix + row.name, row));
    }
    return {};
  }

  Status check() const {
    if (draft_.payload.recipients.empty() ||
        (!draft_.restricted.members.empty() && draft_.restricted.recipients.empty())) {
      return fail(ErrorKind::kInvalid, "finalise.recipients",
                  "The roster names nobody who may read a part of this visit. Take in the office's "
                  "newest kit.");
    }
    for (const auto* payload : {&draft_.payload, &draft_.restricted}) {
      std::set<std::string_view> names;
      for (const auto& member : payload->members) {
        if (!bundle::is_member_name(member.name) || !names.insert(member.name).second) {
          return fail(ErrorKind::kInvalid, "finalise.members",
                      "A file of this submission has a name that is taken or not allowed.");
        }
      }
    }
    return {};
  }

  Vault& vault_;
  Store& store_;
  const FinaliseRequest& request_;
  bundle::BundleDraft draft_;
};

Result<ChainHead> read_chain_head(Store& store) {
  sql::Statement statement(store.database,
                           "SELECT sequence, bundle FROM outbox ORDER BY sequence DESC LIMIT 1");
  VIGIL_ASSIGN(const bool row, statement.step());
  ChainHead head;
  if (!row) return head;
  head.sequence = static_cast<std::uint64_t>(statement.integer(0));
  VIGIL_ASSIGN(head.last, bundle_id_of(statement.blob(1)));
  return head;
}

// The one transaction: the bundle is there, the readable rows are not.
Status replace_rows(Store& store, VisitId id, const bundle::BundleDraft& draft,
                    const bundle::SealedBundle& sealed) {
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(store.database));
  VIGIL_TRY(queue_bundle(store, {draft.sequence, sealed.id, id, sealed.size_bytes}));
  VIGIL_ASSIGN(const Visit visit, read_visit(store, id));
  VIGIL_TRY(erase_visit_content(store, id));
  sql::Statement update(store.database,
                        "UPDATE visits SET state = 'sealed', bundle = ?, created_ms = ? "
                        "WHERE visit = ?");
  VIGIL_TRY(
      update.bind(ByteView(sealed.id.value)).bind(day_of(visit.created).ms).bind(id.value).run());
  VIGIL_TRY(end_sealing(store));
  return transaction.commit();
}

}  // namespace

std::string member_prefix(std::size_t record_number_from_1) {
  return "r" + std::to_string(record_number_from_1) + "-";
}

Result<ChainHead> chain_head(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return read_chain_head(*store);
}

Result<FinalisedVisit> finalise(Vault& vault, VisitId visit, const FinaliseRequest& request) {
  CHECK(request.device_key != nullptr);
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_TRY(require_open(*store, visit));
  VIGIL_ASSIGN(const ChainHead head, read_chain_head(*store));
  VIGIL_ASSIGN(bundle::BundleDraft draft, Drafting(vault, *store, request).draft(visit));
  if (request.progress) count_reading(request.progress, draft);
  draft.sequence = head.sequence + 1;
  draft.previous = head.last;

  Files& files = store->host.files;
  const std::string partial = sealing_path(*store);
  VIGIL_TRY(files.remove(partial));
  VIGIL_ASSIGN(const auto sealed, bundle::seal_bundle(draft, *request.device_key, files, partial));
  FinalisedVisit done;
  done.id = sealed.id;
  done.sequence = draft.sequence;
  done.path = outbox_path(*store, sealed.id);
  done.size_bytes = sealed.size_bytes;
  // The file has its name before the row exists: a crash here leaves a file without a row, which
  // the next opening removes because it is noted down. It stays even where the commit fails,
  // because what a failed commit wrote may yet be found complete after a power cut.
  VIGIL_TRY(begin_sealing(*store, sealed.id));
  VIGIL_TRY(files.rename(partial, done.path));
  VIGIL_TRY(replace_rows(*store, visit, draft, sealed));
  // Sealed from here on. Where emptying the log fails, locking and the next opening do it again.
  (void)settle(*store);
  return done;
}

}  // namespace vigil::vault
