// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/ui/controls.h"
#include "app/ui/fields.h"
#include "tests/app/ui/kit_fixture.h"

namespace vigil::ui {
namespace {

constexpr int kParts = 60;

class PartsTest : public KitTest {
 protected:
  // A page of parts, each a field and a button; counts the parts that were drawn.
  bool draw(Kit& kit) {
    drawn_ = 0;
    kit.begin_scroll("page", kit.screen());
    for (int part = 0; part < kParts; ++part) {
      const std::string key = "p" + std::to_string(part);
      if (left_out_ && !kit.begin_part(key, part == changed_ ? 2 : 1)) continue;
      ++drawn_;
      const auto typed = field(kit, key + ".field", texts_[part], {.name = "Field"});
      if (typed.value) texts_[part] = *typed.value;
      if (part == changed_) kit.gap(40);
      if (button(kit, key + ".button", "Button " + key)) ++taps_;
      kit.gap(10);
      if (left_out_) kit.end_part();
    }
    kit.end_scroll();
    return false;
  }
  void show() {
    KitTest::show([this](Kit& kit) { return draw(kit); });
  }
  void wheel(float lines) {
    InputEvent event;
    event.kind = InputEvent::Kind::kWheel;
    event.wheel = lines;
    event.at = {100, 100};
    feed(event);
  }
  // Everything that is known of what is on the screen.
  [[nodiscard]] std::string places() {
    std::string lines;
    for (const Item& item : tree().items) {
      lines += item.key + ' ' + item.text + ' ' + std::to_string(item.rect.x) + ' ' +
               std::to_string(item.rect.y) + ' ' + std::to_string(item.rect.height) + ' ' +
               std::to_string(item.visible.y) + ' ' + std::to_string(item.visible.height) + ' ' +
               (item.focused ? "focused" : "") + (item.takes_taps ? "taps" : "") + '\n';
    }
    return lines;
  }

  std::string texts_[kParts];
  bool left_out_ = true;
  int changed_ = -1;
  int drawn_ = 0;
  int taps_ = 0;
};

TEST_F(PartsTest, OutOfSightAreNotDrawnAgain) {
  show();
  EXPECT_EQ(drawn_, kParts);
  show();
  EXPECT_LT(drawn_, 12);
  EXPECT_NE(tree().find("p59.button"), nullptr);
}

TEST_F(PartsTest, LeavingThemOutChangesNothingThatIsKnownOfTheScreen) {
  for (const float lines : {0.0F, -3.0F, -20.0F, 9.0F}) {
    left_out_ = true;
    show();
    wheel(lines);
    show();
    const std::string with = places();
    EXPECT_LT(drawn_, 14);
    left_out_ = false;
    show();
    EXPECT_EQ(with, places());
  }
}

TEST_F(PartsTest, AreDrawnAgainWhenTheyChangeAndMoveWhatIsBelow) {
  show();
  const float before = tree().find("p59.button")->rect.y;
  changed_ = 40;
  show();
  EXPECT_FLOAT_EQ(tree().find("p59.button")->rect.y, before + 40 * host_->kit().canvas().scale());
}

TEST_F(PartsTest, TheOneBeingEditedIsDrawnWhereverItIs) {
  show();
  tap("p1.field");
  type("abc");
  wheel(-30);
  ASSERT_EQ(tree().find("p1.field")->visible.height, 0);
  type("d");
  clock_.now_ms += 1000;
  show();
  EXPECT_EQ(texts_[1], "abcd");
}

TEST_F(PartsTest, KeysReachWhatIsOutOfSight) {
  show();
  show();
  host_->kit().focus("p50.button");
  show();
  key(Key::kEnter);
  EXPECT_EQ(taps_, 1);
}

TEST_F(PartsTest, NothingIsLeftOutAfterForgetting) {
  show();
  host_->kit().forget();
  show();
  EXPECT_EQ(drawn_, kParts);
  EXPECT_EQ(tree().items.size(), std::size_t{2 * kParts + 1});
}

}  // namespace
}  // namespace vigil::ui
