// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include "core/vault/backoff.h"
#include "core/vault/header.h"
#include "core/vault/settings.h"
#include "core/vault/slots.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

const crypto::Argon2Cost kCost;  // the least there is

class Opening : public testing::Test {
 protected:
  Opening() : folder_(temporary_.file("v")), files_(platform::posix_files()) {}

  void create() {
    auto made = create_vault(host_, folder_, passphrase(), kCost);
    ASSERT_TRUE(ok(made));
  }
  std::string file(std::string_view name) const { return folder_ + "/" + std::string(name); }

  vigil::test::TemporaryFolder temporary_;
  std::string folder_;
  std::unique_ptr<Files> files_;
  ManualClock clock_;
  Host host_{*files_, clock_};
};

TEST_F(Opening, GivesBackWhatWasPut) {
  {
    auto vault = create_vault(host_, folder_, passphrase(), kCost);
    ASSERT_TRUE(ok(vault));
    ASSERT_TRUE(ok(put_setting(**vault, kRoleSetting, as_bytes("tablet"))));
    ASSERT_TRUE(ok(put_secret(**vault, kDeviceKeySecret, Bytes(72, 9))));
    EXPECT_EQ(code_of(put_setting(**vault, kDeviceKeySecret, Bytes(1))), "vault.setting");
    EXPECT_EQ(code_of(get_secret(**vault, kRoleSetting)), "vault.secret");
  }
  EXPECT_TRUE(vault_exists(host_, folder_));
  auto vault = open_vault(host_, folder_, passphrase());
  ASSERT_TRUE(ok(vault));
  auto role = get_setting(**vault, kRoleSetting);
  ASSERT_TRUE(ok(role));
  EXPECT_EQ(**role, to_bytes("tablet"));
  EXPECT_EQ(get_secret(**vault, kDeviceKeySecret)->view().size(), 72u);
  EXPECT_FALSE(get_setting(**vault, kKitSetting)->has_value());
}

TEST_F(Opening, FilesAreTheOwnersAndEncrypted) {
  create();
  const Bytes database = *files_->read(file("vault.db"), 1 << 24);
  EXPECT_NE(as_text(ByteView(database).first(6)), "SQLite");
  for (const char* name : {"vault.db", "vault.header"}) {
    const auto mode = std::filesystem::status(file(name)).permissions();
    EXPECT_EQ(mode & std::filesystem::perms::others_all, std::filesystem::perms::none) << name;
    EXPECT_EQ(mode & std::filesystem::perms::group_all, std::filesystem::perms::none) << name;
  }
  EXPECT_FALSE(files_->exists(file("vault.db-wal")));
  EXPECT_FALSE(files_->exists(file("vault.db.new")));
}

TEST_F(Opening, NeverMakesOverOrBesideAnother) {
  create();
  EXPECT_EQ(code_of(create_vault(host_, folder_, passphrase(), kCost)), "vault.exists");
  EXPECT_EQ(code_of(create_vault(host_, temporary_.file("w"), passphrase(""), kCost)),
            "vault.weak");
  EXPECT_FALSE(vault_exists(host_, temporary_.file("w")));
  EXPECT_EQ(code_of(open_vault(host_, temporary_.file("x"), passphrase())), "vault.absent");
  EXPECT_FALSE(files_->exists(temporary_.file("x") + "/vault.db"));
}

TEST_F(Opening, NeverMakesOneAmongOtherThings) {
  namespace fs = std::filesystem;
  fs::create_directory(folder_);
  fs::create_directory(file("lost+found"));
  fs::create_directory(file("letters"));
  auto made = create_vault(host_, folder_, passphrase(), kCost);
  EXPECT_EQ(code_of(made), "vault.folder");
  EXPECT_NE(made.error().message.find("(letters)"), std::string::npos) << made.error().message;
  fs::remove(file("letters"));
  fs::create_directory(file("outbox"));
  std::ofstream(file("outbox/README")) << "mine";
  EXPECT_EQ(code_of(create_vault(host_, folder_, passphrase(), kCost)), "vault.folder");
  EXPECT_TRUE(fs::exists(file("outbox/README")));
  EXPECT_FALSE(vault_exists(host_, folder_));
  fs::remove(file("outbox/README"));
  EXPECT_TRUE(ok(create_vault(host_, folder_, passphrase(), kCost)));
}

TEST_F(Opening, AFolderThatItMakesIsTheOwners) {
  create();
  EXPECT_EQ(std::filesystem::status(folder_).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(Opening, AVaultThatWasDestroyedLeavesRoomForANewOne) {
  create();
  ASSERT_TRUE(ok(destroy_vault(host_, folder_)));
  EXPECT_TRUE(ok(create_vault(host_, folder_, passphrase(), kCost)));
}

TEST_F(Opening, SecondProgramIsRefused) {
  create();
  auto first = open_vault(host_, folder_, passphrase());
  ASSERT_TRUE(ok(first));
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.busy");
  (*first)->lock();
  EXPECT_TRUE(ok(open_vault(host_, folder_, passphrase())));
}

TEST_F(Opening, WrongPassphrasesMakeTheNextTryWait) {
  create();
  const auto wrong = passphrase("wrong");
  EXPECT_EQ(code_of(open_vault(host_, folder_, wrong)), "vault.passphrase");
  EXPECT_EQ(code_of(open_vault(host_, folder_, wrong)), "vault.passphrase");
  EXPECT_EQ(code_of(open_vault(host_, folder_, wrong)), "vault.passphrase");
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.backoff");
  clock_.wall.ms += 86'400'000;  // setting the clock buys nothing
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.backoff");
  clock_.wall.ms -= 5 * 86'400'000LL;  // backwards neither
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.backoff");
  clock_.monotonic += 1'999;
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.backoff");
  clock_.monotonic += 1;
  EXPECT_TRUE(ok(open_vault(host_, folder_, passphrase())));
  EXPECT_EQ(code_of(open_vault(host_, folder_, wrong)), "vault.passphrase") << "counted anew";
}

TEST_F(Opening, RestartDoesNotForgetTheWait) {
  ASSERT_TRUE(ok(files_->make_directories(folder_)));
  for (int i = 0; i < 12; ++i) {
    clock_.monotonic += 3'600'000;
    ASSERT_TRUE(ok(begin_try(host_, folder_)));
  }
  clock_.monotonic = 5'000;  // booted five seconds ago
  EXPECT_EQ(code_of(begin_try(host_, folder_)), "vault.backoff");
  clock_.monotonic = wait_after_ms(12);
  EXPECT_TRUE(ok(begin_try(host_, folder_)));
  ASSERT_TRUE(ok(files_->write_atomically(file("vault.tries"), as_bytes("{}\n"), true)));
  clock_.monotonic = 5'000;
  EXPECT_EQ(code_of(begin_try(host_, folder_)), "vault.backoff") << "a spoiled count is a full one";
}

TEST(Backoff, DoublesUpToAnHour) {
  EXPECT_EQ(wait_after_ms(0), 0);
  EXPECT_EQ(wait_after_ms(2), 0);
  EXPECT_EQ(wait_after_ms(3), 2'000);
  EXPECT_EQ(wait_after_ms(4), 4'000);
  EXPECT_EQ(wait_after_ms(13), 2'048'000);
  EXPECT_EQ(wait_after_ms(14), 3'600'000);
  EXPECT_EQ(wait_after_ms(1'000'000), 3'600'000);
}

TEST_F(Opening, CutShortCreationIsFinishedOrForgotten) {
  create();
  // Stopped before the last rename.
  std::filesystem::rename(file("vault.db"), file("vault.db.new"));
  ASSERT_TRUE(ok(open_vault(host_, folder_, passphrase())));
  EXPECT_FALSE(files_->exists(file("vault.db.new")));
  // Stopped before the header.
  std::filesystem::rename(file("vault.db"), file("vault.db.new"));
  std::filesystem::remove(file("vault.header"));
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.absent");
  EXPECT_TRUE(ok(create_vault(host_, folder_, passphrase(), kCost)));
}

TEST_F(Opening, LostHeaderOrDatabaseIsSaid) {
  create();
  std::filesystem::rename(file("vault.header"), file("kept"));
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.header");
  std::filesystem::rename(file("kept"), file("vault.header"));
  std::filesystem::remove(file("vault.db"));
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.foreign");
  EXPECT_FALSE(files_->exists(file("vault.db"))) << "no new database in place of the lost one";
}

TEST_F(Opening, DatabaseOfAnotherVaultIsForeign) {
  create();
  const std::string other = temporary_.file("other");
  ASSERT_TRUE(ok(create_vault(host_, other, passphrase(), kCost)));
  std::filesystem::copy_file(other + "/vault.db", file("vault.db"),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.foreign");
}

TEST_F(Opening, NewPassphraseReplacesTheOld) {
  create();
  auto vault = open_vault(host_, folder_, passphrase());
  ASSERT_TRUE(ok(vault));
  EXPECT_EQ(code_of(change_passphrase(**vault, passphrase("wrong"), passphrase("nine loud geese"),
                                      kCost)),
            "vault.passphrase");
  ASSERT_TRUE(ok(change_passphrase(**vault, passphrase(), passphrase("nine loud geese"), kCost)));
  vault->reset();
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.passphrase");
  EXPECT_TRUE(ok(open_vault(host_, folder_, passphrase("nine loud geese"))));
}

TEST_F(Opening, ShortPassphrasesAreNotSetButOpen) {
  for (const char* weak : {"", "geese", "7 geese", "сім гус"}) {
    EXPECT_EQ(code_of(create_vault(host_, folder_, passphrase(weak), kCost)), "vault.weak") << weak;
  }
  EXPECT_FALSE(vault_exists(host_, folder_));
  create();
  {
    auto vault = open_vault(host_, folder_, passphrase());
    ASSERT_TRUE(ok(vault));
    EXPECT_EQ(code_of(add_passphrase(**vault, passphrase("7 geese"), kCost)), "vault.weak");
    EXPECT_EQ(code_of(change_passphrase(**vault, passphrase(), passphrase("7 geese"), kCost)),
              "vault.weak");
    EXPECT_EQ(slots(**vault)->size(), 1u);
  }
  EXPECT_TRUE(ok(check_new_passphrase(passphrase("сім гусе"))));
  // From before there was a least length.
  auto header = read_header(*files_, folder_);
  const auto unlocked = unlock_header(*header, passphrase());
  ASSERT_TRUE(ok(unlocked));
  HeaderSlot& slot = header->slots.front();
  const auto wrapping = crypto::derive_key(passphrase("old"), slot.salt, slot.cost);
  slot.wrapped = crypto::seal_box(*wrapping, unlocked->key.view(), box_context(*header, slot.id));
  ASSERT_TRUE(ok(write_header(*files_, folder_, *header)));
  EXPECT_TRUE(ok(open_vault(host_, folder_, passphrase("old"))));
}

TEST_F(Opening, LastPassphraseStays) {
  create();
  auto vault = open_vault(host_, folder_, passphrase());
  ASSERT_TRUE(ok(vault));
  const std::string first = *opened_with(**vault);
  EXPECT_EQ(code_of(remove_slot(**vault, first)), "vault.last-slot");
  EXPECT_EQ(code_of(remove_slot(**vault, "ffffffff")), "vault.slot");
  const auto identity = crypto::age::Identity::generate();
  ASSERT_TRUE(ok(set_recovery(**vault, identity.recipient())));
  EXPECT_EQ(code_of(remove_slot(**vault, first)), "vault.last-slot");
  auto second = add_passphrase(**vault, passphrase("second lamp"), kCost);
  ASSERT_TRUE(ok(second));
  ASSERT_TRUE(ok(remove_slot(**vault, first)));
  EXPECT_EQ(slots(**vault)->size(), 2u);
  vault->reset();
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.passphrase");
  EXPECT_TRUE(ok(open_vault(host_, folder_, passphrase("second lamp"))));
}

TEST_F(Opening, CostOnlyRises) {
  create();
  auto vault = open_vault(host_, folder_, passphrase());
  ASSERT_TRUE(ok(vault));
  const crypto::Argon2Cost dear{.memory_bytes = kCost.memory_bytes, .passes = kCost.passes + 1};
  ASSERT_TRUE(ok(change_passphrase(**vault, passphrase(), passphrase("nine loud geese"), dear)));
  ASSERT_TRUE(ok(change_passphrase(**vault, passphrase("nine loud geese"),
                                   passphrase("ten loud geese"), kCost)));
  EXPECT_EQ(read_header(*files_, folder_)->slots.front().cost.passes, dear.passes);
}

TEST_F(Opening, OfficeRescuesAForgottenPassphrase) {
  create();
  const auto identity = crypto::age::Identity::generate();
  EXPECT_EQ(code_of(open_with_recovery(host_, folder_, identity)), "vault.recovery");
  {
    auto vault = open_vault(host_, folder_, passphrase());
    ASSERT_TRUE(ok(set_recovery(**vault, crypto::age::Identity::generate().recipient())));
    EXPECT_EQ(code_of(open_with_recovery(host_, folder_, identity)), "vault.recovery");
    ASSERT_TRUE(ok(set_recovery(**vault, identity.recipient())));
    EXPECT_EQ(slots(**vault)->size(), 2u);
  }
  auto vault = open_with_recovery(host_, folder_, identity);
  ASSERT_TRUE(ok(vault));
  ASSERT_TRUE(ok(add_passphrase(**vault, passphrase("fresh bread"), kCost)));
  vault->reset();
  EXPECT_TRUE(ok(open_vault(host_, folder_, passphrase("fresh bread"))));
}

TEST_F(Opening, DestroyedVaultIsGone) {
  create();
  ASSERT_TRUE(ok(destroy_vault(host_, folder_)));
  EXPECT_FALSE(vault_exists(host_, folder_));
  EXPECT_EQ(code_of(open_vault(host_, folder_, passphrase())), "vault.absent");
}

}  // namespace
}  // namespace vigil::vault::test
