// SPDX-License-Identifier: Apache-2.0
//
// Cosignatures on their way back: receipts that hold by a roster that demands witnesses.
#include "core/log/receipt.h"
#include "tests/sync/hub/hub_scene.h"

namespace vigil::hub {
namespace {

class Witnessed : public HubScene {
 protected:
  void SetUp() override {
    office.roster.witnesses = {first.verifier(), second.verifier()};
    office.roster.policy.witness_quorum = 2;
    HubScene::SetUp();
  }
  [[nodiscard]] std::string note() { return body_of(ask("GET", "/log/checkpoint")); }
  [[nodiscard]] static std::string cosigned(const std::string& note, const log::SignerKey& by) {
    return log::cosign_checkpoint(note, by, 1'700'000'000).value();
  }
  Response hand_in(const std::string& note) {
    return ask("POST", "/log/cosigned", {}, as_bytes(note));
  }
  [[nodiscard]] bool receipt_holds(const test::MadeBundle& bundle) {
    const std::string receipt = body_of(ask("GET", receipt_place(bundle)));
    return log::verify_receipt(receipt,
                               bundle::log_entry(bundle.manifest_json, bundle.signature_file),
                               office.roster.log, office.roster.witnesses, 2)
        .has_value();
  }
  log::SignerKey first = log::SignerKey::generate("auditor-1", log::KeyType::kWitness);
  log::SignerKey second = log::SignerKey::generate("auditor-2", log::KeyType::kWitness);
};

TEST_F(Witnessed, AReceiptHoldsOnceEnoughWitnessesHaveSigned) {
  const auto bundle = seal(1);
  put(bundle);
  EXPECT_FALSE(receipt_holds(bundle));
  EXPECT_EQ(ask("GET", "/log/cosigned").status, 404);
  EXPECT_EQ(hand_in(cosigned(note(), first)).body, "{\"size\":1,\"witnesses\":1}\n");
  EXPECT_FALSE(receipt_holds(bundle));
  EXPECT_EQ(hand_in(cosigned(note(), second)).body, "{\"size\":1,\"witnesses\":2}\n");
  EXPECT_TRUE(receipt_holds(bundle));
  EXPECT_EQ(ask("GET", "/log/cosigned").status, 200);
  reopen();
  EXPECT_TRUE(receipt_holds(bundle)) << "after a restart";
}

TEST_F(Witnessed, WhatCameLaterWaitsForTheNextRound) {
  const auto bundle = seal(1);
  put(bundle);
  hand_in(cosigned(cosigned(note(), first), second));
  const auto later = seal(2, bundle.id);
  put(later);
  EXPECT_TRUE(receipt_holds(bundle));
  EXPECT_FALSE(receipt_holds(later));
  hand_in(cosigned(note(), first));
  EXPECT_TRUE(receipt_holds(bundle)) << "one witness is ahead of the other";
  reopen();
  hand_in(cosigned(note(), second));
  EXPECT_TRUE(receipt_holds(later));
  EXPECT_TRUE(receipt_holds(bundle));
}

TEST_F(Witnessed, OnlyTheRostersWitnessesCount) {
  put(seal(1));
  const auto stranger = log::SignerKey::generate("auditor-1", log::KeyType::kWitness);
  const Response refused = hand_in(cosigned(note(), stranger));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code_of(refused), "hub.witness");
  EXPECT_EQ(hand_in("nonsense").status, 422);
  std::string changed = cosigned(note(), first);
  changed[changed.size() - 4] = changed[changed.size() - 4] == 'A' ? 'B' : 'A';
  EXPECT_EQ(hand_in(changed).status, 422);
}

TEST_F(Witnessed, ACheckpointThatThisLogDoesNotBeginWithIsToldLoudly) {
  const auto bundle = seal(1);
  put(bundle);
  // Another face of the same log, signed by the same key.
  log::Checkpoint other{office.log_key.verifier().name, 1, log::leaf_hash(as_bytes("other"))};
  const Response refused = hand_in(cosigned(log::sign_checkpoint(other, office.log_key), first));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code_of(refused), "hub.other_log");
  // A log that was longer before it was restored.
  other = {office.log_key.verifier().name, 9, log::leaf_hash(as_bytes("other"))};
  EXPECT_EQ(code_of(hand_in(cosigned(log::sign_checkpoint(other, office.log_key), first))),
            "hub.other_log");
}

}  // namespace
}  // namespace vigil::hub
