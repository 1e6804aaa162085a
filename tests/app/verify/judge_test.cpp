// SPDX-License-Identifier: Apache-2.0
#include "app/verify/judge.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"

namespace vigil::verify::test {
namespace {

using vigil::test::MemoryFiles;

// Three bundles of the first tablet in files and log, the auditor's usual case.
struct Judge : testing::Test {
  MemoryFiles files;
  World world{files};
  std::vector<std::string> paths{"a1.vigil", "a2.vigil", "a3.vigil"};

  void SetUp() override {
    for (const std::string& path : paths) {
      world.seal(world.first, path);
      world.log(path, true);
    }
  }
  void damage(const std::string& path, std::size_t from_end) {
    Bytes bytes = files.contents().at(path);
    bytes[bytes.size() - from_end] ^= 1;
    files.put(path, bytes);
  }
};

TEST_F(Judge, EverythingHoldsWhereEverythingIsGiven) {
  Question question = world.question(paths, true);
  question.checkpoints = {
      {"held", *vigil::log::cosign_checkpoint(world.checkpoint(), world.witness_key, 1)}};
  const Report report = world.judge(question);
  EXPECT_EQ(exit_status(report), 0);
  ASSERT_EQ(report.bundles.size(), 3U);
  for (const BundleReport& bundle : report.bundles) {
    EXPECT_EQ(bundle.device, "tablet-1");
    for (const Claim& claim : bundle.claims)
      EXPECT_EQ(to_string(claim.verdict), kHolds) << claim.claim << ": " << claim.reason;
  }
  for (const Claim& claim : report.log.claims)
    EXPECT_EQ(to_string(claim.verdict), kHolds) << claim.claim << ": " << claim.reason;
  EXPECT_EQ(report.devices[0].sequences, (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(verdict(report.devices[0].claims, "complete"), kHolds);
  EXPECT_EQ(verdict(report.devices[0].claims, "no_fork"), kHolds);
  EXPECT_EQ(verdict(report.devices[0].claims, "tail"), kOpen);
  EXPECT_EQ(verdict(report.devices[1].claims, "complete"), kOpen);
}

TEST_F(Judge, NothingIsWellByAbsence) {
  const Report report = world.judge({"a2.vigil"}, false);
  const auto& claims = report.bundles[0].claims;
  EXPECT_EQ(exit_status(report), 0);
  for (const char* open : {"order", "fork", "inclusion"})
    EXPECT_EQ(verdict(claims, open), kOpen) << open;
  for (const char* open :
       {"checkpoint", "entries", "entry_signatures", "once", "consistency", "witnesses"})
    EXPECT_EQ(verdict(report.log.claims, open), kOpen) << open;
  EXPECT_EQ(verdict(report.devices[0].claims, "complete"), kOpen);
  ASSERT_TRUE(files.remove("a2.vigil.receipt"));
  EXPECT_EQ(verdict(world.judge({"a2.vigil"}, false).bundles[0].claims, "receipt"), kOpen);
}

TEST_F(Judge, EveryBundleHasEveryClaim) {
  ASSERT_TRUE(files.remove("a3.vigil"));
  damage("a2.vigil", 1);
  const Report report = world.judge(paths, true);
  std::set<std::string> keys;
  for (const Claim& claim : report.bundles[0].claims) keys.insert(claim.claim);
  EXPECT_EQ(keys.size(), 12U);
  for (const BundleReport& bundle : report.bundles) {
    EXPECT_EQ(bundle.claims.size(), 12U);
    for (const Claim& claim : bundle.claims) {
      EXPECT_TRUE(keys.contains(claim.claim));
      EXPECT_NE(statement(claim.claim), claim.claim);
      EXPECT_FALSE(claim.reason.empty());
    }
  }
}

TEST_F(Judge, EveryChangedByteOfABundleShows) {
  const Bytes whole = files.contents().at("a2.vigil");
  for (std::size_t i = 0; i < whole.size(); i += 37) {
    Bytes bytes = whole;
    bytes[i] ^= 1;
    files.put("a2.vigil", bytes);
    EXPECT_EQ(exit_status(world.judge({"a2.vigil"}, true)), 1) << i;
  }
}

TEST_F(Judge, ADamagedPayloadStillSaysWhoseItWas) {
  damage("a2.vigil", 5000);
  const Report report = world.judge(paths, true);
  const BundleReport& bundle = report.bundles[1];
  // Where the flipped byte lies decides between a header's archive rule and the payload's digest.
  EXPECT_EQ(tally(bundle.claims).do_not_hold, 1U);
  EXPECT_EQ(exit_status(report), 1);
}

TEST_F(Judge, ABundleByAStrangerDoesNotHold) {
  Tablet stranger;
  world.seal(stranger, "s.vigil");
  const Report report = world.judge({"s.vigil"}, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "signature"), kNot);
  EXPECT_EQ(verdict(report.bundles[0].claims, "digest"), kOpen);
  EXPECT_EQ(verdict(report.bundles[0].claims, "inclusion"), kOpen);
  EXPECT_TRUE(report.bundles[0].device.empty());
  EXPECT_EQ(exit_status(report), 1);
}

TEST_F(Judge, ABundleToAStrangerDoesNotHold) {
  const auto known = world.roster.recipients;
  world.roster.recipients = {
      {crypto::age::Identity::generate().recipient(), trust::RecipientRole::kGeneral, false}};
  const Report report = world.judge(paths, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "recipients"), kNot);
  EXPECT_EQ(verdict(report.bundles[0].claims, "digest"), kHolds);
}

TEST_F(Judge, AMissingFileIsUnreadableNotFine) {
  const Report report = world.judge({"a1.vigil", "gone.vigil"}, true);
  EXPECT_EQ(verdict(report.bundles[1].claims, "archive"), kOpen);
  EXPECT_EQ(exit_status(report), 3);
}

TEST_F(Judge, AGapInTheLogDoesNotHold) {
  world.seal(world.first, "a4.vigil");  // never logged, never given
  world.seal(world.first, "a5.vigil");
  world.log("a5.vigil");
  const Report report = world.judge({"a5.vigil"}, true);
  EXPECT_EQ(report.devices[0].gaps, (std::vector<std::uint64_t>{4}));
  EXPECT_EQ(report.devices[0].missing, 1U);
  EXPECT_EQ(verdict(report.devices[0].claims, "complete"), kNot);
  EXPECT_EQ(verdict(report.bundles[0].claims, "order"), kOpen);
}

TEST_F(Judge, AGapBetweenFilesDoesNotHoldWithoutALogEither) {
  const Report report = world.judge({"a1.vigil", "a3.vigil"}, false);
  EXPECT_EQ(report.devices[0].gaps, (std::vector<std::uint64_t>{2}));
  EXPECT_EQ(verdict(report.devices[0].claims, "complete"), kNot);
  EXPECT_EQ(exit_status(report), 1);
  EXPECT_EQ(verdict(world.judge({"a1.vigil", "a3.vigil"}, true).devices[0].claims, "complete"),
            kHolds);
}

TEST_F(Judge, AForkShowsInFilesAndAgainstTheLog) {
  world.first.sequence = 1;  // a restored tablet goes on from its backup
  world.first.previous = bundle::BundleId{};
  const auto a1 = world.judge({"a1.vigil"}, false).bundles[0].id;
  world.first.previous = *bundle::parse_bundle_id(a1);
  world.seal(world.first, "fork2.vigil");
  for (const bool with_log : {false, true}) {
    const Report report = world.judge({"a1.vigil", "a2.vigil", "fork2.vigil"}, with_log);
    EXPECT_EQ(verdict(report.bundles[1].claims, "fork"), kNot);
    EXPECT_EQ(verdict(report.bundles[2].claims, "fork"), kNot);
    EXPECT_EQ(report.devices[0].forks, (std::vector<std::uint64_t>{2}));
    EXPECT_EQ(verdict(report.devices[0].claims, "no_fork"), kNot);
  }
  const Report alone = world.judge({"fork2.vigil"}, true);
  EXPECT_EQ(verdict(alone.bundles[0].claims, "fork"), kNot);
  EXPECT_EQ(verdict(alone.bundles[0].claims, "inclusion"), kNot);
}

TEST_F(Judge, ABundleThatNamesAnotherPredecessorDoesNotHold) {
  world.first.previous.value.fill(9);
  world.seal(world.first, "a4.vigil");
  world.log("a4.vigil");
  const Report report = world.judge({"a4.vigil"}, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "order"), kNot);
}

TEST_F(Judge, TheSameBundleTwiceIsCountedOnce) {
  files.put("copy.vigil", files.contents().at("a2.vigil"));
  const Report report = world.judge({"a1.vigil", "a2.vigil", "copy.vigil", "a3.vigil"}, true);
  EXPECT_EQ(exit_status(report), 0);
  EXPECT_EQ(report.devices[0].duplicates, (std::vector<std::uint64_t>{2}));
  EXPECT_NE(reason(report.bundles[1].claims, "single").find("copy.vigil"), std::string::npos);
}

TEST_F(Judge, RevocationFollowsRosterAndLog) {
  world.roster.devices[0].revoked_after_sequence = 2;
  Report report = world.judge(paths, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "revocation"), kOpen);
  EXPECT_NE(reason(report.bundles[0].claims, "revocation").find("unproven"), std::string::npos);
  EXPECT_EQ(verdict(report.bundles[2].claims, "revocation"), kNot);
  world.roster.devices[0].revoked_at_log_size = 1;
  report = world.judge(paths, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "revocation"), kHolds);
  EXPECT_EQ(verdict(report.bundles[1].claims, "revocation"), kOpen);
  // Without the log its receipt shows the same; without either nothing does.
  EXPECT_EQ(verdict(world.judge(paths, false).bundles[0].claims, "revocation"), kHolds);
  ASSERT_TRUE(files.remove("a1.vigil.receipt"));
  EXPECT_EQ(verdict(world.judge(paths, false).bundles[0].claims, "revocation"), kOpen);
}

TEST_F(Judge, BeforeEnrolmentDoesNotHold) {
  world.roster.devices[0].from_sequence = 2;
  const Report report = world.judge(paths, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "author"), kNot);
  EXPECT_EQ(verdict(report.bundles[1].claims, "author"), kHolds);
}

TEST_F(Judge, AnOlderFormatThanPolicyDemandsDoesNotHold) {
  world.roster.policy.minimum_format = 2;
  EXPECT_EQ(verdict(world.judge(paths, true).bundles[0].claims, "manifest"), kNot);
}

TEST_F(Judge, AReceiptForAnotherBundleDoesNotHold) {
  files.put("a2.vigil.receipt", files.contents().at("a1.vigil.receipt"));
  EXPECT_EQ(verdict(world.judge(paths, true).bundles[1].claims, "receipt"), kNot);
  EXPECT_EQ(verdict(world.judge(paths, false).bundles[1].claims, "receipt"), kNot);
}

TEST_F(Judge, ABundleNotInTheLogDoesNotHold) {
  world.seal(world.second, "b1.vigil");
  const Report report = world.judge({"b1.vigil"}, true);
  EXPECT_EQ(verdict(report.bundles[0].claims, "inclusion"), kNot);
  EXPECT_EQ(exit_status(report), 1);
}

TEST_F(Judge, AStrangersRosterIsAnErrorNotAReport) {
  Question question = world.question(paths, true);
  question.root = crypto::minisign::SecretKey::generate().public_key();
  const auto report = judge(files, question, [](std::string_view, std::uint64_t, std::uint64_t) {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "roster.signature");
}

}  // namespace
}  // namespace vigil::verify::test
