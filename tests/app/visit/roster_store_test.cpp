// SPDX-License-Identifier: Apache-2.0
//
// What a tablet takes from a kit, and which kits it takes after which.
#include "app/visit/roster_store.h"

#include <gtest/gtest.h>

#include "app/office/policy.h"
#include "app/office/setup.h"
#include "app/visit/hub.h"
#include "core/vault/settings.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::visit {
namespace {

class RosterStore : public testing::Test {
 protected:
  RosterStore() : office_(vault("office")), tablet_(vault("tablet")) {
    const Status made =
        office::set_up(*office_, *files_, {"demo", folder_.file("recovery.age")}, passphrase());
    EXPECT_TRUE(made) << made.error().message;
  }
  static crypto::SecretBytes passphrase() {
    return crypto::SecretBytes::copy_of(as_bytes(std::string_view("seven lamps")));
  }
  vault::VaultPointer vault(const char* name) {
    auto made = vault::create_vault({*files_, *clock_}, folder_.file(name), passphrase(), {});
    if (!made) {
      ADD_FAILURE() << made.error().message;
      std::abort();
    }
    return std::move(*made);
  }
  Bytes kit() {
    auto made = office::make_kit(*office_, *files_);
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or(Bytes{});
  }
  // "ok" or the code of the refusal.
  std::string take(const Bytes& archive) {
    const auto root = trust::claimed_root(archive);
    if (!root) return root.error().code;
    const auto read = trust::read_kit(archive, *root);
    if (!read) return read.error().code;
    const auto accepted = accept_kit(*tablet_, archive, *read);
    return accepted ? "ok" : accepted.error().code;
  }
  std::string hub() {
    const auto in_use = hub_in_use(*tablet_);
    EXPECT_TRUE(in_use);
    if (!*in_use) return "none";
    const trust::HubAddress& address = (*in_use)->address;
    return address.url + " " + trust::pin_line(address.pins) + ((*in_use)->typed ? " typed" : "");
  }
  void type_hub(std::string_view url, std::string_view pin) {
    EXPECT_TRUE(vault::put_settings(*tablet_, {{vault::kHubUrlSetting, as_bytes(url)},
                                               {vault::kHubPinSetting, as_bytes(pin)}}));
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  std::unique_ptr<Clock> clock_ = platform::system_clock();
  vault::VaultPointer office_;
  vault::VaultPointer tablet_;
};

std::string pin(std::uint8_t byte) {
  return "sha256//" + base64_encode(Bytes(32, byte));
}

TEST_F(RosterStore, TakesTheSameKitAgainAndANewerOne) {
  const Bytes first = kit();
  EXPECT_EQ(take(first), "ok");
  EXPECT_EQ(take(first), "ok");
  ASSERT_TRUE(office::add_data(*office_, "places.csv", as_bytes(std::string_view("name\nX\n"))));
  EXPECT_EQ(take(kit()), "ok");
  EXPECT_EQ(current_roster(*tablet_)->roster.version, 2U);
}

TEST_F(RosterStore, AnOlderKitIsRefused) {
  const Bytes old = kit();
  ASSERT_TRUE(office::change_policy(*office_, *files_, {true, 30}));
  EXPECT_EQ(take(kit()), "ok");
  EXPECT_EQ(take(old), "roster.rollback");
  EXPECT_EQ(current_roster(*tablet_)->roster.version, 2U);
}

// An office never makes two; a stolen root key, or an office restored from a backup, can.
TEST_F(RosterStore, AnotherKitOfTheSameVersionIsRefused) {
  const Bytes first = kit();
  EXPECT_EQ(take(first), "ok");
  const auto current = current_roster(*office_);
  ASSERT_TRUE(current);
  const auto raw = vault::get_secret(*office_, vault::kRootKeySecret);
  ASSERT_TRUE(raw);
  const auto root = crypto::minisign::SecretKey::from_raw(raw->view());
  ASSERT_TRUE(root);
  trust::Kit other;
  other.roster = current->signed_roster;
  other.files = {{"limits.csv", to_bytes("id,value\n")}};
  const auto with_file = trust::write_kit(other, *root);
  ASSERT_TRUE(with_file);
  EXPECT_EQ(take(*with_file), "kit.rollback");
  other.files.clear();
  other.hub = trust::HubAddress{"https://elsewhere.example.org", {}};
  const auto with_hub = trust::write_kit(other, *root);
  ASSERT_TRUE(with_hub);
  EXPECT_EQ(take(*with_hub), "kit.rollback");
  EXPECT_EQ(hub(), "none");
  EXPECT_EQ(take(first), "ok") << "the one that is here stays as it was";
}

TEST_F(RosterStore, TheHubOfTheKitIsUsedAndAnotherHubIsAnotherKit) {
  EXPECT_EQ(take(kit()), "ok");
  EXPECT_EQ(hub(), "none");
  ASSERT_TRUE(
      set_office_hub(*office_, trust::HubAddress{"https://hub.example.org", {pin(1), pin(2)}}));
  EXPECT_EQ(take(kit()), "ok");
  EXPECT_EQ(hub(), "https://hub.example.org " + pin(1) + ";" + pin(2));
  EXPECT_EQ(current_roster(*tablet_)->roster.version, 2U) << "kits of one version are one kit";
  ASSERT_TRUE(set_office_hub(*office_, std::nullopt));
  EXPECT_EQ(take(kit()), "ok");
  EXPECT_EQ(hub(), "none");
  EXPECT_EQ(current_roster(*tablet_)->roster.version, 3U);
}

TEST_F(RosterStore, WhatWasTypedWinsUntilAKitNamesAHub) {
  type_hub("http://127.0.0.1:9", "");
  EXPECT_EQ(take(kit()), "ok");
  EXPECT_EQ(hub(), "http://127.0.0.1:9  typed") << "a kit without a hub takes nothing away";
  ASSERT_TRUE(set_office_hub(*office_, trust::HubAddress{"https://hub.example.org", {pin(1)}}));
  const Bytes named = kit();
  EXPECT_EQ(take(named), "ok");
  EXPECT_EQ(hub(), "https://hub.example.org " + pin(1));
  type_hub("https://192.0.2.7", pin(3));
  EXPECT_EQ(hub(), "https://192.0.2.7 " + pin(3) + " typed");
  EXPECT_EQ(take(named), "ok");
  EXPECT_EQ(hub(), "https://hub.example.org " + pin(1));
}

TEST_F(RosterStore, AHubThatIsNoneIsNotKept) {
  EXPECT_EQ(set_office_hub(*office_, trust::HubAddress{"hub.example.org", {}}).error().code,
            "hub.url");
  EXPECT_FALSE(office_hub(*office_)->has_value());
}

}  // namespace
}  // namespace vigil::visit
