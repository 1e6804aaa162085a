// SPDX-License-Identifier: Apache-2.0
#include "app/ui/kit.h"

#include <gtest/gtest.h>

#include "app/ui/controls.h"
#include "app/ui/fields.h"
#include "tests/app/ui/kit_fixture.h"

namespace vigil::ui {
namespace {

TEST_F(KitTest, ATapIsPressAndReleaseOnTheSameItem) {
  int taps = 0;
  const Frame frame = [&](Kit& kit) {
    if (button(kit, "a", "A")) ++taps;
    kit.gap(20);
    if (button(kit, "b", "B")) taps += 100;
    return false;
  };
  host_->show(frame);
  tap("a", frame);
  EXPECT_EQ(taps, 1);
  give(InputEvent::Kind::kPress, tree().find("a")->rect.centre(), frame);
  give(InputEvent::Kind::kRelease, tree().find("b")->rect.centre(), frame);
  EXPECT_EQ(taps, 1);
}

TEST_F(KitTest, ADragScrollsAndDoesNotTap) {
  int taps = 0;
  const Frame frame = [&](Kit& kit) {
    kit.begin_scroll("page", kit.screen());
    for (int index = 0; index < 40; ++index) {
      if (button(kit, "b" + std::to_string(index), "B")) ++taps;
    }
    kit.end_scroll();
    return false;
  };
  host_->show(frame);
  const float before = tree().find("b10")->rect.y;
  give(InputEvent::Kind::kPress, {50, 400}, frame);
  give(InputEvent::Kind::kMove, {50, 300}, frame);
  give(InputEvent::Kind::kMove, {50, 200}, frame);
  clock_.now_ms += 500;
  give(InputEvent::Kind::kRelease, {50, 200}, frame);
  EXPECT_EQ(taps, 0);
  EXPECT_FLOAT_EQ(tree().find("b10")->rect.y, before - 200);
}

TEST_F(KitTest, NothingUnderAnOverlayIsReached) {
  int below = 0;
  int closed = 0;
  const Frame frame = [&](Kit& kit) {
    if (button(kit, "below", "Below")) ++below;
    if (kit.begin_overlay("cover", true)) ++closed;
    return false;
  };
  host_->show(frame);
  tap("below", frame);
  EXPECT_EQ(below, 0);
  EXPECT_EQ(closed, 1);
  key(Key::kTab, frame);
  EXPECT_FALSE(tree().find("below")->focused);
}

TEST_F(KitTest, HoldingFiresOnceItIsHeldLongEnough) {
  int fired = 0;
  const Frame frame = [&](Kit& kit) {
    if (fired == 0 && hold_button(kit, "hold", "Press and hold")) ++fired;
    return false;
  };
  host_->show(frame);
  const Point at = tree().find("hold")->rect.centre();
  give(InputEvent::Kind::kPress, at, frame);
  clock_.now_ms += kHold_ms - 100;
  host_->feed({}, frame);
  give(InputEvent::Kind::kRelease, at, frame);
  EXPECT_EQ(fired, 0) << "let go too early";
  give(InputEvent::Kind::kPress, at, frame);
  clock_.now_ms += kHold_ms;
  host_->feed({}, frame);
  EXPECT_EQ(fired, 1);
}

TEST_F(KitTest, EnterHeldDownHoldsAButtonToo) {
  int fired = 0;
  const Frame frame = [&](Kit& kit) {
    if (hold_button(kit, "hold", "Press and hold")) ++fired;
    return false;
  };
  host_->show(frame);
  key(Key::kTab, frame);
  key(Key::kEnter, frame);
  clock_.now_ms += kHold_ms - 100;
  key(Key::kEnter, frame);  // a key that is held repeats
  EXPECT_EQ(fired, 0);
  InputEvent up;
  up.kind = InputEvent::Kind::kKeyUp;
  up.key = Key::kEnter;
  host_->feed(up, frame);
  clock_.now_ms += 200;
  host_->feed({}, frame);
  EXPECT_EQ(fired, 0) << "let go too early";
  key(Key::kEnter, frame);
  clock_.now_ms += kHold_ms;
  host_->feed({}, frame);
  EXPECT_EQ(fired, 1);
}

TEST_F(KitTest, ArrowsGoToTheNearestAndEnterTapsIt) {
  std::string tapped;
  const Frame frame = [&](Kit& kit) {
    for (const char* row : {"a", "b"}) {
      kit.begin_row();
      for (const char* column : {"1", "2", "3"}) {
        const std::string name = std::string(row) + column;
        if (button(kit, name, name)) tapped = name;
      }
      kit.end_row();
      kit.gap(8);
    }
    return false;
  };
  host_->show(frame);
  key(Key::kDown, frame);
  EXPECT_TRUE(tree().find("a1")->focused);
  key(Key::kRight, frame);
  key(Key::kDown, frame);
  key(Key::kEnter, frame);
  EXPECT_EQ(tapped, "b2");
  key(Key::kUp, frame);
  EXPECT_TRUE(tree().find("a2")->focused);
}

TEST_F(KitTest, DraggingOverAFieldScrollsAndLeavesTheFocusWhereItIs) {
  const Frame frame = [&](Kit& kit) {
    kit.begin_scroll("page", kit.screen());
    for (int index = 0; index < 20; ++index) {
      static_cast<void>(field(kit, "f" + std::to_string(index), "", {}));
    }
    kit.end_scroll();
    return false;
  };
  host_->show(frame);
  give(InputEvent::Kind::kPress, tree().find("f5")->rect.centre(), frame);
  give(InputEvent::Kind::kMove, {50, 100}, frame);
  clock_.now_ms += 500;
  give(InputEvent::Kind::kRelease, {50, 100}, frame);
  EXPECT_EQ(host_->kit().focused(), "");
}

TEST_F(KitTest, ATapHandsOverTheTextBeforeItActs) {
  std::string kept;
  std::string at_the_tap;
  const Frame frame = [&](Kit& kit) {
    if (button(kit, "lock", "Lock")) at_the_tap = kept;
    if (const auto out = field(kit, "f", kept, {}); out.value) kept = *out.value;
    return false;
  };
  host_->show(frame);
  tap("f", frame);
  type("К-12", frame);
  tap("lock", frame);
  EXPECT_EQ(at_the_tap, "К-12");
}

TEST_F(KitTest, WhatIsCopiedStaysInTheProgramAndGoesWithTheLock) {
  std::string kept = "слово дело";
  const Frame frame = [&](Kit& kit) {
    if (const auto out = field(kit, "f", kept, {}); out.value) kept = *out.value;
    return false;
  };
  host_->show(frame);
  tap("f", frame);
  key(Key::kSelectAll, frame);
  key(Key::kCopy, frame);
  EXPECT_EQ(host_->kit().clipboard(), "слово дело");
  key(Key::kEnd, frame);
  key(Key::kPaste, frame);
  clock_.now_ms += kTypingPause_ms;
  host_->feed({}, frame);
  EXPECT_EQ(kept, "слово делослово дело");
  host_->kit().forget();
  EXPECT_EQ(host_->kit().clipboard(), "");
}

TEST_F(KitTest, TwoQuickTapsSelectTheWord) {
  std::string kept = "слово дело";
  const Frame frame = [&](Kit& kit) {
    if (const auto out = field(kit, "f", kept, {}); out.value) kept = *out.value;
    return false;
  };
  host_->show(frame);
  tap("f", frame);
  clock_.now_ms += 2000;
  const Point at = {tree().find("f")->rect.x + 20, tree().find("f")->rect.centre().y};
  for (int count = 0; count < 2; ++count) {
    give(InputEvent::Kind::kPress, at, frame);
    give(InputEvent::Kind::kRelease, at, frame);
  }
  EXPECT_EQ(host_->kit().editing().selected(), "слово");
}

TEST_F(KitTest, TextIsHandedOverAfterAPauseAndOnLeaving) {
  std::string kept;
  const Frame frame = [&](Kit& kit) {
    const FieldOutcome first = field(kit, "first", kept, {});
    if (first.value) kept = *first.value;
    kit.gap(8);
    static_cast<void>(field(kit, "second", "", {}));
    return false;
  };
  host_->show(frame);
  tap("first", frame);
  type("Ала", frame);
  EXPECT_EQ(kept, "");
  clock_.now_ms += kTypingPause_ms;
  host_->feed({}, frame);
  EXPECT_EQ(kept, "Ала");
  type("-Тоо", frame);
  tap("second", frame);
  EXPECT_EQ(kept, "Ала-Тоо");
  EXPECT_TRUE(tree().find("second")->focused);
}

TEST_F(KitTest, AFieldAboveAlsoGetsWhatTheOneBelowHandsOver) {
  std::string first;
  std::string second;
  const Frame frame = [&](Kit& kit) {
    if (const auto out = field(kit, "first", first, {}); out.value) first = *out.value;
    kit.gap(8);
    if (const auto out = field(kit, "second", second, {}); out.value) second = *out.value;
    return false;
  };
  host_->show(frame);
  tap("second", frame);
  type("below", frame);
  tap("first", frame);
  type("above", frame);
  key(Key::kEscape, frame);
  EXPECT_EQ(first, "above");
  EXPECT_EQ(second, "below");
}

TEST_F(KitTest, FiguresOnlyGoIntoAFieldOfFigures) {
  std::string kept;
  FieldLook look;
  look.filter = Filter::kDecimal;
  const Frame frame = [&](Kit& kit) {
    if (const auto out = field(kit, "n", kept, look); out.value) kept = *out.value;
    keypad(kit, "n", Filter::kDecimal, "Done");
    return false;
  };
  host_->show(frame);
  EXPECT_EQ(tree().find("n.key.7"), nullptr);
  tap("n", frame);
  type("1a,", frame);
  tap("n.key.5", frame);
  tap("n.key..", frame);
  tap("n.key.back", frame);
  tap("n.key.2", frame);
  tap("n.key.done", frame);
  EXPECT_EQ(kept, "1.2");
  EXPECT_EQ(tree().find("n.key.7"), nullptr);
}

TEST_F(KitTest, APassphraseIsShownAsDotsAndKeptAsBytes) {
  SecretText secret;
  bool entered = false;
  const Frame frame = [&](Kit& kit) {
    entered = secret_field(kit, "p", secret, {.name = "Passphrase"}) || entered;
    return false;
  };
  host_->show(frame);
  tap("p", frame);
  type("ключ", frame);
  type("x", frame);
  key(Key::kBackspace, frame);
  EXPECT_EQ(secret.copy().text(), "ключ");
  EXPECT_EQ(tree().find("p")->text, "Passphrase");
  key(Key::kEnter, frame);
  EXPECT_TRUE(entered);
}

TEST_F(KitTest, TheKeyboardReachesAndTapsEverything) {
  int taps = 0;
  const Frame frame = [&](Kit& kit) {
    static_cast<void>(button(kit, "a", "A"));
    if (button(kit, "b", "B")) ++taps;
    return false;
  };
  host_->show(frame);
  key(Key::kTab, frame);
  EXPECT_TRUE(tree().find("a")->focused);
  key(Key::kTab, frame);
  key(Key::kEnter, frame);
  EXPECT_EQ(taps, 1);
}

TEST_F(KitTest, WhatOpensAboveDoesNotMoveWhatIsUnderTheFinger) {
  bool open = false;
  const Frame frame = [&](Kit& kit) {
    bool changed = false;
    kit.begin_scroll("page", kit.screen());
    for (int index = 0; index < 40; ++index) {
      if (index == 3 && open) {
        paragraph(kit, "more", "It opened above.", Style::kQuestion);
        kit.gap(200);
      }
      if (button(kit, "b" + std::to_string(index), "B") && index == 12) open = changed = true;
    }
    kit.end_scroll();
    return changed;
  };
  host_->show(frame);
  InputEvent wheel;
  wheel.kind = InputEvent::Kind::kWheel;
  wheel.wheel = -5;
  wheel.at = {100, 100};
  host_->feed(wheel, frame);
  const float before = tree().find("b12")->rect.y;
  tap("b12", frame);
  ASSERT_TRUE(open);
  EXPECT_NEAR(tree().find("b12")->rect.y, before, 1);
}

TEST_F(KitTest, WordsThatDoNotFitAreReported) {
  const Frame frame = [&](Kit& kit) {
    line_at(kit, "short", {0, 0, 400, 30}, "Fits", Style::kBody);
    line_at(kit, "long", {0, 40, 60, 30}, "Does not fit in so little room", Style::kBody);
    return false;
  };
  host_->show(frame);
  EXPECT_EQ(tree().clipped(), "long \"Does not fit in so little room\"\n");
}

TEST_F(KitTest, NothingHappeningSleepsForEver) {
  const Frame frame = [&](Kit& kit) {
    static_cast<void>(button(kit, "a", "A"));
    return false;
  };
  host_->show(frame);
  EXPECT_EQ(host_->kit().sleep_ms(), -1);
}

TEST_F(KitTest, LettersOfAllOurLanguagesHavePictures) {
  host_->show([&](Kit& kit) {
    for (const Style style : {Style::kSecondary, Style::kBody, Style::kQuestion}) {
      EXPECT_TRUE(kit.canvas().can_show(
          "әғқңөұүһі ӘҒҚҢӨҰҮҺІ ӣӯҳҷ ӢӮҲҶ ўЎ ʻʼ äçňşýž ÄÇŇŞÝŽ №–—«»“”…≠≤≥", style));
    }
    return false;
  });
}

TEST_F(KitTest, LinesBreakAtSpacesAndLongWordsAnywhere) {
  host_->show([&](Kit& kit) {
    const std::string text = "Где человек находился в это время?";
    const auto lines = kit.canvas().wrap(text, Style::kBody, 150);
    EXPECT_GT(lines.size(), 1U);
    std::string joined;
    for (const auto line : lines) {
      joined += line;
      std::string_view seen = line;
      while (seen.ends_with(' ')) seen.remove_suffix(1);
      EXPECT_LE(kit.canvas().text_width(seen, Style::kBody), 151);
    }
    EXPECT_EQ(joined, text);
    EXPECT_GT(kit.canvas().wrap(std::string(100, 'w'), Style::kBody, 150).size(), 5U);
    EXPECT_EQ(kit.canvas().wrap("a\n\nb", Style::kBody, 150).size(), 3U);
    return false;
  });
}

}  // namespace
}  // namespace vigil::ui
