// SPDX-License-Identifier: Apache-2.0
//
// Which deliveries erase a bundle: those of which an office can have what the hub has.
#include "app/visit/vault_outbox.h"

#include <gtest/gtest.h>

#include "core/crypto/age.h"
#include "core/crypto/minisign.h"
#include "core/vault/finalise.h"
#include "core/vault/forms_store.h"
#include "core/vault/visits.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::visit {
namespace {

class VaultOutboxTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = vault::create_vault(
        {*files_, *clock_}, folder_.file("vault"),
        crypto::SecretBytes::copy_of(as_bytes(std::string_view("seven lamps"))), {});
    ASSERT_TRUE(made) << made.error().message;
    vault_ = std::move(*made);
    ASSERT_TRUE(vault::install_form(*vault_, {"round", "1", "Round", "<h:html/>", {}}));
    const auto visit = vault::new_visit(*vault_, {"Central station", "police", std::nullopt});
    ASSERT_TRUE(visit);
    ASSERT_TRUE(vault::add_record(*vault_, visit->id, "round", "1"));
    vault::FinaliseRequest request;
    request.device_key = &key_;
    request.recipients = {reader_.recipient()};
    request.files = {{"visit.json", to_bytes(std::string_view("{}\n"))}};
    const auto sealed = vault::finalise(*vault_, visit->id, request);
    ASSERT_TRUE(sealed) << sealed.error().message;
    sealed_ = *sealed;
  }
  sync::Delivery delivery(std::string alarm) const {
    sync::Delivery made;
    made.id = sealed_.id;
    made.receipt = "receipt";
    made.alarm = std::move(alarm);
    return made;
  }
  vault::OutboxEntry entry() { return vault::outbox_entry(*vault_, sealed_.id).value(); }

  test::TemporaryFolder folder_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  std::unique_ptr<Clock> clock_ = platform::system_clock();
  vault::VaultPointer vault_;
  crypto::minisign::SecretKey key_ = crypto::minisign::SecretKey::generate();
  crypto::age::Identity reader_ = crypto::age::Identity::generate();
  vault::FinalisedVisit sealed_;
};

TEST_F(VaultOutboxTest, AnAlarmErasesNothing) {
  VaultOutbox outbox(*vault_, *files_, 0);
  for (const char* const alarm : {"hub.fork", "hub.chain", "hub.unproven_time"}) {
    ASSERT_TRUE(outbox.acknowledged(delivery(alarm)));
    EXPECT_EQ(*vault::apply_retention(*vault_, 0), 0);
    EXPECT_TRUE(files_->exists(sealed_.path)) << alarm;
    EXPECT_NE(entry().refusal.find(alarm), std::string::npos);
    EXPECT_EQ(outbox.waiting()->size(), 1U) << "it is asked about again, and goes to sticks";
  }
  // The office has imported it and laid a receipt beside it.
  ASSERT_TRUE(outbox.acknowledged(delivery("")));
  EXPECT_FALSE(files_->exists(sealed_.path));
  EXPECT_TRUE(outbox.waiting()->empty());
}

}  // namespace
}  // namespace vigil::visit
