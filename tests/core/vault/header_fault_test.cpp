// SPDX-License-Identifier: Apache-2.0
//
// The disk goes wrong at every change of what makes, migrates, re-keys and destroys a vault: there
// is a way in before, after, and wherever it was cut short, until it was to be destroyed.
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "core/vault/header.h"
#include "core/vault/schema.h"
#include "core/vault/slots.h"
#include "tests/core/vault/fault_disk.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

const crypto::Argon2Cost kCost;

class HeaderFaults : public testing::Test {
 protected:
  HeaderFaults() : folder_(temporary_.file("v")), files_(platform::posix_files()) {
    install_fault_disk();
    watch_folder(folder_);
  }
  ~HeaderFaults() override {
    (void)disarm();
    watch_folder("");
  }

  void keep() { copy(folder_, kept()); }
  void restore() { copy(kept(), folder_); }
  std::string kept() const { return temporary_.file("kept"); }
  void copy(const std::string& from, const std::string& to) {
    std::filesystem::remove_all(to);
    if (std::filesystem::exists(from)) {
      std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    }
    forget_files();
  }

  // `attempt` with each fault at each change; `check` sees what it said and whether the fault was
  // met. A key derivation takes a tenth of a second, so those that need one say which faults.
  void run(const std::string& what, std::initializer_list<Fault> faults,
           const std::function<Status()>& attempt,
           const std::function<void(const Status&)>& check) {
    int tried = 0;
    for (const Fault fault : faults) {
      for (std::uint64_t change = 1;; change = next_to_try(change)) {
        restore();
        arm(fault, change);
        const Status done = attempt();
        const bool met = disarm();
        SCOPED_TRACE(what + ", " + name_of(fault) + " at change " + std::to_string(change));
        check(done);
        if (HasFatalFailure()) return;
        ++tried;
        if (!met) break;
      }
    }
    std::printf("%s: %d faults\n", what.c_str(), tried);
  }

  vigil::test::TemporaryFolder temporary_;
  std::string folder_;
  std::unique_ptr<Files> files_;
  ManualClock clock_;
  Host host_{*files_, clock_};
};

constexpr std::initializer_list<Fault> kEveryFault = {
    Fault::kOnce, Fault::kFullOnce, Fault::kFull, Fault::kFromNow, Fault::kShort, Fault::kPowerCut};
// With a key derivation or more each: the two that say most about a file replaced whole, and all in
// the long run.
std::initializer_list<Fault> dear_faults() {
  static constexpr std::initializer_list<Fault> kTwo = {Fault::kOnce, Fault::kPowerCut};
  return std::getenv("VIGIL_FAULTS") != nullptr ? kEveryFault : kTwo;
}

TEST_F(HeaderFaults, ANewVaultIsThereOrCanBeMade) {
  int made_again = 0;
  run(
      "create", dear_faults(),
      [&]() -> Status {
        VIGIL_TRY(create_vault(host_, folder_, passphrase(), kCost));
        return {};
      },
      [&](const Status& done) {
        auto opened = open_vault(host_, folder_, passphrase());
        if (done.has_value()) {
          EXPECT_TRUE(ok(opened));
          return;
        }
        if (opened.has_value()) return;
        EXPECT_EQ(code_of(opened), "vault.absent");
        EXPECT_FALSE(vault_exists(host_, folder_)) << "so that it can be made";
        // Once is enough to see that what was left over is no obstacle; it derives keys again.
        if (made_again++ > 0) return;
        EXPECT_TRUE(ok(create_vault(host_, folder_, passphrase(), kCost)));
      });
}

TEST_F(HeaderFaults, ChangingThePassphraseLeavesOneThatOpens) {
  ASSERT_TRUE(ok(create_vault(host_, folder_, passphrase(), kCost)));
  keep();
  const auto before = read_header(*files_, folder_);
  ASSERT_TRUE(ok(before));
  run(
      "change passphrase", dear_faults(),
      [&]() -> Status {
        VIGIL_ASSIGN(auto unlocked, unlock_header(*before, passphrase()));
        VIGIL_ASSIGN(auto vault,
                     open_with_key(host_, folder_, std::move(unlocked.key), unlocked.slot));
        VIGIL_TRY(change_passphrase(*vault, passphrase(), passphrase("nine loud geese"), kCost));
        return {};
      },
      [&](const Status& done) {
        const auto after = read_header(*files_, folder_);
        ASSERT_TRUE(ok(after));
        ASSERT_EQ(after->slots.size(), 1u);
        if (*after == *before) {
          EXPECT_FALSE(done.has_value()) << "it was said to be changed";
          return;
        }
        EXPECT_TRUE(ok(unlock_header(*after, passphrase("nine loud geese"))));
        EXPECT_EQ(code_of(unlock_header(*after, passphrase())), "vault.passphrase");
      });
}

TEST_F(HeaderFaults, SlotsAreAddedAndRemovedWholly) {
  const auto key = crypto::SecretBytes::random(32);
  const auto identity = crypto::age::Identity::generate();
  make_keyed_vault(host_, folder_, key);
  Header two;
  two.vault = random_hex(16);
  two.slots.push_back(*wrap_key(two, key, passphrase(), kCost));
  two.slots.push_back(two.slots.front());
  two.slots.back().id = "0badcafe";
  ASSERT_TRUE(ok(write_header(*files_, folder_, two)));
  keep();
  const auto attempt = [&](const std::function<Status(Vault&)>& change) {
    return [&, change]() -> Status {
      VIGIL_ASSIGN(auto vault, open_with_key(host_, folder_, key.clone(), "0badcafe"));
      return change(*vault);
    };
  };
  run("set recovery", kEveryFault, attempt([&](Vault& vault) -> Status {
        VIGIL_TRY(set_recovery(vault, identity.recipient()));
        return {};
      }),
      [&](const Status& done) {
        const auto after = read_header(*files_, folder_);
        ASSERT_TRUE(ok(after));
        if (*after == two) {
          EXPECT_FALSE(done.has_value());
          return;
        }
        EXPECT_EQ(after->slots.size(), 3u);
        EXPECT_TRUE(ok(open_with_recovery(host_, folder_, identity)));
      });
  run("remove slot", kEveryFault,
      attempt([&](Vault& vault) { return remove_slot(vault, "0badcafe"); }),
      [&](const Status& done) {
        const auto after = read_header(*files_, folder_);
        ASSERT_TRUE(ok(after));
        EXPECT_EQ(after->slots.front(), two.slots.front());
        EXPECT_EQ(after->slots.size(), *after == two ? 2u : 1u);
        EXPECT_FALSE(*after == two && done.has_value());
      });
}

TEST_F(HeaderFaults, DestroyedIsDestroyedOnceItSaysSo) {
  const auto key = crypto::SecretBytes::random(32);
  make_keyed_vault(host_, folder_, key);
  Header header;
  header.vault = random_hex(16);
  header.slots.push_back(*wrap_key(header, key, passphrase(), kCost));
  ASSERT_TRUE(ok(write_header(*files_, folder_, header)));
  keep();
  run(
      "destroy slots", kEveryFault, [&] { return destroy_slots(host_, folder_); },
      [&](const Status& done) {
        const auto after = read_header(*files_, folder_);
        if (done.has_value()) {
          EXPECT_FALSE(after.has_value());
        } else if (after.has_value()) {
          EXPECT_EQ(*after, header) << "before or after, never another header";
        }
        EXPECT_TRUE(ok(destroy_vault(host_, folder_))) << "it can be done again";
        EXPECT_FALSE(vault_exists(host_, folder_));
      });
}

TEST_F(HeaderFaults, MigrationIsWholeOrNot) {
  crypto::SecretBytes key(32);
  for (std::size_t i = 0; i < 32; ++i) key.writable()[i] = static_cast<std::uint8_t>(i);
  std::filesystem::create_directory(folder_);
  std::filesystem::copy_file(std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/vault/version-1.db",
                             folder_ + "/vault.db");
  keep();
  run(
      "migrate", kEveryFault,
      [&]() -> Status {
        VIGIL_TRY(open_with_key(host_, folder_, key.clone(), "0a0b0c0d"));
        return {};
      },
      [&](const Status& done) {
        if (done.has_value()) {
          // Said before any tidying: the version is what it was brought to.
          auto database = sql::Database::open(folder_ + "/vault.db", key, sql::OpenMode::kExisting);
          ASSERT_TRUE(ok(database));
          EXPECT_EQ(*database->integer("PRAGMA user_version"), newest_schema());
        }
        auto again = open_with_key(host_, folder_, key.clone(), "0a0b0c0d");
        ASSERT_TRUE(ok(again));
        EXPECT_EQ(*(*(*again)->store())->database.integer("PRAGMA user_version"), newest_schema());
        const auto all = visits(**again);
        ASSERT_TRUE(ok(all));
        ASSERT_EQ(all->size(), 1u);
        const auto list = records(**again, all->front().id);
        ASSERT_EQ(list->size(), 1u);
        const auto rows = answers(**again, list->front().id);
        ASSERT_EQ(rows->size(), 3u);
        EXPECT_EQ(rows->front().value, "frozen answer");
      });
}

}  // namespace
}  // namespace vigil::vault::test
