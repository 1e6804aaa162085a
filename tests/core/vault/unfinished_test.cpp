// SPDX-License-Identifier: Apache-2.0
#include "core/vault/unfinished.h"

#include "core/vault/journal.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

using Unfinished = VaultTest;

std::string joined(const Result<std::vector<Answer>>& list) {
  std::string text;
  for (const Answer& answer : *list) text += answer.ref + "=" + answer.value + ";";
  return text;
}

TEST_F(Unfinished, IsThereAfterReopeningAndInNoJournal) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/day", "?20")));
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/day", "?2011")));
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/area", "1e999")));
  reopen();
  EXPECT_EQ(joined(unfinished(*vault_, record)), "/data/area=1e999;/data/day=?2011;");
  EXPECT_EQ(events(*vault_, record)->size(), 1u) << "it began, no more";
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/area", "")));
  EXPECT_EQ(joined(unfinished(*vault_, record)), "/data/day=?2011;");
}

TEST_F(Unfinished, GoesWithTheNextAnswerAndWithTheRecord) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/day", "?2011")));
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/area", "many")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/day", "2026-11-20"}})));
  EXPECT_EQ(joined(unfinished(*vault_, record)), "/data/area=many;");
  ASSERT_TRUE(ok(discard_record(*vault_, record)));
  EXPECT_EQ(code_of(unfinished(*vault_, record)), "record.absent");
  EXPECT_EQ(*(*vault_->store())->database.integer("SELECT count(*) FROM unfinished"), 0);
}

TEST_F(Unfinished, MovesWithItsRepeatInstance) {
  const RecordId record = start_record();
  for (const char* cell : {"/data/p[1]", "/data/p[2]", "/data/p[3]"}) {
    ASSERT_TRUE(ok(add_repeat(*vault_, record, cell)));
    ASSERT_TRUE(ok(keep_unfinished(*vault_, record, std::string(cell) + "/n", cell)));
  }
  ASSERT_TRUE(ok(remove_repeat(*vault_, record, "/data/p[2]")));
  EXPECT_EQ(joined(unfinished(*vault_, record)),
            "/data/p[1]/n=/data/p[1];/data/p[2]/n=/data/p[3];");
  EXPECT_EQ(code_of(keep_unfinished(*vault_, record, "/data/p[3]/n", "x")), "answers.instance");
}

TEST_F(Unfinished, IsBounded) {
  const RecordId record = start_record();
  EXPECT_EQ(code_of(keep_unfinished(*vault_, record, "/data/a",
                                    std::string(kUnfinishedLimitBytes + 1, 'x'))),
            "unfinished.limit");
  for (std::size_t count = 0; count < kUnfinishedLimit; ++count) {
    ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/q" + std::to_string(count), "x")));
  }
  EXPECT_EQ(code_of(keep_unfinished(*vault_, record, "/data/a", "x")), "unfinished.limit");
  EXPECT_TRUE(ok(keep_unfinished(*vault_, record, "/data/q1", "")));
  EXPECT_TRUE(ok(keep_unfinished(*vault_, record, "/data/a", "x")));
}

TEST_F(Unfinished, AndWhereARecordWasLeftAreOfItAlone) {
  const RecordId record = start_record();
  const auto other = add_record(*vault_, visit_.id, "custody", "1");
  ASSERT_TRUE(ok(set_position(*vault_, record, "3 /data/day")));
  ASSERT_TRUE(ok(set_language(*vault_, record, "Русский (ru)")));
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/day", "?")));
  reopen();
  EXPECT_EQ(vault::record(*vault_, record)->position, "3 /data/day");
  EXPECT_EQ(vault::record(*vault_, record)->language, "Русский (ru)");
  EXPECT_EQ(vault::record(*vault_, *other)->position, "");
  EXPECT_TRUE(unfinished(*vault_, *other)->empty());
  EXPECT_EQ(code_of(set_position(*vault_, record, std::string(3000, 'x'))), "record.place");
}

}  // namespace
}  // namespace vigil::vault::test
