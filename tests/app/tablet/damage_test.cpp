// SPDX-License-Identifier: Apache-2.0
//
// A page of the vault that cannot be read: nothing looks empty that is not, and nothing is offered
// that would erase or add.
#include <fstream>

#include <gtest/gtest.h>

#include "core/vault/store.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

constexpr std::string_view kDamaged =
    "This part of the storage is damaged. Nothing is erased. Hand the tablet to the office.";

class DamageTest : public Scene {
 protected:
  DamageTest() : Scene("en") {
    unlock();
    start_visit();
    type_into("q./data/case/code", "K-47");
    robot_->tap("top.back");
    robot_->tap("top.back");
    robot_->tap("top.lock");
  }

  // One byte of the page that this names.
  void damage(vault::sql::Sql root_page) {
    std::int64_t page = 0;
    {
      const auto vault =
          vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                            crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
      page = *(*(*vault)->store())->database.integer(root_page);
    }
    std::fstream file(world_.tablet() + "/vault.db",
                      std::ios::in | std::ios::out | std::ios::binary);
    const std::streamoff at = (page - 1) * 4096 + 2000;
    file.seekg(at);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(at);
    file.put(byte);
  }
};

TEST_F(DamageTest, OfTheChecklistsIsSaidInTheirPlace) {
  damage("SELECT rootpage FROM sqlite_master WHERE name = 'records'");
  robot_->tap("hidden");
  unlock();
  const auto& visits = std::get<VisitsModel>(app_->model().screen);
  ASSERT_EQ(visits.open.size(), 1U) << robot_->tree().print();
  const std::string key = "visit." + visits.open.front().code;
  EXPECT_EQ(robot_->text(key + ".count"), "Damaged");
  const std::int64_t visit = visits.open.front().visit;
  robot_->tap(key + ".open");
  EXPECT_EQ(robot_->text("visit.unread"), kDamaged) << robot_->tree().print();
  for (const char* offered : {"visit.discard", "visit.add-title", "visit.none", "visit.review"}) {
    EXPECT_FALSE(robot_->sees(offered)) << offered;
  }
  app_->apply(command::ReviewVisit{visit}, robot_->host().kit());
  robot_->rest();
  EXPECT_EQ(robot_->text("review.unread"), kDamaged) << robot_->tree().print();
  for (const char* offered : {"seal.nobody", "seal.hold"}) {
    EXPECT_FALSE(robot_->sees(offered)) << offered;
  }
}

TEST_F(DamageTest, OfTheAnswersIsSaidOnThePageOfTheVisit) {
  damage("SELECT rootpage FROM sqlite_master WHERE name = 'answers'");
  robot_->tap("hidden");
  unlock();
  const auto& visits = std::get<VisitsModel>(app_->model().screen);
  ASSERT_EQ(visits.open.size(), 1U) << robot_->tree().print();
  app_->apply(command::OpenVisit{visits.open.front().visit}, robot_->host().kit());
  robot_->rest();
  EXPECT_EQ(robot_->text("visit.unread"), kDamaged) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("visit.discard"));
}

TEST_F(DamageTest, OfThePlacesIsSaidInTheList) {
  damage("SELECT rootpage FROM sqlite_master WHERE name = 'places'");
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text("visits.unread"), kDamaged) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("visits.none"));
  EXPECT_FALSE(robot_->sees("visits.new"));
}

}  // namespace
}  // namespace vigil::tablet
