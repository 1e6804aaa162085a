// SPDX-License-Identifier: Apache-2.0
#include "core/vault/journal.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

using Answers = VaultTest;

std::string joined(const std::vector<Answer>& answers) {
  std::string text;
  for (const Answer& answer : answers) text += answer.ref + "=" + answer.value + ";";
  return text;
}

TEST_F(Answers, AreThereAfterReopening) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}, {"/data/b", "two\nlines"}})));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "three"}})));
  reopen();
  auto stored = answers(*vault_, record);
  ASSERT_TRUE(ok(stored));
  EXPECT_EQ(joined(*stored), "/data/a=three;/data/b=two\nlines;");
  EXPECT_TRUE(ok(verify_journal(*vault_, record)));
}

TEST_F(Answers, EmptyValueClears) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", ""}, {"/data/never", ""}})));
  EXPECT_TRUE(answers(*vault_, record)->empty());
  auto journal = events(*vault_, record);
  ASSERT_TRUE(ok(journal));
  ASSERT_EQ(journal->size(), 3u);
  EXPECT_EQ((*journal)[2].kind, EventKind::kClear);
  EXPECT_TRUE(ok(verify_journal(*vault_, record)));
}

TEST_F(Answers, SameValueMakesNoEvent) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  EXPECT_EQ(events(*vault_, record)->size(), 2u);
}

TEST_F(Answers, UndoIsAnEvent) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", ""}}, ChangeKind::kUndo)));
  const auto journal = events(*vault_, record);
  ASSERT_TRUE(ok(journal));
  EXPECT_TRUE(journal->back().undo);
  EXPECT_FALSE((*journal)[1].undo);
}

TEST_F(Answers, OneBadRefKeepsAllOut) {
  const RecordId record = start_record();
  EXPECT_EQ(code_of(apply(*vault_, record, {{"/data/a", "one"}, {"data/b", "two"}})),
            "answers.ref");
  EXPECT_EQ(code_of(apply(*vault_, record, {{"/data/a", "one"}, {"/data/p[1]/b", "two"}})),
            "answers.instance");
  EXPECT_TRUE(answers(*vault_, record)->empty());
  EXPECT_EQ(events(*vault_, record)->size(), 1u);
}

TEST_F(Answers, MalformedRefsAreRefused) {
  const RecordId record = start_record();
  for (const char* ref :
       {"", "/", "a", "/a/", "//a", "/a[0]/b", "/a[01]/b", "/a[]/b", "/a[1/b", "/a]/b",
        "/a[1][2]/b", "/a b", "/a[1]", "/a\n", "/a[9999999999]/b", "/\xff"}) {
    EXPECT_EQ(code_of(apply(*vault_, record, {{ref, "v"}})), "answers.ref") << ref;
  }
}

TEST_F(Answers, RemovingAnInstanceMovesLaterOnesUp) {
  const RecordId record = start_record();
  for (const char* ref : {"/data/p[1]", "/data/p[2]", "/data/p[2]/c[1]", "/data/p[3]",
                          "/data/p[3]/c[1]", "/data/p[3]/c[2]"}) {
    ASSERT_TRUE(ok(add_repeat(*vault_, record, ref)));
  }
  ASSERT_TRUE(ok(apply(*vault_, record,
                       {{"/data/p[1]/n", "a"},
                        {"/data/p[2]/n", "b"},
                        {"/data/p[2]/c[1]/n", "bb"},
                        {"/data/p[3]/n", "c"},
                        {"/data/p[3]/c[2]/n", "cc"},
                        {"/data/px", "x"}})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/p[2]/n", FlagKind::kNote, "gone"})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/p[3]/n", FlagKind::kFinding, "kept"})));
  ASSERT_TRUE(ok(remove_repeat(*vault_, record, "/data/p[2]")));
  EXPECT_EQ(joined(*answers(*vault_, record)),
            "/data/p[1]=;/data/p[1]/n=a;/data/p[2]=;/data/p[2]/c[1]=;/data/p[2]/c[2]=;"
            "/data/p[2]/c[2]/n=cc;/data/p[2]/n=c;/data/px=x;");
  const auto left = flags(*vault_, record);
  ASSERT_EQ(left->size(), 1u);
  EXPECT_EQ(left->front().ref, "/data/p[2]/n");
  EXPECT_EQ(left->front().text, "kept");
  EXPECT_TRUE(ok(verify_journal(*vault_, record)));
  reopen();
  EXPECT_TRUE(ok(verify_journal(*vault_, record)));
}

TEST_F(Answers, InstancesComeInOrder) {
  const RecordId record = start_record();
  EXPECT_EQ(code_of(add_repeat(*vault_, record, "/data/p[2]")), "answers.instance");
  EXPECT_EQ(code_of(add_repeat(*vault_, record, "/data/p")), "answers.ref");
  EXPECT_EQ(code_of(add_repeat(*vault_, record, "/data/p[1]/c[1]")), "answers.instance");
  ASSERT_TRUE(ok(add_repeat(*vault_, record, "/data/p[1]")));
  EXPECT_EQ(code_of(add_repeat(*vault_, record, "/data/p[1]")), "answers.instance");
  EXPECT_EQ(code_of(remove_repeat(*vault_, record, "/data/p[2]")), "answers.instance");
  for (int i = 2; i <= 11; ++i) {
    ASSERT_TRUE(ok(add_repeat(*vault_, record, "/data/p[" + std::to_string(i) + "]")));
  }
  const auto rows = answers(*vault_, record);
  EXPECT_EQ(rows->back().ref, "/data/p[11]") << "numbers are numbers, not texts";
  EXPECT_TRUE(is_instance_ref(rows->back().ref));
}

TEST_F(Answers, FlagsAreKeptPerKind) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/a", FlagKind::kLater, ""})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/a", FlagKind::kNote, "ask again"})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/a", FlagKind::kNote, "asked"})));
  EXPECT_EQ(flags(*vault_, record)->size(), 2u);
  ASSERT_TRUE(ok(clear_flag(*vault_, record, "/data/a", FlagKind::kLater)));
  ASSERT_TRUE(ok(clear_flag(*vault_, record, "/data/a", FlagKind::kLater)));
  const auto left = flags(*vault_, record);
  ASSERT_EQ(left->size(), 1u);
  EXPECT_EQ(left->front().text, "asked");
  EXPECT_TRUE(ok(verify_journal(*vault_, record)));
}

TEST_F(Answers, LockedVaultRefuses) {
  const RecordId record = start_record();
  vault_->lock();
  EXPECT_EQ(code_of(apply(*vault_, record, {{"/data/a", "one"}})), "vault.locked");
  EXPECT_EQ(code_of(answers(*vault_, record)), "vault.locked");
}

}  // namespace
}  // namespace vigil::vault::test
