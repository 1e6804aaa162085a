// SPDX-License-Identifier: Apache-2.0
//
// What sync must hold, rule by rule, with the real hub as a process and real connections.
#include <algorithm>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "sync/carrier.h"
#include "tests/sync/scene.h"

namespace vigil::sync {
namespace {

using Delivering = Scene;

TEST_F(Delivering, ABundleIsDeliveredAndItsReceiptVerifies) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 3 * kMiB);
  outbox.add(bundle);
  const PushReport report = push_all(outbox);
  ASSERT_FALSE(report.stopped.has_value()) << report.stopped->message;
  ASSERT_EQ(report.delivered.size(), 1U);
  EXPECT_EQ(report.delivered[0].index, 0U);
  EXPECT_EQ(report.delivered[0].alarm, "");
  EXPECT_EQ(report.delivered[0].cuts, 0);
  EXPECT_EQ(report.delivered[0].sent_bytes, bundle.size_bytes);
  EXPECT_TRUE(outbox.receipts.contains(bundle.id));
  EXPECT_EQ(outbox.progress.back(), bundle.size_bytes);
  EXPECT_EQ(test::read_file(hub_folder + "/bundles/" + to_string(bundle.id) + ".vigil"),
            bundle.bytes);
  EXPECT_EQ(log_size(), 1U);
}

TEST_F(Delivering, AfterACutAtMostOneChunkIsSentAgain) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 6 * kMiB);
  outbox.add(bundle);
  proxy->set_weather({.cut_after_bytes = bundle.size_bytes / 2, .times = 1});
  const PushReport report = push_all(outbox);
  ASSERT_EQ(report.delivered.size(), 1U) << report.stopped->message;
  EXPECT_EQ(proxy->traffic().cuts, 1U);
  EXPECT_GE(report.delivered[0].cuts, 1);
  EXPECT_LE(report.delivered[0].sent_bytes, bundle.size_bytes + kMiB);
}

TEST_F(Delivering, ACutEachMegabyteCostsAtMostFivePercent) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 12 * kMiB);
  outbox.add(bundle);
  proxy->set_weather({.cut_after_bytes = 1'000'000, .times = -1});
  const PushReport report = push_all(outbox);
  ASSERT_EQ(report.delivered.size(), 1U) << report.stopped->message;
  EXPECT_GE(proxy->traffic().cuts, 10U);
  EXPECT_LE(proxy->traffic().upstream_bytes, bundle.size_bytes + bundle.size_bytes / 20);
}

TEST_F(Delivering, LostRepliesMakeOneBundleAndOneLeaf) {
  ListOutbox outbox(*files);
  outbox.add(seal(1, 100'000));
  // Every reply in turn is lost once: creation, bytes, offset, receipt.
  for (int lost = 1; lost <= 6; ++lost) {
    proxy->set_weather({.eat_replies = true, .times = lost});
    const PushReport report = push_all(outbox);
    ASSERT_FALSE(report.stopped.has_value()) << report.stopped->message;
    outbox.receipts.clear();  // the tablet forgets that it was told
  }
  EXPECT_EQ(listed().size(), 1U);
  EXPECT_EQ(log_size(), 1U);
}

TEST_F(Delivering, AReceiptOfAnotherLogIsNotDelivered) {
  ListOutbox outbox(*files);
  outbox.add(seal(1));
  trust::Roster other = office.roster;
  const auto stranger = log::SignerKey::generate("hub.test.example/log", log::KeyType::kLog);
  other.log = stranger.verifier();
  const PushReport report = push(*link(hub->url()), outbox, other, options);
  ASSERT_TRUE(report.stopped.has_value());
  EXPECT_EQ(report.stopped->code, "sync.receipt");
  EXPECT_TRUE(outbox.receipts.empty());
  EXPECT_TRUE(report.delivered.empty());
}

TEST_F(Delivering, ACaptivePortalNeitherDeliversNorStartsOver) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 4 * kMiB);
  outbox.add(bundle);
  // Half-way the network turns into one that wants a login.
  options.progress = [&](const bundle::BundleId&, std::uint64_t sent, std::uint64_t total) {
    if (sent < total / 2) return;
    proxy->set_weather({.captive = true, .times = -1});
    proxy->cut_now();
  };
  options.delivery.patience.tries = 4;
  PushReport report = push_all(outbox);
  ASSERT_TRUE(report.stopped.has_value());
  EXPECT_EQ(report.stopped->code, "sync.not_the_hub");
  EXPECT_EQ(waits, 3);
  EXPECT_TRUE(outbox.receipts.empty());
  EXPECT_EQ(log_size(), 0U);
  options.progress = nullptr;
  proxy->set_weather({});
  report = push_all(outbox);
  ASSERT_EQ(report.delivered.size(), 1U);
  EXPECT_LT(report.delivered[0].sent_bytes, bundle.size_bytes * 3 / 4);
}

TEST_F(Delivering, OnlyTheHubsOwnWordStartsOver) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 4 * kMiB);
  outbox.add(bundle);
  bool deleted = false;
  options.progress = [&](const bundle::BundleId& id, std::uint64_t sent, std::uint64_t total) {
    if (deleted || sent < total / 2) return;
    deleted = true;
    const auto reply =
        link(hub->url())->ask({.method = "DELETE", .path = "/files/" + to_string(id)});
    ASSERT_TRUE(reply.has_value());
    ASSERT_EQ(reply->status, 204);
  };
  const PushReport report = push_all(outbox);
  ASSERT_EQ(report.delivered.size(), 1U) << report.stopped->message;
  EXPECT_TRUE(deleted);
  EXPECT_GT(report.delivered[0].sent_bytes, bundle.size_bytes);
}

TEST_F(Delivering, NoHubIsOneSentenceAndNothingIsLost) {
  ListOutbox outbox(*files);
  outbox.add(seal(1));
  hub->stop();
  options.delivery.patience.tries = 3;
  PushReport report = push_all(outbox);
  ASSERT_TRUE(report.stopped.has_value());
  EXPECT_EQ(report.stopped->code, "sync.unreachable");
  EXPECT_EQ(report.stopped->kind, ErrorKind::kUnavailable);
  EXPECT_EQ(waits, 2);
  hub->start();
  proxy->set_target(hub->port());
  EXPECT_EQ(push_all(outbox).delivered.size(), 1U);
}

TEST_F(Delivering, AHubThatOnlyEverRefusedIsGivenUpSoonerThanOneThatWasReached) {
  ListOutbox outbox(*files);
  outbox.add(seal(1));
  const std::string url = hub->url();
  const auto known = link(url);
  ASSERT_TRUE(known->ask({.path = "/health"}).has_value());
  hub->stop();
  const PushReport report = push(*link(url), outbox, office.roster, options);
  ASSERT_TRUE(report.stopped.has_value());
  EXPECT_EQ(report.stopped->code, "sync.unreachable");
  EXPECT_EQ(waits, options.delivery.patience.tries_refused - 1);
  waits = 0;
  EXPECT_FALSE(
      publish_roster(*link(url), as_bytes("roster"), options.delivery.patience).has_value());
  EXPECT_EQ(waits, options.delivery.patience.tries_refused - 1);
  waits = 0;
  EXPECT_TRUE(push(*known, outbox, office.roster, options).stopped.has_value());
  EXPECT_EQ(waits, options.delivery.patience.tries - 1);
}

TEST_F(Delivering, AKilledHubLosesNothingItAcknowledged) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 5 * kMiB);
  outbox.add(bundle);
  int kills = 0;
  std::uint64_t acknowledged = 0;
  options.progress = [&](const bundle::BundleId& id, std::uint64_t sent, std::uint64_t) {
    acknowledged = sent;
    if (kills >= 4 || sent < kMiB * static_cast<std::uint64_t>(kills + 1)) return;
    ++kills;
    hub->kill();
    hub->start();
    proxy->set_target(hub->port());
    const auto reply = link(hub->url())->ask({.method = "HEAD", .path = "/files/" + to_string(id)});
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(*reply->header("upload-offset"), std::to_string(acknowledged));
  };
  const PushReport report = push_all(outbox);
  ASSERT_EQ(report.delivered.size(), 1U) << report.stopped->message;
  EXPECT_EQ(kills, 4);
  EXPECT_LE(report.delivered[0].sent_bytes, bundle.size_bytes + 4 * kMiB);
  EXPECT_EQ(log_size(), 1U);
}

TEST_F(Delivering, KilledAtAnyMomentThereIsOneBundleAndOneLeaf) {
  bundle::BundleId previous;
  ListOutbox outbox(*files);
  constexpr std::uint64_t kRounds = 8;
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    const auto bundle = seal(round, 200'000, previous);
    previous = bundle.id;
    outbox.add(bundle);
    // The kill comes from beside, somewhere in creation, bytes, filing or receipt.
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(2 * round));
      hub->kill();
    });
    options.delivery.patience.tries = 2;
    const PushReport cut = push_all(outbox);
    killer.join();
    hub->start();
    proxy->set_target(hub->port());
    const PushReport report = push_all(outbox);
    ASSERT_FALSE(report.stopped.has_value()) << report.stopped->message;
    ASSERT_EQ(cut.delivered.size() + report.delivered.size(), 1U);
    ASSERT_EQ(log_size(), round);
  }
  const auto list = listed();
  ASSERT_EQ(list.size(), kRounds);
  for (const Listed& bundle : list) EXPECT_EQ(bundle.alarm, "");
}

TEST_F(Delivering, ARefusalDoesNotHoldUpTheRest) {
  ListOutbox outbox(*files);
  const auto stranger = crypto::minisign::SecretKey::generate();
  const auto strange = office.seal(*files, folder.file("s.vigil"), 1, {}, 1000, &stranger);
  outbox.add(strange);
  const auto good = seal(1);
  outbox.add(good);
  const PushReport report = push_all(outbox);
  EXPECT_FALSE(report.stopped.has_value());
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_EQ(report.refused[0].reason.code, "sync.refused");
  EXPECT_NE(report.refused[0].reason.message.find("bundle.stranger"), std::string::npos);
  EXPECT_TRUE(outbox.refusals.contains(strange.id));
  EXPECT_FALSE(outbox.receipts.contains(strange.id));
  EXPECT_TRUE(outbox.receipts.contains(good.id));
}

TEST_F(Delivering, ADamagedFileDoesNotHoldUpTheRest) {
  ListOutbox outbox(*files);
  const auto damaged = seal(1);
  outbox.add(damaged);
  const auto gone = seal(2, 1000, damaged.id);
  outbox.add(gone);
  const auto good = seal(3, 1000, gone.id);
  outbox.add(good);
  ASSERT_TRUE(
      files->write_atomically(damaged.path, ByteView(damaged.bytes).first(700), true).has_value());
  ASSERT_TRUE(files->remove(gone.path).has_value());
  const PushReport report = push_all(outbox);
  EXPECT_FALSE(report.stopped.has_value());
  ASSERT_EQ(report.refused.size(), 2U);
  EXPECT_EQ(report.refused[0].reason.code, "sync.damaged");
  EXPECT_EQ(report.refused[1].reason.code, "sync.missing");
  EXPECT_EQ(outbox.refusals.at(gone.id).code, "sync.missing");
  EXPECT_TRUE(outbox.receipts.contains(good.id));
  EXPECT_EQ(outbox.receipts.size(), 1U);
}

// One byte of the payload: the manifest is whole, so only its digest tells.
TEST_F(Delivering, ABundleThatTheDiskChangedIsNotShownToTheHub) {
  ListOutbox outbox(*files);
  auto changed = seal(1, 50'000);
  outbox.add(changed);
  changed.bytes[changed.bytes.size() / 2] ^= 1;
  ASSERT_TRUE(files->write_atomically(changed.path, changed.bytes, true));
  const PushReport report = push_all(outbox);
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_EQ(report.refused[0].reason.code, "sync.damaged");
  EXPECT_TRUE(outbox.progress.empty()) << "nothing was sent";

  const std::string stick = folder.file("stick");
  ASSERT_TRUE(files->make_directories(stick));
  const auto carried = carry_out(outbox, *files, stick);
  ASSERT_TRUE(carried.has_value());
  EXPECT_TRUE(carried->copied.empty());
  ASSERT_EQ(carried->left.size(), 1U);
  EXPECT_EQ(carried->left[0].reason.code, "sync.damaged");
  EXPECT_TRUE(files->list(stick)->empty());
}

TEST_F(Delivering, OneThatCannotBeCopiedDoesNotHoldUpTheRest) {
  ListOutbox outbox(*files);
  const auto gone = seal(1);
  outbox.add(gone);
  const auto blocked = seal(2, 1000, gone.id);
  outbox.add(blocked);
  const auto good = seal(3, 1000, blocked.id);
  outbox.add(good);
  ASSERT_TRUE(files->remove(gone.path));
  const std::string stick = folder.file("stick");
  // Something on the stick that no file can replace.
  ASSERT_TRUE(files->make_directories(stick + "/" + to_string(blocked.id) + ".vigil/x"));
  const auto carried = carry_out(outbox, *files, stick);
  ASSERT_TRUE(carried.has_value()) << carried.error().message;
  EXPECT_EQ(carried->copied, std::vector{good.id});
  ASSERT_EQ(carried->left.size(), 2U);
  EXPECT_EQ(carried->left[0].id, gone.id);
  EXPECT_EQ(carried->left[0].reason.code, "sync.missing");
  EXPECT_EQ(carried->left[1].id, blocked.id);
  EXPECT_FALSE(files->exists(stick + "/" + to_string(blocked.id) + ".vigil.part"));
  EXPECT_EQ(test::read_file(stick + "/" + to_string(good.id) + ".vigil"), good.bytes);
}

TEST_F(Delivering, AForkIsTakenAndBothSidesHearOfIt) {
  ListOutbox outbox(*files);
  outbox.add(seal(1, 1000));
  outbox.add(seal(1, 2000));  // the same number again: a restored tablet
  const PushReport report = push_all(outbox);
  ASSERT_EQ(report.delivered.size(), 2U);
  EXPECT_EQ(report.delivered[0].alarm, "");
  EXPECT_EQ(report.delivered[1].alarm, "hub.fork");
  const auto list = listed();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].alarm, "hub.fork");

  // Nor does a stick carry a receipt for which a tablet would erase it.
  outbox.receipts.clear();
  const std::string stick = folder.file("stick");
  ASSERT_TRUE(files->make_directories(stick));
  ASSERT_TRUE(carry_out(outbox, *files, stick));
  FolderOutbox from_stick(*files, stick);
  ASSERT_EQ(push_all(from_stick).delivered.size(), 2U);
  EXPECT_TRUE(files->exists(stick + "/" + to_string(list[0].id) + ".receipt"));
  EXPECT_FALSE(files->exists(stick + "/" + to_string(list[1].id) + ".receipt"));
}

TEST_F(Delivering, AStickAndTheNetworkAreTheSameWay) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 50'000);
  outbox.add(bundle);
  const std::string stick = folder.file("stick");
  ASSERT_TRUE(files->make_directories(stick));
  const auto carried = carry_out(outbox, *files, stick);
  ASSERT_TRUE(carried.has_value()) << carried.error().message;
  EXPECT_EQ(carried->copied, std::vector{bundle.id});
  EXPECT_EQ(test::read_file(stick + "/" + to_string(bundle.id) + ".vigil"), bundle.bytes);

  FolderOutbox from_stick(*files, stick);
  ASSERT_EQ(push_all(from_stick).delivered.size(), 1U);
  EXPECT_TRUE(from_stick.waiting()->empty());
  // The tablet finds a network too: the same bundle, no second leaf.
  ASSERT_EQ(push_all(outbox).delivered.size(), 1U);
  EXPECT_EQ(log_size(), 1U);

  outbox.receipts.clear();
  const auto back = carry_receipts_in(outbox, *files, stick, office.roster);
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->acknowledged, std::vector{bundle.id});
  EXPECT_TRUE(back->bad.empty());
}

TEST_F(Delivering, OnAStickABundleIsWhatItHoldsNotWhatItIsCalled) {
  const std::string stick = folder.file("stick");
  ASSERT_TRUE(files->make_directories(stick));
  const auto put = [&](const std::string& name, ByteView bytes) {
    ASSERT_TRUE(files->write_atomically(stick + "/" + name, bytes, false)) << name;
  };
  const auto renamed = seal(1);
  put("Visit (2).vigil", renamed.bytes);
  put("letters.tar", renamed.bytes);  // a second copy, under no bundle's name
  auto damaged = seal(2, 50'000, renamed.id);
  damaged.bytes[damaged.bytes.size() / 2] ^= 1;
  put(to_string(damaged.id) + ".vigil", damaged.bytes);
  const auto mended = seal(3, 1000, damaged.id);
  put(to_string(mended.id) + ".vigil", ByteView(mended.bytes).first(700));
  put("copy.vigil", mended.bytes);
  put("JUNK.VIGIL", as_bytes(std::string_view("junk")));
  put("letter.txt", as_bytes(std::string_view("dear all")));

  FolderOutbox outbox(*files, stick);
  const PushReport report = push_all(outbox);
  EXPECT_FALSE(report.stopped.has_value());
  EXPECT_TRUE(report.refused.empty());
  ASSERT_EQ(report.delivered.size(), 2U);
  for (const auto& id : {renamed.id, mended.id})
    EXPECT_TRUE(files->exists(stick + "/" + to_string(id) + ".receipt"));
  std::vector<std::string> passed_over{"JUNK.VIGIL", to_string(damaged.id) + ".vigil",
                                       to_string(mended.id) + ".vigil"};
  std::ranges::sort(passed_over);
  EXPECT_EQ(outbox.passed_over(), passed_over);
  EXPECT_TRUE(outbox.waiting()->empty());
  EXPECT_EQ(outbox.received(), 2U);
}

TEST_F(Delivering, AStickThatIsGoneIsNotMadeUp) {
  ListOutbox outbox(*files);
  outbox.add(seal(1, 1000));
  const std::string stick = folder.file("stick");
  const auto carried = carry_out(outbox, *files, stick);
  ASSERT_FALSE(carried.has_value());
  EXPECT_EQ(carried.error().code, "sync.stick_gone");
  EXPECT_FALSE(files->exists(stick));
}

TEST_F(Delivering, WhatLiesOnAStickUnderABundlesNameIsThatBundleOrIsReplaced) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1, 1000);
  outbox.add(bundle);
  const std::string stick = folder.file("stick");
  ASSERT_TRUE(files->make_directories(stick));
  const std::string path = stick + "/" + to_string(bundle.id) + ".vigil";
  for (const ByteView other : {ByteView(bundle.bytes).first(700), ByteView(bundle.bytes)}) {
    ASSERT_TRUE(files->write_atomically(path, other, false));
    ASSERT_TRUE(carry_out(outbox, *files, stick).has_value());
    EXPECT_EQ(test::read_file(path), bundle.bytes);
  }
}

TEST_F(Delivering, AForgedReceiptOnAStickAcknowledgesNothing) {
  ListOutbox outbox(*files);
  const auto first = seal(1);
  const auto second = seal(2, 1000, first.id);
  outbox.add(first);
  outbox.add(second);
  ASSERT_EQ(push_all(outbox).delivered.size(), 2U);
  // The receipt of one bundle under the name of the other.
  const std::string stick = folder.file("stick");
  ASSERT_TRUE(files->make_directories(stick).has_value());
  ASSERT_TRUE(files
                  ->write_atomically(stick + "/" + to_string(second.id) + ".receipt",
                                     as_bytes(outbox.receipts[first.id]), false)
                  .has_value());
  outbox.receipts.clear();
  const auto back = carry_receipts_in(outbox, *files, stick, office.roster);
  ASSERT_TRUE(back.has_value());
  EXPECT_TRUE(back->acknowledged.empty());
  EXPECT_EQ(back->bad, std::vector{second.id});
  EXPECT_TRUE(outbox.receipts.empty());
}

}  // namespace
}  // namespace vigil::sync
