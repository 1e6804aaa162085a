// SPDX-License-Identifier: Apache-2.0
//
// What the auditor's verifier says about the log itself, and the witness.
#include <gtest/gtest.h>

#include "app/verify/witness.h"
#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"

namespace vigil::verify::test {
namespace {

using vigil::test::MemoryFiles;

struct LogJudge : testing::Test {
  MemoryFiles files;
  World world{files};
  std::string old_checkpoint;

  void SetUp() override {
    add(world.first, "a1.vigil");
    add(world.first, "a2.vigil");
    old_checkpoint = world.checkpoint();
    add(world.second, "b1.vigil");
  }
  void add(Tablet& tablet, const std::string& path) {
    world.seal(tablet, path);
    world.log(path);
  }
  // Another log of the same key with other entries: what a hub shows to somebody else.
  std::string other_face(std::uint64_t entries) {
    MemoryFiles elsewhere;
    auto key = vigil::log::SignerKey::parse(world.log_key.to_text());
    auto writer = vigil::log::LogWriter::open(elsewhere, "log", std::move(*key));
    for (std::uint64_t i = 0; i < entries; ++i) {
      const Bytes entry = to_bytes("other " + std::to_string(i));
      EXPECT_TRUE(writer->append({entry}));
    }
    return writer->signed_checkpoint();
  }
  Report judge_with(std::vector<HeldCheckpoint> held) {
    Question question = world.question({"a1.vigil"}, true);
    question.checkpoints = std::move(held);
    return world.judge(question);
  }
};

TEST_F(LogJudge, AnOlderCheckpointOfTheSameLogIsConsistent) {
  const Report report = judge_with({{"old", old_checkpoint}, {"now", world.checkpoint()}});
  EXPECT_EQ(verdict(report.log.claims, "consistency"), kHolds);
  EXPECT_EQ(exit_status(report), 0);
}

TEST_F(LogJudge, TwoFacesAreCaughtByAHeldCheckpoint) {
  for (const std::uint64_t size : {1U, 2U, 3U}) {
    const Report report = judge_with({{"held", other_face(size)}});
    EXPECT_EQ(verdict(report.log.claims, "consistency"), kNot) << size;
    EXPECT_EQ(exit_status(report), 1);
  }
}

TEST_F(LogJudge, AShorterLogThanTheOneSeenIsCaught) {
  const Report report = judge_with({{"held", other_face(4)}});
  EXPECT_EQ(verdict(report.log.claims, "consistency"), kNot);
  EXPECT_NE(reason(report.log.claims, "consistency").find("only 3"), std::string::npos);
}

TEST_F(LogJudge, TwoFacesAreCaughtByAReceipt) {
  MemoryFiles elsewhere;
  World other(elsewhere);
  auto key = vigil::log::SignerKey::parse(world.log_key.to_text());
  auto writer = vigil::log::LogWriter::open(elsewhere, "face", std::move(*key));
  const Bytes entry = world.entry_of("a1.vigil");
  const Bytes more = to_bytes("more");
  ASSERT_TRUE(writer->append({entry, more}));
  files.put("a1.vigil.receipt", as_bytes(*writer->receipt(0)));
  const Report report = judge_with({});
  EXPECT_EQ(verdict(report.bundles[0].claims, "receipt"), kNot);
  EXPECT_NE(reason(report.bundles[0].claims, "receipt").find("two faces"), std::string::npos);
}

TEST_F(LogJudge, ACheckpointByAnotherKeyDoesNotHold) {
  const auto stranger =
      vigil::log::SignerKey::generate("hub.example/log", vigil::log::KeyType::kLog);
  files.put("log/checkpoint",
            as_bytes(vigil::log::sign_checkpoint(world.writer->checkpoint(), stranger)));
  const Report report = judge_with({});
  EXPECT_EQ(verdict(report.log.claims, "checkpoint"), kNot);
  EXPECT_EQ(verdict(report.log.claims, "entries"), kOpen);
  EXPECT_EQ(verdict(report.bundles[0].claims, "inclusion"), kOpen);
}

TEST_F(LogJudge, AChangedEntryDoesNotHold) {
  const std::string path = "log/tile/entries/000.p/3";
  Bytes content = files.contents().at(path);
  content[40] ^= 1;
  files.put(path, content);
  const Report report = judge_with({});
  EXPECT_EQ(verdict(report.log.claims, "entries"), kNot);
  EXPECT_EQ(verdict(report.bundles[0].claims, "inclusion"), kOpen);
}

TEST_F(LogJudge, AMissingTileIsUnreadable) {
  ASSERT_TRUE(files.remove("log/tile/entries/000.p/3"));
  const Report report = judge_with({});
  EXPECT_EQ(verdict(report.log.claims, "entries"), kOpen);
  EXPECT_EQ(exit_status(report), 3);
}

TEST_F(LogJudge, JunkStrangersAndRepetitionsInTheLogShow) {
  const Bytes again = world.entry_of("a1.vigil");
  ASSERT_TRUE(world.writer->append({again}));
  EXPECT_EQ(verdict(judge_with({}).log.claims, "once"), kNot);
  Tablet stranger;
  world.seal(stranger, "s.vigil");
  world.roster.devices.push_back(
      {stranger.key.public_key(), trust::DeviceRole::kTablet, "tablet-3", 1, {}, {}});
  world.log("s.vigil");
  world.roster.devices.pop_back();
  EXPECT_EQ(verdict(judge_with({}).log.claims, "entry_signatures"), kOpen);
  const Bytes junk = to_bytes("junk");
  ASSERT_TRUE(world.writer->append({junk}));
  EXPECT_EQ(verdict(judge_with({}).log.claims, "entry_signatures"), kNot);
}

TEST_F(LogJudge, QuorumOfWitnessesIsDemanded) {
  EXPECT_EQ(verdict(judge_with({}).log.claims, "witnesses"), kOpen);
  const auto cosigned_old =
      vigil::log::cosign_checkpoint(old_checkpoint, world.witness_key, 1'700'000'000);
  const Report partly = judge_with({{"old", *cosigned_old}});
  EXPECT_EQ(verdict(partly.log.claims, "witnesses"), kOpen);
  EXPECT_NE(reason(partly.log.claims, "witnesses").find("2023-11-14T22:13:20Z"), std::string::npos);
  world.roster.policy.witness_quorum = 1;
  EXPECT_EQ(verdict(judge_with({{"old", *cosigned_old}}).log.claims, "witnesses"), kNot);
  const auto cosigned =
      vigil::log::cosign_checkpoint(world.checkpoint(), world.witness_key, 1'700'000'000);
  EXPECT_EQ(verdict(judge_with({{"now", *cosigned}}).log.claims, "witnesses"), kHolds);
}

struct Witness : LogJudge {
  Result<WitnessOutcome> run() {
    WitnessJob job;
    job.state_file = "state";
    job.log_files = &files;
    job.log_folder = "log";
    job.log_key = world.log_key.verifier();
    job.time_s = 1'700'000'000;
    return witness(files, world.witness_key, job);
  }
  std::string code() {
    const auto outcome = run();
    return outcome ? "ok" : outcome.error().code;
  }
};

TEST_F(Witness, CosignsTheFirstTimeAndAfterGrowth) {
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->old_size, 0U);
  EXPECT_EQ(outcome->new_size, 3U);
  EXPECT_TRUE(vigil::log::verify_checkpoint(outcome->cosigned_note, world.log_key.verifier(),
                                            {world.witness_key.verifier()}, 1));
  EXPECT_EQ(code(), "ok");
  add(world.second, "b2.vigil");
  const auto grown = run();
  ASSERT_TRUE(grown);
  EXPECT_EQ(grown->old_size, 3U);
  EXPECT_EQ(grown->new_size, 4U);
}

TEST_F(Witness, RefusesAForkAndKeepsWhatItSaw) {
  ASSERT_TRUE(run());
  const Bytes state = files.contents().at("state");
  MemoryFiles::Contents before = files.contents();
  auto key = vigil::log::SignerKey::parse(world.log_key.to_text());
  MemoryFiles elsewhere;
  auto fork = vigil::log::LogWriter::open(elsewhere, "log", std::move(*key));
  for (const std::size_t count : {3U, 2U}) {  // the same size, then larger
    std::vector<Bytes> entries(count, to_bytes("other"));
    ASSERT_TRUE(fork->append(std::vector<ByteView>(entries.begin(), entries.end())));
    for (const auto& [path, content] : elsewhere.contents()) files.put(path, content);
    EXPECT_EQ(code(), "witness.fork");
    EXPECT_EQ(files.contents().at("state"), state);
  }
}

TEST_F(Witness, RefusesAnOlderCheckpoint) {
  ASSERT_TRUE(run());
  files.put("log/checkpoint", as_bytes(old_checkpoint));
  EXPECT_EQ(code(), "witness.stale");
}

TEST_F(Witness, RefusesAStrangersLog) {
  const auto stranger =
      vigil::log::SignerKey::generate("hub.example/log", vigil::log::KeyType::kLog);
  files.put("log/checkpoint",
            as_bytes(vigil::log::sign_checkpoint(world.writer->checkpoint(), stranger)));
  EXPECT_EQ(code(), "note.signature");
  EXPECT_FALSE(files.exists("state"));
}

TEST_F(Witness, ADamagedTileIsNotALie) {
  ASSERT_TRUE(run());
  add(world.second, "b2.vigil");
  Bytes tile = files.contents().at("log/tile/0/000.p/4");
  tile[0] ^= 1;
  files.put("log/tile/0/000.p/4", tile);
  EXPECT_EQ(code(), "witness.tiles");
}

TEST_F(Witness, HandsNothingOutThatItCouldNotRemember) {
  files.fail_after_changes(0);
  const auto outcome = run();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::kStorage);
}

}  // namespace
}  // namespace vigil::verify::test
