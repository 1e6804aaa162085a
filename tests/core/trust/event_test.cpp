// SPDX-License-Identifier: Apache-2.0
//
// Events: what each kind may say, who may say it, and that one event has one spelling.
#include "core/trust/event.h"

#include <gtest/gtest.h>

#include "core/crypto/hash.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

struct Events : testing::Test {
  minisign::SecretKey tablet = minisign::SecretKey::generate();
  minisign::SecretKey other = minisign::SecretKey::generate();
  minisign::SecretKey office = minisign::SecretKey::generate();
  Roster roster;

  void SetUp() override {
    roster.version = 3;
    roster.devices = {{tablet.public_key(), DeviceRole::kTablet, "tablet-1", 1, {}, {}},
                      {other.public_key(), DeviceRole::kTablet, "tablet-2", 1, {}, {}},
                      {office.public_key(), DeviceRole::kOffice, "office", 1, {}, {}}};
  }
  [[nodiscard]] static bundle::BundleId id(std::uint8_t fill) {
    bundle::BundleId made;
    made.value.fill(fill);
    return made;
  }
  [[nodiscard]] Event event(EventKind kind) const {
    Event made;
    made.kind = kind;
    made.device = tablet.public_key();
    made.sequence = 7;
    if (kind == EventKind::kHeartbeat || kind == EventKind::kBranch) made.bundle = id(5);
    if (kind == EventKind::kTombstone) made.reason = "destroyed";
    if (kind == EventKind::kBranch) made.reason = "restored";
    return made;
  }
  [[nodiscard]] std::string judged(const Event& made, const minisign::SecretKey& signer) const {
    const auto text = write_event(made, signer);
    if (!text) return text.error().code;
    const Status status = judge_event(roster, read_event(*text).value());
    return status ? "" : status.error().code;
  }
};

TEST_F(Events, EachKindComesBackAsItWasWritten) {
  for (const EventKind kind :
       {EventKind::kHeartbeat, EventKind::kPlan, EventKind::kTombstone, EventKind::kBranch}) {
    Event made = event(kind);
    const std::string text = write_event(made, office).value();
    made.signer = office.public_key();
    EXPECT_EQ(read_event(text).value(), made);
    EXPECT_LE(text.size(), kEventLimitBytes);
  }
}

TEST_F(Events, WhoMaySayWhat) {
  struct Row {
    EventKind kind;
    bool device;
    bool office;
  };
  for (const Row& row :
       {Row{EventKind::kHeartbeat, true, false}, Row{EventKind::kPlan, false, true},
        Row{EventKind::kTombstone, true, true}, Row{EventKind::kBranch, false, true}}) {
    const auto name = to_string(row.kind);
    EXPECT_EQ(judged(event(row.kind), tablet), row.device ? "" : "event.signer") << name;
    EXPECT_EQ(judged(event(row.kind), office), row.office ? "" : "event.signer") << name;
    EXPECT_EQ(judged(event(row.kind), other), "event.signer") << name;
    EXPECT_EQ(judged(event(row.kind), minisign::SecretKey::generate()), "event.signer") << name;
  }
}

TEST_F(Events, ARevokedKeyAndAnUnknownDeviceCountForNothing) {
  roster.devices[0].revoked_after_sequence = 9;
  EXPECT_EQ(judged(event(EventKind::kTombstone), tablet), "event.signer");
  EXPECT_EQ(judged(event(EventKind::kTombstone), office), "");
  roster.devices[2].revoked_after_sequence = 0;
  EXPECT_EQ(judged(event(EventKind::kTombstone), office), "event.signer");
  Event stranger = event(EventKind::kPlan);
  stranger.device = minisign::SecretKey::generate().public_key();
  EXPECT_EQ(judged(stranger, office), "event.device");
}

TEST_F(Events, WhatAKindMayNotSayIsNotWritten) {
  Event wrong = event(EventKind::kTombstone);
  wrong.reason = "Aigerim took it";
  EXPECT_EQ(judged(wrong, office), "event.format");
  wrong = event(EventKind::kPlan);
  wrong.bundle = id(1);
  EXPECT_EQ(judged(wrong, office), "event.format");
  wrong = event(EventKind::kHeartbeat);
  wrong.reason = "lost";
  EXPECT_EQ(judged(wrong, tablet), "event.format");
  wrong = event(EventKind::kHeartbeat);
  wrong.bundle = {};
  EXPECT_EQ(judged(wrong, tablet), "event.format");
  wrong.sequence = 0;
  EXPECT_EQ(judged(wrong, tablet), "") << "before its first bundle";
  wrong = event(EventKind::kBranch);
  wrong.bundle = {};
  EXPECT_EQ(judged(wrong, office), "event.format");
  wrong.sequence = 0;
  EXPECT_EQ(judged(wrong, office), "") << "no bundle in common: a fork at number 1";
  wrong.bundle = id(5);
  EXPECT_EQ(judged(wrong, office), "event.format");
}

TEST_F(Events, NoChangedOrMissingByteIsRead) {
  const std::string text = write_event(event(EventKind::kTombstone), office).value();
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(read_event(changed)) << at;
    EXPECT_FALSE(read_event(text.substr(0, at))) << at;
  }
  EXPECT_FALSE(read_event(text + "\n"));
}

TEST_F(Events, ASignatureForAnotherPurposeDoesNotServe) {
  const std::string text = write_event(event(EventKind::kTombstone), office).value();
  const std::string line = text.substr(0, text.find('\n') + 1);
  const std::string other_comment =
      minisign::sign(office, crypto::blake2b_512(as_bytes(line)), "vigil-bundle-1");
  EXPECT_EQ(read_event(line + other_comment).error().code, "event.signature");
}

}  // namespace
}  // namespace vigil::trust
