// SPDX-License-Identifier: Apache-2.0
//
// New keys for old: what was sealed before stays openable, what is sealed after opens only with the
// new key, and tablets follow a root that the old one handed over to.
#include "app/office/rotation.h"

#include <gtest/gtest.h>

#include "app/office/opening_keys.h"
#include "app/office/setup.h"
#include "app/visit/roster_store.h"
#include "core/crypto/stream.h"
#include "core/trust/handover.h"
#include "core/vault/settings.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::office {
namespace {

crypto::SecretBytes secret(std::string_view text) {
  return crypto::SecretBytes::copy_of(as_bytes(text));
}

struct Rotation : testing::Test {
  test::TemporaryFolder folder;
  std::unique_ptr<Files> files = platform::posix_files();
  std::unique_ptr<Clock> clock = platform::system_clock();
  vault::VaultPointer vault;

  void SetUp() override {
    auto made = vault::create_vault({*files, *clock}, folder.file("office"), secret("seven lamps"),
                                    crypto::Argon2Cost{});
    ASSERT_TRUE(made) << made.error().message;
    vault = std::move(*made);
    ASSERT_TRUE(
        set_up(*vault, *files, {"demo", folder.file("recovery.age")}, secret("seven lamps")));
  }
  [[nodiscard]] trust::Roster roster() { return visit::current_roster(*vault).value().roster; }
  [[nodiscard]] std::vector<crypto::age::Recipient> in_force(trust::RecipientRole role) {
    return roster().recipients_for(role);
  }
  static Bytes lock(const std::vector<crypto::age::Recipient>& to) {
    crypto::BytesSource source(as_bytes("a visit"));
    crypto::BytesSink sink;
    EXPECT_TRUE(crypto::age::encrypt(to, source, sink));
    return sink.bytes;
  }
  static bool opens(const Bytes& file, const std::vector<crypto::age::Identity>& identities) {
    crypto::age::Keys keys;
    for (const auto& identity : identities) keys.identities.push_back(identity.clone());
    crypto::BytesSource source(file);
    crypto::BytesSink sink;
    return crypto::age::decrypt(keys, source, sink).has_value();
  }
};

TEST_F(Rotation, OldBundlesStayOpenableAndNewOnesNeedTheNewKey) {
  for (const auto role : {trust::RecipientRole::kGeneral, trust::RecipientRole::kRestricted}) {
    const auto before = in_force(role);
    const Bytes old_file = lock(before);
    const auto old_keys = opening_keys(*vault).value();
    ASSERT_TRUE(rotate_recipient(*vault, *files, role));
    const auto after = in_force(role);
    ASSERT_EQ(after.size(), 1U);
    EXPECT_NE(after, before);
    const Bytes new_file = lock(after);
    EXPECT_TRUE(opens(old_file, opening_keys(*vault).value()));
    EXPECT_TRUE(opens(new_file, opening_keys(*vault).value()));
    EXPECT_FALSE(opens(new_file, old_keys));
    // Old bundles still name a recipient of the roster.
    bundle::Manifest manifest;
    manifest.payloads.push_back({std::string(bundle::kPayloadName), 0, {}, {}, before});
    EXPECT_TRUE(trust::check_recipients(roster(), manifest));
  }
}

TEST_F(Rotation, ANewRecoveryFileDoesNotReplaceTheOld) {
  const auto before = in_force(trust::RecipientRole::kRecovery);
  EXPECT_EQ(rotate_recovery(*vault, *files, folder.file("recovery.age"), secret("x")).error().code,
            "office.recovery_exists");
  ASSERT_TRUE(rotate_recovery(*vault, *files, folder.file("recovery-2.age"), secret("x")));
  EXPECT_NE(in_force(trust::RecipientRole::kRecovery), before);
}

TEST_F(Rotation, TheOldOfficeKeyCountsNoMore) {
  ASSERT_TRUE(rotate_office_key(*vault, *files));
  const auto raw = vault::get_secret(*vault, vault::kDeviceKeySecret);
  const auto key = crypto::minisign::SecretKey::from_raw(raw->view()).value();
  const trust::Roster now = roster();
  ASSERT_EQ(now.devices.size(), 2U);
  EXPECT_TRUE(now.devices[0].revoked_after_sequence.has_value());
  EXPECT_EQ(now.devices[1].key, key.public_key());
  EXPECT_EQ(now.devices[1].label, "office-2");
}

TEST_F(Rotation, TabletsFollowARootThatWasHandedOver) {
  const auto first_root = roster().root;
  const Bytes first_kit = make_kit(*vault, *files).value();
  ASSERT_TRUE(rotate_root(*vault, *files));
  ASSERT_TRUE(rotate_root(*vault, *files));
  const auto third_root = roster().root;
  const Bytes kit = make_kit(*vault, *files).value();
  EXPECT_FALSE(trust::read_kit(kit, first_root));
  EXPECT_EQ(trust::follow_handovers(kit, first_root).value(), third_root);
  const auto read = trust::read_kit(kit, third_root);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->roster.version, 3U);
  // Not backwards, and not for a stranger.
  EXPECT_EQ(trust::follow_handovers(first_kit, third_root).error().code, "kit.signature");
  const auto stranger = crypto::minisign::SecretKey::generate();
  EXPECT_EQ(trust::follow_handovers(kit, stranger.public_key()).error().code, "kit.signature");
}

TEST_F(Rotation, KitsWithOtherFilesAreNeverOfOneVersion) {
  const Bytes first = make_kit(*vault, *files).value();
  EXPECT_EQ(make_kit(*vault, *files).value(), first) << "nothing changed";
  ASSERT_TRUE(add_data(*vault, "limits.csv", as_bytes("id,country,comparison,value,unit\n")));
  const auto before = roster().version;
  EXPECT_NE(make_kit(*vault, *files).value(), first);
  EXPECT_EQ(roster().version, before + 1);
}

TEST_F(Rotation, AKeyInTwoPurposesIsNoWitness) {
  log::VerifierKey witness = log::SignerKey::generate("auditor", log::KeyType::kWitness).verifier();
  witness.point = roster().root.point;
  EXPECT_EQ(add_witness(*vault, *files, witness).error().code, "roster.key_reuse");
  EXPECT_TRUE(roster().witnesses.empty());
}

TEST_F(Rotation, AQuorumNeedsItsWitnesses) {
  EXPECT_FALSE(set_quorum(*vault, *files, 1));
  const auto witness = log::SignerKey::generate("auditor", log::KeyType::kWitness).verifier();
  ASSERT_TRUE(add_witness(*vault, *files, witness));
  ASSERT_TRUE(set_quorum(*vault, *files, 1));
  EXPECT_FALSE(remove_witness(*vault, *files, "auditor")) << "fewer than the quorum would be left";
}

}  // namespace
}  // namespace vigil::office
