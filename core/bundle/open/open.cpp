// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/open/open.h"

#include <algorithm>
#include <optional>

#include "core/base/check.h"
#include "core/bundle/archive.h"
#include "core/bundle/archive_format.h"
#include "core/bundle/payload.h"
#include "core/crypto/background_hash.h"

namespace vigil::bundle {
namespace {

Status bad_members() {
  return fail(ErrorKind::kInvalid, "open.members",
              "The payload's files are not the ones that it lists: it was put together wrongly.");
}

// The bytes of one member of the outer archive. They are digested again on the way, as the file may
// have been exchanged since it was checked, and any recipient could make another valid payload.
class MemberSource final : public crypto::Source {
 public:
  MemberSource(ReadableFile& file, const MemberPlace& place)
      : file_(file), at_(place.offset_bytes), left_bytes_(place.size_bytes) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    std::size_t filled = 0;
    while (filled < buffer.size() && left_bytes_ > 0) {
      const auto wanted =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size() - filled, left_bytes_));
      VIGIL_ASSIGN(const std::size_t count, file_.read_at(at_, buffer.subspan(filled, wanted)));
      if (count == 0) break;
      filled += count;
      at_ += count;
      left_bytes_ -= count;
    }
    digest.update(buffer.first(filled));
    return filled;
  }
  crypto::BackgroundHash<64> digest;

 private:
  ReadableFile& file_;
  std::uint64_t at_;
  std::uint64_t left_bytes_;
};

// Walks the members in their fixed order: bundle.json, the submission's own, members.json, padding.
class PayloadVisitor final : public ArchiveVisitor {
 public:
  PayloadVisitor(const Manifest& manifest, std::size_t index, MemberStage& stage)
      : manifest_(manifest), index_(index), stage_(stage) {}

  Status begin_member(std::string_view name, std::uint64_t size_bytes) override {
    text_.clear();
    if (part_ == Part::kMembers && name == kMembersName) part_ = Part::kList;
    switch (part_) {
      case Part::kInner:
        if (name == kInnerName && size_bytes <= kInnerLimitBytes) return {};
        return bad_inner();
      case Part::kMembers:
        if (name == kInnerName || name == kPaddingName) return bad_members();
        hash_.emplace(begin_member_hash(member_salt(salt_, name), name));
        return from_stage(stage_.begin_member(name, size_bytes));
      case Part::kList:
        if (size_bytes != members_size_bytes(hashes_.size())) return bad_members();
        return {};
      case Part::kPadding:
        return name == kPaddingName ? Status{} : bad_members();
      case Part::kDone:
        return bad_members();
    }
    return bad_members();
  }

  Status content(ByteView bytes) override {
    switch (part_) {
      case Part::kInner:
      case Part::kList:
        text_ += as_text(bytes);
        return {};
      case Part::kMembers:
        hash_->update(bytes);
        return from_stage(stage_.content(bytes));
      case Part::kPadding:
        return all_zero(bytes) ? Status{} : bad_members();
      case Part::kDone:
        break;
    }
    return bad_members();
  }

  Status end_member() override {
    switch (part_) {
      case Part::kInner: {
        VIGIL_ASSIGN(salt_, check_inner(text_, manifest_, index_));
        part_ = Part::kMembers;
        return from_stage(stage_.payload_salt(salt_));
      }
      case Part::kMembers:
        hashes_.push_back(hash_->finish());
        return from_stage(stage_.end_member());
      case Part::kList:
        if (text_ != emit_members(hashes_) ||
            crypto::blake2b_256(as_bytes(text_)) != manifest_.payloads[index_].members)
          return bad_members();
        part_ = Part::kPadding;
        return from_stage(stage_.members_list(text_));
      case Part::kPadding:
        part_ = Part::kDone;
        return {};
      case Part::kDone:
        break;
    }
    return bad_members();
  }

  [[nodiscard]] bool complete() const { return part_ == Part::kDone; }
  // True where the last failure was the stage's own and is to be handed on as it is.
  [[nodiscard]] bool stage_failed() const { return stage_failed_; }

 private:
  enum class Part { kInner, kMembers, kList, kPadding, kDone };

  // A first member of another name is refused like a bundle.json that says something else.
  Status bad_inner() {
    VIGIL_TRY(check_inner("", manifest_, index_));
    return {};
  }
  Status from_stage(Status status) {
    stage_failed_ = !status.has_value();
    return status;
  }

  const Manifest& manifest_;
  std::size_t index_;
  MemberStage& stage_;
  Part part_ = Part::kInner;
  bool stage_failed_ = false;
  std::string text_;
  PayloadSalt salt_{};
  std::optional<crypto::BackgroundHash<32>> hash_;
  std::vector<crypto::Blake2b256> hashes_;
};

// What age and the archive say, in the words of the bundle.
Error translate(Error error) {
  const std::optional<crypto::age::Failure> failure = crypto::age::failure_of(error);
  if (failure == crypto::age::Failure::kNoMatch)
    return {ErrorKind::kDenied, "open.no_match",
            "The payload is not locked to any of this office's keys: ask whom it was meant for."};
  if (failure.has_value())
    return {ErrorKind::kInvalid, "open.payload", "The payload is damaged: " + error.message};
  if (error.code.starts_with("archive.")) error.code = "open.members";
  return error;
}

}  // namespace

Status open_payload(ReadableFile& file, const CheckedBundle& bundle, std::size_t index,
                    const std::vector<crypto::age::Identity>& identities, MemberStage& stage) {
  CHECK(index < bundle.payloads.size());
  MemberSource source(file, bundle.payloads[index]);
  PayloadVisitor visitor(bundle.manifest, index, stage);
  ArchiveParser parser(visitor);
  crypto::age::Keys keys;
  for (const crypto::age::Identity& identity : identities)
    keys.identities.push_back(identity.clone());
  Status done = crypto::age::decrypt(keys, source, parser);
  if (done.has_value()) done = parser.finish();
  if (!done.has_value()) {
    if (visitor.stage_failed()) return done;
    return std::unexpected(translate(std::move(done).error()));
  }
  if (!visitor.complete()) return bad_members();
  if (source.digest.finish() != bundle.manifest.payloads[index].digest)
    return fail(ErrorKind::kInvalid, "open.payload",
                "The payload was exchanged after the bundle was checked: check it again.");
  return {};
}

}  // namespace vigil::bundle
