// SPDX-License-Identifier: Apache-2.0
//
// Events of a chain at the hub: who may bring which, what is kept, what is handed out.
#include "core/trust/event.h"

#include "core/bundle/archive.h"
#include "tests/sync/hub/hub_scene.h"

namespace vigil::hub {
namespace {

class Events : public HubScene {
 protected:
  [[nodiscard]] std::string heartbeat(std::uint64_t sequence,
                                      const crypto::minisign::SecretKey& signer) const {
    trust::Event event;
    event.device = office.tablet.public_key();
    event.sequence = sequence;
    event.bundle.value.fill(static_cast<std::uint8_t>(sequence));
    return trust::write_event(event, signer).value();
  }
  [[nodiscard]] std::string tombstone(std::uint64_t sequence) const {
    trust::Event event;
    event.kind = trust::EventKind::kTombstone;
    event.device = office.tablet.public_key();
    event.sequence = sequence;
    event.reason = "lost";
    return trust::write_event(event, office.collector).value();
  }
  Response bring(const std::string& text) { return ask("POST", "/events", {}, as_bytes(text)); }
  std::vector<std::string> kept() {
    std::vector<std::string> texts;
    const std::string body = body_of(ask("GET", "/events"));
    if (body.empty()) return texts;
    const auto members = bundle::read_archive(as_bytes(body));
    EXPECT_TRUE(members.has_value());
    for (const bundle::Member& member : *members) texts.emplace_back(as_text(member.content));
    return texts;
  }
};

TEST_F(Events, WhatCountsIsKeptOnceAndHandedOut) {
  EXPECT_TRUE(kept().empty());
  EXPECT_EQ(bring(tombstone(4)).status, 200);
  EXPECT_EQ(bring(tombstone(4)).status, 200) << "the same again is fine";
  EXPECT_EQ(kept(), std::vector<std::string>{tombstone(4)});
  reopen();
  EXPECT_EQ(kept().size(), 1U) << "after a restart";
}

TEST_F(Events, OnlyTheHighestHeartbeatOfADeviceStays) {
  bring(heartbeat(3, office.tablet));
  EXPECT_EQ(bring(heartbeat(5, office.tablet)).status, 200);
  EXPECT_EQ(bring(heartbeat(4, office.tablet)).status, 200) << "late, by a stick";
  EXPECT_EQ(kept(), std::vector<std::string>{heartbeat(5, office.tablet)});
}

TEST_F(Events, WhoMayNotSayItIsRefused) {
  const Response other = bring(heartbeat(3, office.other_tablet));
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(code_of(other), "event.signer");
  EXPECT_EQ(bring(heartbeat(3, crypto::minisign::SecretKey::generate())).status, 403);
  std::string changed = tombstone(4);
  changed[changed.find("\"sequence\":4") + 11] = '5';
  EXPECT_EQ(code_of(bring(changed)), "event.signature");
  EXPECT_EQ(bring("nonsense\n").status, 422);
  EXPECT_TRUE(kept().empty());
}

TEST_F(Events, OtherMethodsAreNotAllowed) {
  EXPECT_EQ(ask("DELETE", "/events").status, 405);
}

}  // namespace
}  // namespace vigil::hub
