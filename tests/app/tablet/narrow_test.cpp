// SPDX-License-Identifier: Apache-2.0
//
// A tablet held upright: no room for the rail, so the sections are at the thumb.
#include <gtest/gtest.h>

#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

class UprightTablet : public Scene {
 protected:
  void SetUp() override { hold(800, 1280); }
  void hold(int width, int height) {
    robot_.emplace(
        world_.clock(), [this](ui::Kit& kit) { return app_->frame(kit); }, width, height);
    unlock();
    start_visit();
  }
  [[nodiscard]] ui::Rect rect_of(std::string_view key) {
    const ui::Item* const item = robot_->tree().find(key);
    return item == nullptr ? ui::Rect{} : item->rect;
  }
};

TEST_F(UprightTablet, TheSectionsAreAtTheLowerEdgeWhereverThePageIs) {
  const ui::Rect before = rect_of("rail.open");
  EXPECT_GT(before.y, 1200) << robot_->tree().print();
  robot_->tap("page.next");
  EXPECT_EQ(robot_->text("rail.open"), "Ход задержания · 0/6");
  robot_->tap("bar.next");
  EXPECT_EQ(robot_->text("rail.open"), "Адвокат · 0/6");
  robot_->tap("page.next");
  EXPECT_EQ(rect_of("rail.open").y, before.y) << "the page was at its end";
  robot_->tap("rail.open");
  robot_->tap("section.closing");
  EXPECT_FALSE(robot_->sees("bar.next")) << "there is none after the last";
  EXPECT_FALSE(robot_->sees("section.case")) << "the list is put away again";
}

TEST_F(UprightTablet, AQuestionIsFoundThereToo) {
  robot_->tap("rail.open");
  robot_->tap("rail.search");
  robot_->type("номер камеры");
  robot_->rest();
  robot_->tap("found./data/cells/cell[1]/cell_name");
  EXPECT_FALSE(robot_->sees("rail.search")) << "the list is put away";
  EXPECT_GT(rect_of("q./data/cells/cell[1]/cell_name.label").height, 0) << robot_->tree().print();
}

TEST_F(UprightTablet, TheKeyboardTakesTheBarsRoom) {
  robot_->host().kit().keyboard().mode = ui::KeyboardMode::kAlways;
  app_->apply(command::ChooseKeyboard{ui::KeyboardMode::kAlways}, robot_->host().kit());
  robot_->tap("q./data/case/code");
  ASSERT_TRUE(robot_->sees("keyboard")) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("rail.open"));
}

class LowTablet : public UprightTablet {
 protected:
  void SetUp() override { hold(640, 480); }
};

TEST_F(LowTablet, WhatIsTypedAndItsButtonStayInSightAboveTheKeyboard) {
  const auto keyboard = [&] {
    app_->apply(command::ChooseKeyboard{ui::KeyboardMode::kAlways}, robot_->host().kit());
  };
  const auto whole = [&](std::string_view key) {
    const ui::Item* const item = robot_->tree().find(key);
    return item != nullptr && item->visible.height >= item->rect.height;
  };
  keyboard();
  robot_->tap("q./data/case/code");
  robot_->rest(100);
  EXPECT_TRUE(whole("q./data/case/code")) << robot_->tree().print();
  robot_->tap("top.lock");
  robot_->tap("hidden");
  keyboard();
  robot_->tap("unlock.passphrase");
  robot_->rest(100);
  ASSERT_TRUE(robot_->sees("keyboard")) << robot_->tree().print();
  EXPECT_TRUE(whole("unlock.passphrase"));
  EXPECT_TRUE(whole("unlock.open"));
}

TEST_F(LowTablet, TheSectionsStandAtTheHeadOfThePage) {
  EXPECT_LT(rect_of("rail.open").y, 120) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("bar.next"));
}

}  // namespace
}  // namespace vigil::tablet
