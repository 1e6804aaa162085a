// SPDX-License-Identifier: Apache-2.0
//
// A roster that demands a witness, the real hub and the real witness: nothing counts as delivered
// before `vigil-verify witness --send` was there.
#include <gtest/gtest.h>

#include "core/bundle/check.h"
#include "core/log/note.h"
#include "core/log/receipt.h"
#include "tests/sync/scene.h"

namespace vigil::sync {
namespace {

class Quorum : public Scene {
 protected:
  void SetUp() override {
    office.roster.witnesses = {witness.verifier()};
    office.roster.policy.witness_quorum = 1;
    Scene::SetUp();
    folder.put("witness.key", witness.to_text().view());
    folder.put("stranger.key", stranger.to_text().view());
  }
  [[nodiscard]] test::ProgramResult send(const std::string& name) const {
    return test::run_program({VIGIL_BIN_DIR "/vigil-verify", "witness", "--key", name + ".key",
                              "--state", name + ".seen", "--log", hub->url() + "/log", "--log-key",
                              log::to_string(office.log_key.verifier()), "--send"},
                             {}, folder.path());
  }
  log::SignerKey witness = log::SignerKey::generate("auditor-1", log::KeyType::kWitness);
  log::SignerKey stranger = log::SignerKey::generate("auditor-1", log::KeyType::kWitness);
};

TEST_F(Quorum, ABundleCountsAsDeliveredOnlyOnceTheWitnessHasSent) {
  ListOutbox outbox(*files);
  const auto bundle = seal(1);
  outbox.add(bundle);
  const PushReport early = push_all(outbox);
  EXPECT_TRUE(early.delivered.empty());
  EXPECT_TRUE(outbox.receipts.empty()) << "a tablet would erase it";
  EXPECT_EQ(log_size(), 1U) << "the hub has it all the same";

  const auto refused = send("stranger");
  EXPECT_EQ(refused.exit_status, 1) << refused.output << refused.errors;
  EXPECT_NE(refused.errors.find("403"), std::string::npos) << refused.errors;
  EXPECT_TRUE(push_all(outbox).delivered.empty());

  const auto sent = send("witness");
  ASSERT_EQ(sent.exit_status, 0) << sent.errors;
  const PushReport late = push_all(outbox);
  ASSERT_EQ(late.delivered.size(), 1U) << (late.stopped ? late.stopped->message : "");
  EXPECT_EQ(late.delivered[0].sent_bytes, 0U) << "the bytes were there already";
  const auto receipt = log::verify_receipt(
      outbox.receipts.at(bundle.id), bundle::log_entry(bundle.manifest_json, bundle.signature_file),
      office.roster.log, office.roster.witnesses, 1);
  EXPECT_TRUE(receipt) << receipt.error().message;
  EXPECT_EQ(log_size(), 1U);
}

TEST_F(Quorum, SendingNeedsTheHubAndItsAddress) {
  hub->stop();
  const auto result = send("witness");
  EXPECT_EQ(result.exit_status, 3) << result.errors;
  const auto from_a_folder = test::run_program(
      {VIGIL_BIN_DIR "/vigil-verify", "witness", "--key", "witness.key", "--state", "seen", "--log",
       hub_folder + "/log", "--log-key", log::to_string(office.log_key.verifier()), "--send"},
      {}, folder.path());
  EXPECT_EQ(from_a_folder.exit_status, 2);
}

}  // namespace
}  // namespace vigil::sync
