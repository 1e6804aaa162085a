// SPDX-License-Identifier: Apache-2.0
//
// What is typed and no answer yet: it stays until it is one, whatever happens to the tablet.
#include "core/vault/unfinished.h"

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "tests/app/tablet/controls_scene.h"

namespace vigil::tablet {
namespace {

constexpr std::string_view kDay = "q./data/course/t_actual.date";

class UnfinishedTest : public Scene {
 protected:
  UnfinishedTest() : Scene("en") {
    unlock();
    start_visit();
    robot_->tap("section.course");
    key_in("q./data/course/t_actual.date", "20112026");
  }
  void key_in(const std::string& key, std::string_view digits) {
    robot_->tap(key);
    for (const char digit : digits) robot_->tap(key + ".key." + digit);
    // A whole day leads on to its hour.
    robot_->tap("q./data/course/t_actual.time.key.done");
  }
  void expect_there() {
    EXPECT_EQ(robot_->text(kDay), "20.11.2026") << robot_->tree().print();
    EXPECT_EQ(robot_->text("q./data/course/t_actual.error"),
              "This is not a whole date or time yet.");
    EXPECT_EQ(robot_->text("jump.mend"), "To mend 1");
  }
  [[nodiscard]] std::size_t kept() {
    const auto vault = vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                                         crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
    const auto visits = vault::visits(**vault);
    const auto records = vault::records(**vault, visits->front().id);
    return records->empty() ? 0 : vault::unfinished(**vault, records->front().id)->size();
  }
};

TEST_F(UnfinishedTest, AnHourNotKnownYetOutlivesBackLockAndACrash) {
  expect_there();
  robot_->tap("top.back");
  robot_->tap("record.1.open");
  expect_there();
  robot_->tap("top.lock");
  robot_->tap("hidden");
  unlock();
  expect_there();
  // Nobody tells the old program anything.
  start_again();
  unlock();
  expect_there();
}

TEST_F(UnfinishedTest, ThePageOfTheVisitAndTheReviewSayThatItWillNotBeSealed) {
  robot_->tap("top.back");
  EXPECT_EQ(std::get<VisitModel>(app_->model().screen).records.front().to_mend, 1);
  robot_->tap("visit.review");
  EXPECT_EQ(robot_->text("unfinished.about"),
            "This will not be sealed: it is not whole. Complete it, or clear it.");
  EXPECT_FALSE(robot_->sees("seal.unmended")) << "no form's rule is broken";
  robot_->tap("unfinished.1./data/course/t_actual.show");
  expect_there();
  key_in("q./data/course/t_actual.time", "2340");
  EXPECT_FALSE(robot_->sees("q./data/course/t_actual.error")) << robot_->tree().print();
  robot_->tap("top.back");
  EXPECT_FALSE(robot_->sees("unfinished.about")) << robot_->tree().print();
  robot_->tap("top.lock");
  EXPECT_EQ(kept(), 0U) << "it went with the answer";
}

TEST_F(UnfinishedTest, ItGoesWhenItIsClearedAndWhenTheVisitIsSealed) {
  robot_->tap("top.lock");
  EXPECT_EQ(kept(), 1U);
  robot_->tap("hidden");
  unlock();
  robot_->tap("section.course");
  const std::string code = seal();
  EXPECT_NE(code, "(absent)");
  robot_->tap("top.lock");
  EXPECT_EQ(kept(), 0U);
}

using UnfinishedControls = ControlsScene;

TEST_F(UnfinishedControls, ANumberThatCannotBeReadStaysToBeMended) {
  const std::string huge(400, '9');
  type_into(q("area"), huge);
  ASSERT_TRUE(robot_->sees(q("area.error"))) << robot_->tree().print();
  lock();
  EXPECT_EQ(stored("area"), "");
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text(q("area")), huge) << robot_->tree().print();
  EXPECT_TRUE(robot_->sees(q("area.error")));
}

}  // namespace
}  // namespace vigil::tablet
