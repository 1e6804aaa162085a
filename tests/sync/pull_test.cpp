// SPDX-License-Identifier: Apache-2.0
#include "sync/pull.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/sync/scene.h"

namespace vigil::sync {
namespace {

class Pulling : public Scene {
 protected:
  PullOptions pull_options() {
    PullOptions pulling;
    pulling.patience = options.delivery.patience;
    pulling.devices = office.roster.device_keys();
    return pulling;
  }
  PullReport pull_all(const PullOptions& pulling) {
    return pull(*link(proxy->url()), office.collector, *files, inbox, pulling);
  }
  std::string inbox = folder.file("inbox");
};

TEST_F(Pulling, TheOfficeGetsEveryBundleByteForByte) {
  ListOutbox outbox(*files);
  const auto first = seal(1, 300'000);
  const auto second = seal(2, 1000, first.id);
  outbox.add(first);
  outbox.add(second);
  ASSERT_EQ(push_all(outbox).delivered.size(), 2U);
  const PullReport report = pull_all(pull_options());
  ASSERT_FALSE(report.stopped.has_value()) << report.stopped->message;
  ASSERT_EQ(report.bundles.size(), 2U);
  EXPECT_EQ(test::read_file(report.bundles[0].path), first.bytes);
  EXPECT_EQ(test::read_file(report.bundles[1].path), second.bytes);
  EXPECT_EQ(report.last_index, 1U);
  EXPECT_EQ(report.bundles[1].listed.device, office.tablet.public_key());

  const PullReport again = pull_all(pull_options());
  ASSERT_EQ(again.bundles.size(), 2U);
  EXPECT_TRUE(again.bundles[0].known);
  PullOptions after = pull_options();
  after.after = report.last_index;
  EXPECT_TRUE(pull_all(after).bundles.empty());
}

TEST_F(Pulling, ACutDownloadGoesOnWhereItWas) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 6 * kMiB);
  outbox.add(bundle);
  ASSERT_EQ(push_all(outbox).delivered.size(), 1U);
  proxy->set_weather({.cut_after_reply_bytes = kMiB, .times = 4});
  std::vector<std::uint64_t> got;
  PullOptions pulling = pull_options();
  pulling.progress = [&](const Listed&, std::uint64_t bytes) { got.push_back(bytes); };
  const PullReport report = pull_all(pulling);
  ASSERT_FALSE(report.stopped.has_value()) << report.stopped->message;
  ASSERT_EQ(report.bundles.size(), 1U);
  EXPECT_FALSE(report.bundles[0].damage.has_value());
  EXPECT_EQ(test::read_file(report.bundles[0].path), bundle.bytes);
  EXPECT_EQ(proxy->traffic().cuts, 4U);
  EXPECT_TRUE(std::is_sorted(got.begin(), got.end()));
  EXPECT_GT(got.front(), 0U);
}

TEST_F(Pulling, ALoginPageNeverFlowsIntoABundle) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 2 * kMiB);
  outbox.add(bundle);
  ASSERT_EQ(push_all(outbox).delivered.size(), 1U);
  const auto hub_link = link(proxy->url());
  proxy->set_weather({.captive = true, .times = -1});
  PullOptions pulling = pull_options();
  pulling.patience.tries = 2;
  PullReport report = pull_all(pulling);
  ASSERT_TRUE(report.stopped.has_value());
  EXPECT_EQ(report.stopped->code, "sync.not_the_hub");
  EXPECT_TRUE(files->list(inbox)->empty());
  proxy->set_weather({});
  report = pull_all(pulling);
  ASSERT_EQ(report.bundles.size(), 1U);
  EXPECT_EQ(test::read_file(report.bundles[0].path), bundle.bytes);
}

TEST_F(Pulling, ABundleDamagedAtTheHubIsSetAsideAndSaid) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 5000);
  outbox.add(bundle);
  ASSERT_EQ(push_all(outbox).delivered.size(), 1U);
  Bytes damaged = bundle.bytes;
  damaged[damaged.size() / 2] ^= 1;
  ASSERT_TRUE(files
                  ->write_atomically(hub_folder + "/bundles/" + to_string(bundle.id) + ".vigil",
                                     damaged, true)
                  .has_value());
  const PullReport report = pull_all(pull_options());
  ASSERT_EQ(report.bundles.size(), 1U);
  ASSERT_TRUE(report.bundles[0].damage.has_value());
  EXPECT_EQ(report.bundles[0].damage->code, "bundle.digest");
  EXPECT_EQ(report.bundles[0].path, inbox + "/quarantine/" + to_string(bundle.id) + ".vigil");
  EXPECT_EQ(test::read_file(report.bundles[0].path), damaged);
  EXPECT_FALSE(files->exists(inbox + "/" + to_string(bundle.id) + ".vigil"));
  // Once the hub is mended the next pull gets it.
  EXPECT_FALSE(report.last_index.has_value());
  ASSERT_TRUE(files
                  ->write_atomically(hub_folder + "/bundles/" + to_string(bundle.id) + ".vigil",
                                     bundle.bytes, true)
                  .has_value());
  const PullReport mended = pull_all(pull_options());
  ASSERT_EQ(mended.bundles.size(), 1U);
  EXPECT_FALSE(mended.bundles[0].damage.has_value());
  EXPECT_EQ(mended.last_index, 0U);
}

TEST_F(Pulling, AHalfFileOfAnEarlierRunIsGoneOnWith) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, kMiB);
  outbox.add(bundle);
  ASSERT_EQ(push_all(outbox).delivered.size(), 1U);
  const std::string part = inbox + "/" + to_string(bundle.id) + ".vigil.part";
  ASSERT_TRUE(files->make_directories(inbox).has_value());
  // Half of it right, or all of it wrong: either way the result is the bundle.
  for (const bool right : {true, false}) {
    Bytes half(bundle.bytes.begin(), bundle.bytes.begin() + 500'000);
    if (!right) half.assign(half.size(), 'x');
    ASSERT_TRUE(files->write_atomically(part, half, true).has_value());
    const PullReport report = pull_all(pull_options());
    ASSERT_EQ(report.bundles.size(), 1U) << report.stopped->message;
    EXPECT_FALSE(report.bundles[0].damage.has_value());
    EXPECT_EQ(test::read_file(report.bundles[0].path), bundle.bytes);
    ASSERT_TRUE(files->remove(report.bundles[0].path).has_value());
  }
}

TEST_F(Pulling, ATabletsKeyFetchesNothing) {
  ListOutbox outbox(*files);
  outbox.add(seal(1));
  ASSERT_EQ(push_all(outbox).delivered.size(), 1U);
  const PullReport report = pull(*link(hub->url()), office.tablet, *files, inbox, pull_options());
  ASSERT_TRUE(report.stopped.has_value());
  EXPECT_EQ(report.stopped->code, "sync.refused");
  EXPECT_EQ(report.stopped->kind, ErrorKind::kDenied);
}

TEST_F(Pulling, TheRosterTravelsBothWays) {
  const auto hub_link = link(hub->url());
  const auto first = fetch_roster(*hub_link, options.delivery.patience);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(*first, office.roster_archive());
  office.roster.version = 2;
  EXPECT_TRUE(
      publish_roster(*hub_link, office.roster_archive(), options.delivery.patience).has_value());
  EXPECT_EQ(*fetch_roster(*hub_link, options.delivery.patience), office.roster_archive());
  const Status back = publish_roster(*hub_link, *first, options.delivery.patience);
  ASSERT_FALSE(back.has_value());
  EXPECT_NE(back.error().message.find("roster.rollback"), std::string::npos);
}

}  // namespace
}  // namespace vigil::sync
