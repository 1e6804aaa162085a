// SPDX-License-Identifier: Apache-2.0
#include "core/vault/inbox.h"

#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

class Inbox : public VaultTest {
 protected:
  ImportedBundle bundle(std::uint64_t sequence, std::uint8_t id) {
    ImportedBundle imported;
    imported.id.value.fill(id);
    imported.device = device_key_.public_key();
    imported.sequence = sequence;
    imported.roster_version = 3;
    imported.verdict = "valid";
    imported.imported = clock_.now();
    imported.path = "inbox/x";
    return imported;
  }
  void import(std::uint64_t sequence, std::uint8_t id) {
    auto stage = begin_import(*vault_, bundle(sequence, id));
    ASSERT_TRUE(ok(stage));
    ASSERT_TRUE(ok((*stage)->commit()));
  }
};

TEST_F(Inbox, CommittedImportHoldsAll) {
  const Bytes photo(600'000, 5);
  {
    auto stage = begin_import(*vault_, bundle(1, 1));
    ASSERT_TRUE(ok(stage));
    (*stage)->begin_payload(0);
    ASSERT_TRUE(ok((*stage)->begin_member("visit.json", 2)));
    ASSERT_TRUE(ok((*stage)->content(as_bytes("{"))));
    ASSERT_TRUE(ok((*stage)->content(as_bytes("}"))));
    ASSERT_TRUE(ok((*stage)->end_member()));
    ASSERT_TRUE(ok((*stage)->begin_member("r1-a.jpg", photo.size())));
    ASSERT_TRUE(ok((*stage)->content(photo)));
    ASSERT_TRUE(ok((*stage)->end_member()));
    EXPECT_EQ(*(*stage)->read_member(0, "visit.json", 100), to_bytes("{}"));
    EXPECT_EQ(code_of((*stage)->read_member(0, "r1-a.jpg", 100)), "import.size");
    EXPECT_EQ(code_of((*stage)->read_member(1, "visit.json", 100)), "import.member");
    ImportedSubmission submission;
    submission.member_prefix = "r1-";
    submission.visit_code = "RIVER-08";
    submission.team = {4, {"interviews", "health"}};
    submission.form_id = "custody";
    submission.answers = {{"/data/p[10]", "j"}, {"/data/p[2]", "b"}};
    submission.flags = {{"/data/a", FlagKind::kFinding, "no judge in 48 h"},
                        {"/data/a", FlagKind::kNote, "ask"}};
    ASSERT_TRUE(ok((*stage)->add_submission(submission)));
    ASSERT_TRUE(ok((*stage)->commit()));
  }
  reopen();
  const auto all = submissions(*vault_);
  ASSERT_EQ(all->size(), 1u);
  const auto back = submission(*vault_, all->front().id);
  ASSERT_TRUE(ok(back));
  EXPECT_EQ(back->answers.front().value, "b") << "by number";
  EXPECT_EQ(back->team, (Team{4, {"interviews", "health"}}));
  EXPECT_EQ(all->front().team, back->team);
  EXPECT_EQ(back->flags.size(), 2u);
  const auto found = findings(*vault_);
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().text, "no judge in 48 h");
  auto file = open_member(*vault_, back->bundle, 0, "r1-a.jpg");
  ASSERT_TRUE(ok(file));
  Bytes content(photo.size());
  EXPECT_EQ(*(*file)->read_at(0, content), photo.size());
  EXPECT_EQ(content, photo);
}

TEST_F(Inbox, DroppedImportLeavesNothing) {
  {
    auto stage = begin_import(*vault_, bundle(1, 1));
    ASSERT_TRUE(ok(stage));
    ASSERT_TRUE(ok((*stage)->begin_member("visit.json", 2)));
    ASSERT_TRUE(ok((*stage)->content(as_bytes("{}"))));
    EXPECT_EQ(code_of(new_visit(*vault_, {"a", "b", std::nullopt})), "vault.importing");
  }
  EXPECT_FALSE(*known_bundle(*vault_, bundle(1, 1).id));
  EXPECT_TRUE(imported_members(*vault_, bundle(1, 1).id)->empty());
  EXPECT_TRUE(ok(new_visit(*vault_, {"a", "b", std::nullopt})));
}

TEST_F(Inbox, LockWhileStagingLeavesNothing) {
  auto stage = begin_import(*vault_, bundle(1, 1));
  ASSERT_TRUE(ok((*stage)->begin_member("visit.json", 2)));
  vault_->lock();
  EXPECT_EQ(code_of((*stage)->begin_member("x", 2)), "vault.locked");
  EXPECT_EQ(code_of((*stage)->commit()), "vault.locked");
  stage->reset();
  reopen();
  EXPECT_FALSE(*known_bundle(*vault_, bundle(1, 1).id));
}

TEST_F(Inbox, TheSameTwiceIsKnownAndAnotherUnderItsNumberIsAFork) {
  import(1, 1);
  EXPECT_EQ(code_of(begin_import(*vault_, bundle(1, 1))), "import.known");
  EXPECT_EQ(code_of(begin_import(*vault_, bundle(1, 2))), "import.fork");
  EXPECT_EQ(imported_bundles(*vault_)->size(), 1u);
}

TEST_F(Inbox, GapsAreListed) {
  import(2, 2);
  import(5, 5);
  const auto chains = device_chains(*vault_);
  ASSERT_EQ(chains->size(), 1u);
  EXPECT_EQ(chains->front().last_sequence, 5u);
  EXPECT_EQ(chains->front().missing, (std::vector<std::uint64_t>{1, 3, 4}));
  EXPECT_EQ(*last_sequence(*vault_, device_key_.public_key()), 5u);
  EXPECT_EQ(*last_sequence(*vault_, crypto::minisign::SecretKey::generate().public_key()), 0u);
}

TEST_F(Inbox, WhatFailsIsKept) {
  const std::string path = temporary_.put("bad.vigil", Bytes(300'000, 1));
  auto file = files_->open(path);
  ASSERT_TRUE(ok(file));
  ASSERT_TRUE(ok(quarantine(*vault_, **file, "bad.vigil",
                            {ErrorKind::kInvalid, "bundle.signature", "It is not signed."})));
  const auto kept = quarantined(*vault_);
  ASSERT_EQ(kept->size(), 1u);
  EXPECT_EQ(kept->front().code, "bundle.signature");
  EXPECT_EQ(*files_->read(kept->front().path, 1 << 20), Bytes(300'000, 1));

  // The same again, under another name and for another reason; and another content.
  ASSERT_TRUE(ok(quarantine(*vault_, **file, "again.vigil",
                            {ErrorKind::kConflict, "import.fork", "It is a fork."})));
  const auto again = quarantined(*vault_);
  ASSERT_EQ(again->size(), 1u);
  EXPECT_EQ(again->front().id, kept->front().id);
  EXPECT_EQ(again->front().file_name, "again.vigil");
  EXPECT_EQ(again->front().code, "import.fork");
  EXPECT_EQ(files_->list(folder_ + "/inbox")->size(), 1u);
  auto other = files_->open(temporary_.put("other.vigil", Bytes(10, 2)));
  ASSERT_TRUE(ok(quarantine(*vault_, **other, "other.vigil", {ErrorKind::kInvalid, "x", "y"})));
  EXPECT_EQ(files_->list(folder_ + "/inbox")->size(), 2u);
  ASSERT_TRUE(ok(release_quarantined(*vault_, quarantined(*vault_)->back().id)));

  ASSERT_TRUE(ok(release_quarantined(*vault_, kept->front().id)));
  EXPECT_FALSE(files_->exists(kept->front().path));
  EXPECT_TRUE(quarantined(*vault_)->empty());
}

}  // namespace
}  // namespace vigil::vault::test
