// SPDX-License-Identifier: Apache-2.0
//
// Evidence: what is shown must be what was sealed, byte for byte, and nothing else may be learned.
#include "core/bundle/evidence.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/bundle/archive.h"
#include "tests/core/bundle/sample.h"
#include "tests/support/memory_files.h"

namespace vigil::bundle::test {
namespace {

const std::vector<AnswerText> kAnswers{{"r1-/data/lawyer", "no"},
                                       {"r1-/data/judge", "yes"},
                                       {"r1-/data/words", "line one\nline two"},
                                       {"visit/place", "IVS <7>"}};

// What the office learns when it opens.
class OpenedStage final : public MemberStage {
 public:
  Status payload_salt(const PayloadSalt& salt) override {
    secret = salt;
    return {};
  }
  Status begin_member(std::string_view name, std::uint64_t) override {
    members.push_back({std::string(name), {}});
    return {};
  }
  Status content(ByteView bytes) override {
    Bytes& content = members.back().content;
    content.insert(content.end(), bytes.begin(), bytes.end());
    return {};
  }
  Status end_member() override { return {}; }
  Status members_list(std::string_view text) override {
    list = text;
    return {};
  }
  [[nodiscard]] const Bytes& at(std::string_view name) const {
    return std::ranges::find(members, name, &Member::name)->content;
  }
  PayloadSalt secret{};
  std::string list;
  std::vector<Member> members;
};

struct Evidence : testing::Test {
  Keys keys;
  CheckedBundle checked;
  OpenedStage opened;
  AnswersSalt secret{};

  void SetUp() override {
    BundleDraft made = draft(keys, false);
    const AnswerFiles files = make_answer_files(kAnswers);
    made.payload.members.push_back(member(std::string(kAnswersName), files.answers_json));
    made.payload.members.push_back(member(std::string(kAnswersSaltName), files.salt_text));
    const Bytes sealed = seal(keys, made);
    checked = check(keys, sealed).value();
    MemoryFile file(sealed);
    std::vector<crypto::age::Identity> identities;
    identities.push_back(keys.office.clone());
    ASSERT_TRUE(open_payload(file, checked, 0, identities, opened).has_value());
    secret = parse_answers_salt(as_text(opened.at(kAnswersSaltName))).value();
  }
  [[nodiscard]] ShownFile file(const std::string& name) const {
    return {0, name, member_salt(opened.secret, name), opened.at(name)};
  }
  [[nodiscard]] ShownAnswer answer(std::size_t number) const {
    return {0, answer_salt(secret, kAnswers[number].ref), kAnswers[number]};
  }
  // Two answers and no file but the list of hashes.
  [[nodiscard]] EvidencePack pack() const {
    EvidencePack made;
    made.manifest_json = checked.manifest_json;
    made.signature_file = checked.signature_file;
    made.roster_json = "a roster\n";
    made.roster_signature_file = "its signature\n";
    made.members_json[0] = opened.list;
    made.files = {file(std::string(kAnswersName))};
    made.answers = {answer(2), answer(3)};
    return made;
  }
  [[nodiscard]] std::string code(const EvidencePack& made) const {
    const auto count = check_evidence(made, checked.manifest);
    return count ? "" : count.error().code;
  }
};

TEST_F(Evidence, ChosenAnswersHoldAndTheRestIsCountedOnly) {
  const EvidencePack made = pack();
  const Bytes archive = write_evidence(made).value();
  const EvidencePack read = read_evidence(archive).value();
  EXPECT_EQ(read.answers.size(), 2U);
  EXPECT_EQ(read.answers[0].answer, kAnswers[2]);
  const EvidenceCount count = check_evidence(read, checked.manifest).value();
  EXPECT_EQ(count.answers_shown, 2U);
  EXPECT_EQ(count.answers_withheld, 2U);
  EXPECT_EQ(count.files_shown, 0U);
  EXPECT_EQ(count.files_withheld, opened.members.size() - 1);
  // Neither the other answers, nor what their salts come from, are anywhere in it.
  for (const std::string_view hidden :
       {std::string_view("/data/lawyer"), std::string_view("/data/judge"),
        as_text(opened.at(kAnswersSaltName)).substr(0, 64)})
    EXPECT_EQ(as_text(archive).find(hidden), std::string_view::npos);
  EXPECT_EQ(as_text(archive).find(hex_encode(opened.secret)), std::string_view::npos);
}

TEST_F(Evidence, AWholeFileHolds) {
  EvidencePack made = pack();
  made.files.push_back(file(opened.members[0].name));
  const EvidenceCount count = check_evidence(made, checked.manifest).value();
  EXPECT_EQ(count.files_shown, 1U);
}

TEST_F(Evidence, AnotherAnswerThanTheSealedOneIsRefused) {
  EvidencePack changed = pack();
  changed.answers[0].answer.value = "line one";
  EXPECT_EQ(code(changed), "evidence.answer");
  changed = pack();
  changed.answers[0].answer.ref = "r1-/data/judge";
  EXPECT_EQ(code(changed), "evidence.answer");
  changed = pack();
  changed.answers[0].salt[0] ^= 1;
  EXPECT_EQ(code(changed), "evidence.answer");
  changed = pack();
  changed.answers.push_back(changed.answers[0]);
  EXPECT_EQ(code(changed), "evidence.answer") << "one answer shown twice";
  changed = pack();
  changed.files.clear();
  EXPECT_EQ(code(changed), "evidence.answer") << "answers without the list of hashes";
}

TEST_F(Evidence, AListOfAnswersMadeLaterIsRefused) {
  EvidencePack changed = pack();
  const AnswerText invented{"r1-/data/lawyer", "yes"};
  changed.files[0].content =
      to_bytes(emit_answers({answer_hash(answer_salt(secret, invented.ref), invented)}));
  changed.answers = {{0, answer_salt(secret, invented.ref), invented}};
  EXPECT_EQ(code(changed), "evidence.file");
}

TEST_F(Evidence, FilesThatWereNotSealedAreRefused) {
  EvidencePack changed = pack();
  changed.files.push_back(file(opened.members[0].name));
  changed.files.back().content.push_back('x');
  EXPECT_EQ(code(changed), "evidence.file");
  changed = pack();
  changed.files.push_back(file(opened.members[0].name));
  changed.files.back().name = "other";
  EXPECT_EQ(code(changed), "evidence.file");
  changed = pack();
  changed.files.push_back(changed.files[0]);
  EXPECT_EQ(code(changed), "evidence.file") << "one file twice";
}

TEST_F(Evidence, AListOfFilesThatWasNotSignedIsRefused) {
  EvidencePack changed = pack();
  changed.members_json[0] = emit_members({});
  EXPECT_EQ(code(changed), "evidence.members");
  changed = pack();
  changed.members_json[1] = changed.members_json[0];
  EXPECT_EQ(code(changed), "evidence.members") << "a payload that the bundle does not have";
}

TEST_F(Evidence, NoChangedByteLeavesAPackThatHolds) {
  const Bytes archive = write_evidence(pack()).value();
  const EvidencePack right = pack();
  for (std::size_t at = 0; at < archive.size(); ++at) {
    Bytes changed = archive;
    changed[at] ^= 1;
    const auto read = read_evidence(changed);
    if (!read) continue;
    const bool same_basis = read->manifest_json == right.manifest_json &&
                            read->signature_file == right.signature_file &&
                            read->roster_json == right.roster_json &&
                            read->roster_signature_file == right.roster_signature_file;
    // What signatures cover is judged by their verifiers; the rest must fail here.
    EXPECT_TRUE(!same_basis || !check_evidence(*read, checked.manifest)) << at;
  }
}

TEST_F(Evidence, NoCutOrLengthenedPackIsRead) {
  const Bytes archive = write_evidence(pack()).value();
  for (std::size_t size = 0; size < archive.size(); size += 97)
    EXPECT_FALSE(read_evidence(ByteView(archive).first(size))) << size;
  Bytes longer = archive;
  longer.resize(longer.size() + 512);
  EXPECT_FALSE(read_evidence(longer));
}

TEST(Answers, TheFilesCommitToNeitherMoreNorLess) {
  const AnswerFiles files = make_answer_files(kAnswers);
  EXPECT_TRUE(check_answer_files(files, kAnswers));
  auto other = kAnswers;
  other[1].value = "no";
  EXPECT_EQ(check_answer_files(files, other).error().code, "answers.differ");
  other = kAnswers;
  other.pop_back();
  EXPECT_EQ(check_answer_files(files, other).error().code, "answers.differ");
  std::ranges::reverse(other = kAnswers);
  EXPECT_TRUE(check_answer_files(files, other)) << "their order is not part of it";
}

TEST(Answers, ListsOfOneSpellingOnly) {
  crypto::Blake2b256 low{};
  crypto::Blake2b256 high{};
  high.fill(0xff);
  const std::string good = emit_answers({high, low});
  EXPECT_EQ(parse_answers(good).value().size(), 2U);
  const std::string bad_order = "{\"format\":\"vigil-answers-1\",\"answers\":[\"" +
                                hex_encode(high) + "\",\"" + hex_encode(low) + "\"]}\n";
  const std::string twice = "{\"format\":\"vigil-answers-1\",\"answers\":[\"" + hex_encode(low) +
                            "\",\"" + hex_encode(low) + "\"]}\n";
  for (const std::string& text : {bad_order, twice, good + "\n", good.substr(0, good.size() - 1),
                                  std::string("{\"format\":\"vigil-answers-2\",\"answers\":[]}\n")})
    EXPECT_FALSE(parse_answers(text)) << text;
  EXPECT_FALSE(parse_answers_salt(std::string(64, '0')));
  EXPECT_TRUE(parse_answers_salt(std::string(64, '0') + "\n"));
  EXPECT_FALSE(parse_answers_salt(std::string(64, 'A') + "\n"));
}

}  // namespace
}  // namespace vigil::bundle::test
