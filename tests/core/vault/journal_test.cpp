// SPDX-License-Identifier: Apache-2.0
#include "core/vault/journal.h"

#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

class Journal : public VaultTest {
 protected:
  RecordId filled() {
    const RecordId record = start_record();
    EXPECT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}, {"/data/b", "two"}})));
    EXPECT_TRUE(ok(apply(*vault_, record, {{"/data/a", "three"}})));
    return record;
  }
  sql::Database& database() { return (*vault_->store())->database; }
};

TEST_F(Journal, ValueChangedBehindItsBackShows) {
  const RecordId record = filled();
  ASSERT_TRUE(ok(database().execute("UPDATE answers SET value = 'forged' WHERE ref = '/data/a'")));
  EXPECT_EQ(code_of(verify_journal(*vault_, record)), "journal.fold");
}

TEST_F(Journal, AnswerTakenBehindItsBackShows) {
  const RecordId record = filled();
  ASSERT_TRUE(ok(database().execute("DELETE FROM answers WHERE ref = '/data/b'")));
  EXPECT_EQ(code_of(verify_journal(*vault_, record)), "journal.fold");
}

TEST_F(Journal, EventTakenOutShows) {
  const RecordId record = filled();
  ASSERT_TRUE(ok(database().execute("DELETE FROM events WHERE sequence = 2")));
  EXPECT_EQ(code_of(verify_journal(*vault_, record)), "journal.chain");
}

TEST_F(Journal, EventsAreNotRewritten) {
  filled();
  EXPECT_FALSE(database().execute("UPDATE events SET line = '{}'").has_value());
}

TEST_F(Journal, HoldsNoValue) {
  const RecordId record = filled();
  const auto text = export_journal(*vault_, record);
  ASSERT_TRUE(ok(text));
  EXPECT_EQ(as_text(*text).find("three"), std::string_view::npos);
}

TEST_F(Journal, AnyCutOrFlippedByteIsRefused) {
  const RecordId record = filled();
  const Bytes good = *export_journal(*vault_, record);
  const auto whole = parse_journal(good);
  ASSERT_TRUE(ok(whole));
  ASSERT_EQ(whole->size(), 4u);
  const std::size_t last_line = as_text(good).rfind('\n', good.size() - 2) + 1;
  for (std::size_t i = 0; i < last_line; ++i) {
    Bytes flipped = good;
    flipped[i] ^= 1;
    EXPECT_FALSE(parse_journal(flipped).has_value()) << "byte " << i;
  }
  for (std::size_t cut = last_line + 1; cut < good.size(); ++cut) {
    EXPECT_FALSE(parse_journal(ByteView(good).first(cut)).has_value()) << "cut at " << cut;
  }
}

TEST_F(Journal, FoldRefusesWhatCannotBe) {
  Event event;
  event.sequence = 1;
  event.kind = EventKind::kClear;
  event.ref = "/data/a";
  EXPECT_EQ(code_of(fold_journal({event})), "journal.fold");
  event.kind = EventKind::kAddRepeat;
  event.ref = "/data/p[2]";
  EXPECT_EQ(code_of(fold_journal({event})), "journal.fold");
  event.kind = EventKind::kRemoveRepeat;
  EXPECT_EQ(code_of(fold_journal({event})), "journal.fold");
}

}  // namespace
}  // namespace vigil::vault::test
