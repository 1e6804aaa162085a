// SPDX-License-Identifier: Apache-2.0
//
// What signed events explain (a gap, a fork) and what they reveal (a missing tail).
#include <gtest/gtest.h>

#include "core/trust/event.h"
#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"

namespace vigil::verify::test {
namespace {

struct Events : testing::Test {
  vigil::test::MemoryFiles files;
  World world{files};
  crypto::minisign::SecretKey office = crypto::minisign::SecretKey::generate();
  std::vector<std::string> events;

  void SetUp() override {
    world.roster.devices.push_back(
        {office.public_key(), trust::DeviceRole::kOffice, "office", 1, {}, {}});
    for (const char* path : {"a1", "a2", "a3"}) world.seal(world.first, path);
  }
  [[nodiscard]] trust::Event about_first(trust::EventKind kind, std::uint64_t sequence) const {
    trust::Event event;
    event.kind = kind;
    event.device = world.first.key.public_key();
    event.sequence = sequence;
    return event;
  }
  void say(const trust::Event& event, const crypto::minisign::SecretKey& signer) {
    const std::string path = "e" + std::to_string(events.size()) + ".event";
    files.put(path, as_bytes(trust::write_event(event, signer).value()));
    events.push_back(path);
  }
  [[nodiscard]] Report judge(std::vector<std::string> paths) {
    Question question = world.question(std::move(paths), false);
    question.event_files = events;
    return world.judge(question);
  }
};

TEST_F(Events, ATombstoneExplainsAGap) {
  EXPECT_EQ(verdict(judge({"a1", "a3"}).devices[0].claims, "complete"), kNot);
  trust::Event stone = about_first(trust::EventKind::kTombstone, 2);
  stone.reason = "seized";
  say(stone, office);
  const Report report = judge({"a1", "a3"});
  EXPECT_EQ(verdict(report.devices[0].claims, "complete"), kHolds);
  EXPECT_NE(reason(report.devices[0].claims, "complete").find("seized, says office"),
            std::string::npos);
  EXPECT_EQ(verdict(report.events[0].claims, "agrees"), kHolds);
}

TEST_F(Events, ATombstoneForABundleThatIsHereDoesNotAgree) {
  trust::Event stone = about_first(trust::EventKind::kTombstone, 2);
  stone.reason = "lost";
  say(stone, office);
  EXPECT_EQ(verdict(judge({"a1", "a2", "a3"}).events[0].claims, "agrees"), kNot);
}

TEST_F(Events, ATombstoneByAnotherTabletExplainsNothing) {
  trust::Event stone = about_first(trust::EventKind::kTombstone, 2);
  stone.reason = "lost";
  say(stone, world.second.key);
  const Report report = judge({"a1", "a3"});
  EXPECT_EQ(verdict(report.events[0].claims, "event_signer"), kNot);
  EXPECT_EQ(verdict(report.devices[0].claims, "complete"), kNot);
}

TEST_F(Events, AHeartbeatShowsAMissingTail) {
  trust::Event beat = about_first(trust::EventKind::kHeartbeat, 3);
  beat.bundle = world.first.previous;
  say(beat, world.first.key);
  Report report = judge({"a1", "a2", "a3"});
  EXPECT_EQ(verdict(report.devices[0].claims, "tail"), kHolds);
  EXPECT_EQ(verdict(report.events[0].claims, "agrees"), kHolds);
  report = judge({"a1", "a2"});
  EXPECT_EQ(verdict(report.devices[0].claims, "tail"), kNot);
  EXPECT_NE(reason(report.devices[0].claims, "tail").find("says 3, the last seen is 2"),
            std::string::npos);
  EXPECT_EQ(verdict(report.events[0].claims, "agrees"), kOpen);
}

TEST_F(Events, APlanShowsWhatHasNotComeAndATombstoneEndsIt) {
  say(about_first(trust::EventKind::kPlan, 4), office);
  EXPECT_EQ(verdict(judge({"a1", "a2", "a3"}).devices[0].claims, "tail"), kNot);
  trust::Event stone = about_first(trust::EventKind::kTombstone, 4);
  stone.reason = "withdrawn";
  say(stone, office);
  EXPECT_EQ(verdict(judge({"a1", "a2", "a3"}).devices[0].claims, "tail"), kHolds);
}

TEST_F(Events, WithoutThemTheTailIsNotChecked) {
  EXPECT_EQ(verdict(judge({"a1"}).devices[0].claims, "tail"), kOpen);
}

TEST_F(Events, ABranchOfTheOfficeExplainsAFork) {
  // A backup from after a3 goes on: two different bundles 4.
  const bundle::BundleId common = world.first.previous;
  world.seal_and_forget(world.first, "b4");
  world.seal(world.first, "a4");
  EXPECT_EQ(verdict(judge({"a1", "a2", "a3", "a4", "b4"}).devices[0].claims, "no_fork"), kNot);
  trust::Event branch = about_first(trust::EventKind::kBranch, 3);
  branch.bundle = common;
  branch.reason = "restored";
  say(branch, office);
  const Report report = judge({"a1", "a2", "a3", "a4", "b4"});
  EXPECT_NE(verdict(report.devices[0].claims, "no_fork"), kNot);
  EXPECT_EQ(verdict(report.bundles[3].claims, "fork"), kHolds);
  EXPECT_EQ(verdict(report.events[0].claims, "agrees"), kHolds);
}

TEST_F(Events, ABranchAfterNothingExplainsAForkAtTheFirst) {
  world.first.sequence = 0;
  world.first.previous = {};
  world.seal(world.first, "b1");
  EXPECT_EQ(verdict(judge({"a1", "b1"}).devices[0].claims, "no_fork"), kNot);
  trust::Event branch = about_first(trust::EventKind::kBranch, 0);
  branch.reason = "replaced";
  say(branch, office);
  const Report report = judge({"a1", "b1"});
  EXPECT_NE(verdict(report.devices[0].claims, "no_fork"), kNot);
  EXPECT_EQ(verdict(report.bundles[1].claims, "fork"), kHolds);
  EXPECT_EQ(verdict(report.events[0].claims, "agrees"), kHolds);
}

TEST_F(Events, ABranchThatNamesAnotherBundleDoesNotAgree) {
  trust::Event branch = about_first(trust::EventKind::kBranch, 3);
  branch.bundle.value.fill(9);
  branch.reason = "restored";
  say(branch, office);
  EXPECT_EQ(verdict(judge({"a1", "a2", "a3"}).events[0].claims, "agrees"), kNot);
}

TEST_F(Events, ABranchExplainsNoForkBeforeIt) {
  const bundle::BundleId common = world.first.previous;
  world.seal_and_forget(world.first, "b4");
  world.seal(world.first, "a4");
  trust::Event branch = about_first(trust::EventKind::kBranch, 4);
  branch.bundle = common;
  branch.reason = "restored";
  say(branch, office);
  EXPECT_EQ(verdict(judge({"a3", "a4", "b4"}).devices[0].claims, "no_fork"), kNot);
}

TEST_F(Events, ADeviceCannotExplainItsOwnFork) {
  world.seal_and_forget(world.first, "b4");
  world.seal(world.first, "a4");
  trust::Event branch = about_first(trust::EventKind::kBranch, 3);
  branch.bundle.value.fill(1);
  branch.reason = "restored";
  say(branch, world.first.key);
  EXPECT_EQ(verdict(judge({"a3", "a4", "b4"}).devices[0].claims, "no_fork"), kNot);
}

}  // namespace
}  // namespace vigil::verify::test
