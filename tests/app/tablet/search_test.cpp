// SPDX-License-Identifier: Apache-2.0
//
// Questions are found by their words, and a tap leads there.
#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

class QuestionSearch : public Scene {
 protected:
  void SetUp() override {
    unlock();
    start_visit();
  }
  void look_for(std::string_view text) {
    robot_->tap("rail.search");
    robot_->press_key(SDLK_END);
    robot_->type(text);
    robot_->rest();
  }
};

TEST_F(QuestionSearch, FindsAQuestionOfAnotherSectionByAnyOfItsWords) {
  look_for("наедине ПОМЕЩЕНИЕ");
  EXPECT_FALSE(robot_->sees("section.closing")) << "the found ones instead of the sections";
  ASSERT_TRUE(robot_->sees("found./data/lawyer/law_room")) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("found./data/lawyer/law_told"));
  EXPECT_EQ(robot_->text("found.section./data/lawyer/law_room"), "Адвокат");
  robot_->tap("found./data/lawyer/law_room");
  const ui::Item* const card = robot_->tree().find("q./data/lawyer/law_room.label");
  ASSERT_NE(card, nullptr) << robot_->tree().print();
  EXPECT_GT(card->visible.height, 0);
  EXPECT_TRUE(robot_->tree().find("section.lawyer")->chosen);
  EXPECT_FALSE(robot_->sees("found.end")) << "the sections are back";
  robot_->tap("q./data/lawyer/law_room/seen.yes");
  EXPECT_TRUE(robot_->tree().find("q./data/lawyer/law_room/seen.yes")->chosen);
}

TEST_F(QuestionSearch, ASourceIsFoundWithItsQuestionOnce) {
  look_for("праве на адвоката");
  EXPECT_TRUE(robot_->sees("found./data/lawyer/law_told")) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("found./data/lawyer/law_told/staff"));
}

TEST_F(QuestionSearch, NamesTheCellOfAQuestionInARepeat) {
  robot_->tap("section.cells");
  robot_->tap("add./data/cells/cell");
  look_for("номер камеры");
  EXPECT_EQ(robot_->text("found./data/cells/cell[2]/cell_name"), "Камера 2: Номер камеры")
      << robot_->tree().print();
  robot_->tap("found./data/cells/cell[2]/cell_name");
  const ui::Item* const label = robot_->tree().find("q./data/cells/cell[2]/cell_name.label");
  ASSERT_NE(label, nullptr);
  EXPECT_GT(label->visible.height, 0);
  EXPECT_LT(label->rect.y, 300) << "brought up to where the eye is";
}

TEST_F(QuestionSearch, SaysThatNothingIsFoundAndEndsByATap) {
  look_for("погода");
  EXPECT_EQ(robot_->text("found.none"), "Ни в одном вопросе этих слов нет.");
  robot_->tap("found.end");
  EXPECT_TRUE(robot_->sees("section.closing")) << robot_->tree().print();
  EXPECT_EQ(robot_->text("rail.search"), "Найти вопрос");
}

TEST_F(QuestionSearch, ManyAreCutOffAndThatIsSaid) {
  look_for("а");
  EXPECT_EQ(robot_->text("found.more"), "Есть и другие: добавьте слово.");
}

TEST_F(QuestionSearch, WhatIsOutOfSightIsNotFound) {
  ASSERT_FALSE(robot_->sees("found./data/lawyer/t_law"));
  look_for("первая встреча с адвокатом");
  EXPECT_FALSE(robot_->sees("found./data/lawyer/t_law")) << "nobody said that they met";
}

TEST_F(QuestionSearch, ControlAndFGoesThereFromWithinATextToo) {
  robot_->tap("q./data/case/code");
  robot_->press_key(SDLK_f, KMOD_CTRL);
  EXPECT_EQ(robot_->host().kit().focused(), "rail.search");
  robot_->type("адвокат");
  robot_->rest();
  EXPECT_TRUE(robot_->sees("found.end")) << robot_->tree().print();
}

TEST_F(QuestionSearch, IsForgottenWithTheChecklist) {
  look_for("адвокат");
  ASSERT_TRUE(robot_->sees("found.end"));
  robot_->tap("top.back");
  robot_->tap("record.1.open");
  EXPECT_FALSE(robot_->sees("found.end")) << robot_->tree().print();
}

}  // namespace
}  // namespace vigil::tablet
