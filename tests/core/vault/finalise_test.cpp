// SPDX-License-Identifier: Apache-2.0
#include "core/vault/finalise.h"

#include <map>

#include "core/bundle/check.h"
#include "core/bundle/open/open.h"
#include "core/vault/journal.h"
#include "core/vault/outbox.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

class Collected final : public bundle::MemberStage {
 public:
  Status begin_member(std::string_view name, std::uint64_t) override {
    name_ = name;
    members[name_];
    return {};
  }
  Status content(ByteView bytes) override {
    members[name_] += as_text(bytes);
    return {};
  }
  Status end_member() override { return {}; }
  std::map<std::string, std::string> members;

 private:
  std::string name_;
};

class Finalise : public VaultTest {
 protected:
  std::map<std::string, std::string> open_payload(const std::string& path, std::size_t index,
                                                  const crypto::age::Identity& identity) {
    auto file = files_->open(path);
    EXPECT_TRUE(ok(file));
    auto checked = bundle::check_bundle(**file, {device_key_.public_key()});
    EXPECT_TRUE(ok(checked));
    Collected stage;
    std::vector<crypto::age::Identity> identities;
    identities.push_back(identity.clone());
    EXPECT_TRUE(ok(bundle::open_payload(**file, *checked, index, identities, stage)));
    return stage.members;
  }
};

TEST_F(Finalise, SealsAllAndLeavesCodeDayAndState) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}, {"/data/med/b", "two"}})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/med/b", FlagKind::kFinding, "bruises"})));
  const Bytes photo(700'000, 7);
  attach(record, "photo.jpg", photo);
  FinaliseRequest wish = request();
  wish.restricted_refs = {{record, {"/data/med"}}};
  auto done = finalise(*vault_, visit_.id, wish);
  ASSERT_TRUE(ok(done));
  EXPECT_EQ(done->sequence, 1u);

  const auto general = open_payload(done->path, 0, general_);
  EXPECT_EQ(general.at("visit.json"), "{}\n");
  EXPECT_EQ(general.at("r1-photo.jpg"), as_text(photo));
  EXPECT_FALSE(general.contains("r1-flags.jsonl"));
  const auto journal = parse_journal(as_bytes(general.at("r1-journal.jsonl")));
  ASSERT_TRUE(ok(journal));
  EXPECT_EQ(journal->size(), 4u);
  const auto restricted = open_payload(done->path, 1, restricted_);
  EXPECT_NE(restricted.at("r1-flags.jsonl").find("bruises"), std::string::npos);
  EXPECT_TRUE(restricted.contains("r1-salts.jsonl"));

  reopen();
  const auto after = visit(*vault_, visit_.id);
  ASSERT_TRUE(ok(after));
  EXPECT_EQ(after->state, VisitState::kSealed);
  EXPECT_EQ(after->code, visit_.code);
  EXPECT_EQ(after->place, "");
  EXPECT_EQ(after->kind, "");
  EXPECT_EQ(after->created.ms % 86'400'000, 0);
  EXPECT_EQ(after->bundle, done->id);
  EXPECT_TRUE(records(*vault_, visit_.id)->empty());
  EXPECT_EQ(code_of(answers(*vault_, record)), "record.absent");
  EXPECT_EQ(code_of(add_record(*vault_, visit_.id, "custody", "1")), "visit.sealed");
  EXPECT_EQ(code_of(finalise(*vault_, visit_.id, request())), "visit.sealed");
  EXPECT_TRUE(files_->exists(done->path));
}

TEST_F(Finalise, ChainGrowsWithoutHoles) {
  start_record();
  auto first = finalise(*vault_, visit_.id, request());
  ASSERT_TRUE(ok(first));
  reopen();
  start_record();
  auto second = finalise(*vault_, visit_.id, request());
  ASSERT_TRUE(ok(second));
  EXPECT_EQ(second->sequence, 2u);
  auto file = files_->open(second->path);
  auto checked = bundle::check_bundle(**file, {device_key_.public_key()});
  ASSERT_TRUE(ok(checked));
  EXPECT_EQ(checked->manifest.previous, first->id);
  EXPECT_EQ(checked->manifest.sequence, 2u);
  EXPECT_EQ(chain_head(*vault_)->last, second->id);
}

TEST_F(Finalise, RestrictedWithoutReaderIsRefused) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/med/b", "two"}})));
  FinaliseRequest wish = request();
  wish.restricted_recipients.clear();
  wish.restricted_refs = {{record, {"/data/med"}}};
  EXPECT_EQ(code_of(finalise(*vault_, visit_.id, wish)), "finalise.recipients");
  wish = request();
  wish.recipients.clear();
  EXPECT_EQ(code_of(finalise(*vault_, visit_.id, wish)), "finalise.recipients");
  EXPECT_EQ(answers(*vault_, record)->size(), 1u);
  EXPECT_TRUE(outbox(*vault_)->empty());
}

TEST_F(Finalise, NamesThatClashAreRefused) {
  start_record();
  FinaliseRequest wish = request();
  wish.files.push_back({"r1-journal.jsonl", to_bytes("x")});
  EXPECT_EQ(code_of(finalise(*vault_, visit_.id, wish)), "finalise.members");
  wish = request();
  wish.files.push_back({"../visit.json", to_bytes("x")});
  EXPECT_EQ(code_of(finalise(*vault_, visit_.id, wish)), "finalise.members");
  EXPECT_EQ(visit(*vault_, visit_.id)->state, VisitState::kOpen);
}

TEST_F(Finalise, CutShortAttachmentStopsIt) {
  const RecordId record = start_record();
  {
    auto writer = begin_attachment(*vault_, record, "/data/photo", "photo.jpg", "image/jpeg");
    ASSERT_TRUE(ok((*writer)->append(Bytes(300'000, 1))));
  }
  EXPECT_EQ(code_of(finalise(*vault_, visit_.id, request())), "attachment.incomplete");
}

TEST_F(Finalise, ErasingNeedsAReceipt) {
  start_record();
  auto done = finalise(*vault_, visit_.id, request());
  ASSERT_TRUE(ok(done));
  EXPECT_EQ(code_of(erase_sent(*vault_, done->id)), "outbox.unacknowledged");
  ASSERT_TRUE(ok(set_upload_progress(
      *vault_, done->id, {UploadState::kUploading, "http://127.0.0.1/files/1", 4096, ""})));
  EXPECT_EQ(outbox_entry(*vault_, done->id)->sent_bytes, 4096u);
  EXPECT_EQ(
      code_of(set_upload_progress(*vault_, done->id, {UploadState::kAcknowledged, "", 0, ""})),
      "outbox.state");
  ASSERT_TRUE(ok(acknowledge(*vault_, done->id, "receipt text")));
  ASSERT_TRUE(ok(acknowledge(*vault_, done->id, "receipt text")));
  EXPECT_EQ(code_of(set_upload_progress(*vault_, done->id, {UploadState::kQueued, "", 0, ""})),
            "outbox.acknowledged");
  EXPECT_EQ(visit(*vault_, visit_.id)->state, VisitState::kAcknowledged);
  clock_.wall.ms += 86'400'000;
  EXPECT_EQ(*apply_retention(*vault_, 3), 0);
  clock_.wall.ms += 3 * std::int64_t{86'400'000};
  EXPECT_EQ(*apply_retention(*vault_, 3), 1);
  EXPECT_FALSE(files_->exists(done->path));
  const auto entry = outbox_entry(*vault_, done->id);
  EXPECT_EQ(entry->path, "");
  EXPECT_EQ(entry->receipt, "receipt text");
  EXPECT_EQ(visit(*vault_, visit_.id)->state, VisitState::kErased);
  reopen();
  EXPECT_EQ(chain_head(*vault_)->sequence, 1u);
}

TEST_F(Finalise, AmendmentPointsToTheFirst) {
  start_record();
  auto first = finalise(*vault_, visit_.id, request());
  ASSERT_TRUE(ok(first));
  auto second = new_visit(*vault_, {"Central station", "police", first->id});
  ASSERT_TRUE(ok(second));
  EXPECT_EQ(second->amends, first->id);
}

}  // namespace
}  // namespace vigil::vault::test
