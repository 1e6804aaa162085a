// SPDX-License-Identifier: Apache-2.0
#include "app/ui/kit.h"

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/ui/controls.h"
#include "app/ui/fields.h"
#include "tests/app/ui/kit_fixture.h"

namespace vigil::ui {
namespace {

TEST_F(KitTest, ATapIsPressAndReleaseOnTheSameItem) {
  int taps = 0;
  show([&](Kit& kit) {
    if (button(kit, "a", "A")) ++taps;
    kit.gap(20);
    if (button(kit, "b", "B")) taps += 100;
  });
  tap("a");
  EXPECT_EQ(taps, 1);
  give(InputEvent::Kind::kPress, tree().find("a")->rect.centre());
  give(InputEvent::Kind::kRelease, tree().find("b")->rect.centre());
  EXPECT_EQ(taps, 1);
}

TEST_F(KitTest, ADragScrollsAndDoesNotTap) {
  int taps = 0;
  show([&](Kit& kit) {
    kit.begin_scroll("page", kit.screen());
    for (int index = 0; index < 40; ++index) {
      if (button(kit, "b" + std::to_string(index), "B")) ++taps;
    }
    kit.end_scroll();
  });
  const float before = tree().find("b10")->rect.y;
  give(InputEvent::Kind::kPress, {50, 400});
  give(InputEvent::Kind::kMove, {50, 300});
  give(InputEvent::Kind::kMove, {50, 200});
  clock_.now_ms += 500;
  give(InputEvent::Kind::kRelease, {50, 200});
  EXPECT_EQ(taps, 0);
  EXPECT_FLOAT_EQ(tree().find("b10")->rect.y, before - 200);
}

TEST_F(KitTest, NothingUnderAnOverlayIsReached) {
  int below = 0;
  int closed = 0;
  show([&](Kit& kit) {
    if (button(kit, "below", "Below")) ++below;
    if (kit.begin_overlay("cover", true)) ++closed;
  });
  tap("below");
  EXPECT_EQ(below, 0);
  EXPECT_EQ(closed, 1);
  key(Key::kTab);
  EXPECT_FALSE(tree().find("below")->focused);
}

TEST_F(KitTest, ABouncingFingerTapsOnceEvenWhereAnotherThingStandsByThen) {
  int first = 0;
  int second = 0;
  show([&](Kit& kit) {
    if (first == 0 && button(kit, "one", "One")) ++first;
    if (first > 0 && button(kit, "two", "Two")) ++second;
  });
  const Point at = tree().find("one")->rect.centre();
  tap_at(at);
  rest(200);
  tap_at(at);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 0);
  rest(400);
  tap_at(at);
  EXPECT_EQ(second, 1);
}

TEST_F(KitTest, StepsAndKeysAreMeantEachTime) {
  int steps = 0;
  int keys = 0;
  show([&](Kit& kit) {
    if (button(kit, "more", "More", {.repeats = true})) ++steps;
    if (button(kit, "key", "K", {.keeps_focus = true})) ++keys;
  });
  for (int time = 0; time < 3; ++time) tap("more");
  for (int time = 0; time < 3; ++time) tap("key");
  EXPECT_EQ(steps, 3);
  EXPECT_EQ(keys, 3);
}

TEST_F(KitTest, ATouchThatStopsAGlidingPageTapsNothing) {
  int taps = 0;
  show([&](Kit& kit) {
    kit.begin_scroll("page", kit.screen());
    for (int row = 0; row < 60; ++row) {
      if (button(kit, std::to_string(row), "Yes")) ++taps;
      kit.gap(Space::kSmall);
    }
    kit.end_scroll();
  });
  give(InputEvent::Kind::kPress, {60, 500});
  for (float y = 480; y > 200; y -= 40) {
    clock_.now_ms += 8;
    give(InputEvent::Kind::kMove, {60, y});
  }
  give(InputEvent::Kind::kRelease, {60, 200});
  rest(100);
  const float gliding = tree().find("0")->rect.y;
  rest(16);
  ASSERT_LT(tree().find("0")->rect.y, gliding) << "it glides";
  tap_at({60, 300});
  EXPECT_EQ(taps, 0);
  const float still = tree().find("0")->rect.y;
  rest(400);
  EXPECT_EQ(tree().find("0")->rect.y, still) << "it stands";
  for (float y = 200; y < 400 && taps == 0; y += 20) {
    tap_at({60, y});
    rest(400);
  }
  EXPECT_EQ(taps, 1);
}

TEST_F(KitTest, WhoeverNeverPausesIsHandedOverEachSecond) {
  std::string text;
  show_field(text);
  tap("f");
  std::string typed;
  for (int letter = 0; letter < 60; ++letter) {
    rest(90);
    type("a");
    typed += "a";
    EXPECT_LE(typed.size() - text.size(), 12U) << "a second of typing";
  }
  EXPECT_GE(text.size(), 48U);
}

TEST_F(KitTest, HalfANumberIsNotHandedOverForThat) {
  std::string text;
  FieldLook look;
  look.filter = Filter::kInteger;
  show_field(text, look);
  tap("f");
  for (const char* digit : {"7", "0", "3", "1", "9", "2"}) {
    rest(400);
    type(digit);
  }
  EXPECT_EQ(text, "");
  rest(kTypingPause_ms);
  EXPECT_EQ(text, "703192");
}

TEST_F(KitTest, TheEndOfTheProgramWaitsForNoPause) {
  std::string text;
  show_field(text);
  tap("f");
  SDL_Event letter = {};
  letter.type = SDL_TEXTINPUT;
  letter.text.text[0] = 'K';
  SDL_PushEvent(&letter);
  SDL_Event end = {};
  end.type = SDL_QUIT;
  SDL_PushEvent(&end);
  EXPECT_TRUE(run());
  EXPECT_EQ(text, "K");
}

TEST_F(KitTest, HoldingFiresOnceItIsHeldLongEnough) {
  int fired = 0;
  show([&](Kit& kit) {
    if (fired == 0 && hold_button(kit, "hold", "Press and hold")) ++fired;
  });
  const Point at = tree().find("hold")->rect.centre();
  give(InputEvent::Kind::kPress, at);
  rest(kHold_ms - 100);
  give(InputEvent::Kind::kRelease, at);
  EXPECT_EQ(fired, 0) << "let go too early";
  give(InputEvent::Kind::kPress, at);
  rest(kHold_ms);
  EXPECT_EQ(fired, 1);
}

TEST_F(KitTest, EnterHeldDownHoldsAButtonToo) {
  int fired = 0;
  show([&](Kit& kit) {
    if (hold_button(kit, "hold", "Press and hold")) ++fired;
  });
  key(Key::kTab);
  key(Key::kEnter);
  clock_.now_ms += kHold_ms - 100;
  key(Key::kEnter);  // a key that is held repeats
  EXPECT_EQ(fired, 0);
  key(Key::kEnter, InputEvent::Kind::kKeyUp);
  rest(200);
  EXPECT_EQ(fired, 0) << "let go too early";
  key(Key::kEnter);
  rest(kHold_ms);
  EXPECT_EQ(fired, 1);
}

TEST_F(KitTest, ArrowsGoToTheNearestAndEnterTapsIt) {
  std::string tapped;
  show([&](Kit& kit) {
    for (const char* row : {"a", "b"}) {
      kit.begin_row();
      for (const char* column : {"1", "2", "3"}) {
        const std::string name = std::string(row) + column;
        if (button(kit, name, name)) tapped = name;
      }
      kit.end_row();
      kit.gap(8);
    }
  });
  key(Key::kDown);
  EXPECT_TRUE(tree().find("a1")->focused);
  key(Key::kRight);
  key(Key::kDown);
  key(Key::kEnter);
  EXPECT_EQ(tapped, "b2");
  key(Key::kUp);
  EXPECT_TRUE(tree().find("a2")->focused);
}

TEST_F(KitTest, DraggingOverAFieldScrollsAndLeavesTheFocusWhereItIs) {
  show([&](Kit& kit) {
    kit.begin_scroll("page", kit.screen());
    for (int index = 0; index < 20; ++index) {
      static_cast<void>(field(kit, "f" + std::to_string(index), "", {}));
    }
    kit.end_scroll();
  });
  give(InputEvent::Kind::kPress, tree().find("f5")->rect.centre());
  give(InputEvent::Kind::kMove, {50, 100});
  clock_.now_ms += 500;
  give(InputEvent::Kind::kRelease, {50, 100});
  EXPECT_EQ(host_->kit().focused(), "");
}

TEST_F(KitTest, ATapHandsOverTheTextBeforeItActs) {
  std::string kept;
  std::string at_the_tap;
  show([&](Kit& kit) {
    if (button(kit, "lock", "Lock")) at_the_tap = kept;
    if (const auto out = field(kit, "f", kept, {}); out.value) kept = *out.value;
  });
  tap("f");
  type("К-12");
  tap("lock");
  EXPECT_EQ(at_the_tap, "К-12");
}

TEST_F(KitTest, WhatIsCopiedStaysInTheProgramAndGoesWithTheLock) {
  std::string kept = "слово дело";
  show_field(kept);
  tap("f");
  key(Key::kSelectAll);
  key(Key::kCopy);
  EXPECT_EQ(host_->kit().clipboard(), "слово дело");
  key(Key::kEnd);
  key(Key::kPaste);
  rest(kTypingPause_ms);
  EXPECT_EQ(kept, "слово делослово дело");
  host_->kit().forget();
  EXPECT_EQ(host_->kit().clipboard(), "");
}

TEST_F(KitTest, TwoQuickTapsSelectTheWord) {
  std::string kept = "слово дело";
  show_field(kept);
  tap("f");
  clock_.now_ms += 2000;
  const Point at = {tree().find("f")->rect.x + 20, tree().find("f")->rect.centre().y};
  for (int count = 0; count < 2; ++count) tap_at(at);
  EXPECT_EQ(host_->kit().editing().selected(), "слово");
}

TEST_F(KitTest, TextIsHandedOverAfterAPauseAndOnLeaving) {
  std::string kept;
  show([&](Kit& kit) {
    const FieldOutcome first = field(kit, "first", kept, {});
    if (first.value) kept = *first.value;
    kit.gap(8);
    static_cast<void>(field(kit, "second", "", {}));
  });
  tap("first");
  type("Ала");
  EXPECT_EQ(kept, "");
  rest(kTypingPause_ms);
  EXPECT_EQ(kept, "Ала");
  type("-Тоо");
  tap("second");
  EXPECT_EQ(kept, "Ала-Тоо");
  EXPECT_TRUE(tree().find("second")->focused);
}

TEST_F(KitTest, AFieldAboveAlsoGetsWhatTheOneBelowHandsOver) {
  std::string first;
  std::string second;
  show([&](Kit& kit) {
    if (const auto out = field(kit, "first", first, {}); out.value) first = *out.value;
    kit.gap(8);
    if (const auto out = field(kit, "second", second, {}); out.value) second = *out.value;
  });
  tap("second");
  type("below");
  tap("first");
  type("above");
  key(Key::kEscape);
  EXPECT_EQ(first, "above");
  EXPECT_EQ(second, "below");
}

TEST_F(KitTest, FiguresOnlyGoIntoAFieldOfFigures) {
  std::string kept;
  FieldLook look;
  look.filter = Filter::kDecimal;
  show([&](Kit& kit) {
    if (const auto out = field(kit, "n", kept, look); out.value) kept = *out.value;
    keypad(kit, "n", {.filter = Filter::kDecimal, .done = "Done"});
  });
  EXPECT_EQ(tree().find("n.key.7"), nullptr);
  tap("n");
  type("1");
  type("a");
  EXPECT_FALSE(refused_letter(host_->kit(), "n").empty());
  type("1e9");
  EXPECT_EQ(tree().find("n")->text, "1") << "1e9 is not 19";
  type(",");
  tap("n.key.5");
  tap("n.key..");
  tap("n.key.back");
  tap("n.key.2");
  tap("n.key.done");
  EXPECT_EQ(kept, "1.2");
  EXPECT_EQ(tree().find("n.key.7"), nullptr);
}

TEST_F(KitTest, AFractionIsShownAndTypedWithTheMarkOfItsLanguageAndKeptWithAPoint) {
  std::string kept = "17.5";
  const FieldLook look{.filter = Filter::kDecimal, .decimal_mark = ','};
  show([&](Kit& kit) {
    if (const auto out = field(kit, "n", kept, look); out.value) kept = *out.value;
    keypad(kit, "n", {.filter = Filter::kDecimal, .decimal_mark = ',', .done = "Done"});
  });
  EXPECT_EQ(tree().find("n")->text, "17,5");
  tap("n");
  EXPECT_EQ(tree().find("n.key..")->text, ",");
  key(Key::kSelectAll);
  tap("n.key.4");
  tap("n.key..");
  tap("n.key.2");
  EXPECT_EQ(tree().find("n")->text, "4,2");
  tap("n.key.done");
  EXPECT_EQ(kept, "4.2");
}

TEST_F(KitTest, AButtonThatRepeatsGoesOnWhileItIsHeldAndIsNoTapWhenItIsLetGo) {
  int taps = 0;
  show([&](Kit& kit) {
    ButtonLook look;
    look.repeats = true;
    if (button(kit, "more", "More", look)) ++taps;
  });
  tap("more");
  EXPECT_EQ(taps, 1);
  const Point at = tree().find("more")->visible.centre();
  give(InputEvent::Kind::kPress, at);
  for (int turn = 0; turn < 10; ++turn) rest(100);
  EXPECT_EQ(taps, 1 + 6) << "from 500 ms to a second";
  give(InputEvent::Kind::kRelease, at);
  rest(100);
  EXPECT_EQ(taps, 1 + 6);
  tap("more");
  EXPECT_EQ(taps, 1 + 7);
}

TEST_F(KitTest, AKeypadComesIntoSightWithItsField) {
  std::string kept;
  show([&](Kit& kit) {
    kit.begin_scroll("page", kit.screen());
    kit.gap(500);
    if (const auto out = field(kit, "n", kept, {.filter = Filter::kInteger}); out.value) {
      kept = *out.value;
    }
    keypad(kit, "n", {.filter = Filter::kInteger, .done = "Done"});
    kit.gap(700);
    kit.end_scroll();
  });
  tap("n");
  rest();
  rest();
  const Item* const done = tree().find("n.key.done");
  ASSERT_NE(done, nullptr);
  EXPECT_FLOAT_EQ(done->visible.height, done->rect.height);
  EXPECT_FLOAT_EQ(tree().find("n")->visible.height, tree().find("n")->rect.height);
}

TEST_F(KitTest, APassphraseIsShownAsDotsAndKeptAsBytes) {
  SecretText secret;
  bool entered = false;
  show([&](Kit& kit) {
    entered = secret_field(kit, "p", secret, {.name = "Passphrase"}) || entered;
  });
  tap("p");
  type("ключ");
  type("x");
  key(Key::kBackspace);
  EXPECT_EQ(secret.copy().text(), "ключ");
  EXPECT_EQ(tree().find("p")->text, "Passphrase");
  key(Key::kSelectAll);
  type("новый");
  EXPECT_EQ(secret.copy().text(), "новый") << "in place of what was marked";
  key(Key::kEnter);
  EXPECT_TRUE(entered);
}

TEST_F(KitTest, TheKeyboardReachesAndTapsEverything) {
  int taps = 0;
  show([&](Kit& kit) {
    static_cast<void>(button(kit, "a", "A"));
    if (button(kit, "b", "B")) ++taps;
  });
  key(Key::kTab);
  EXPECT_TRUE(tree().find("a")->focused);
  key(Key::kTab);
  key(Key::kEnter);
  EXPECT_EQ(taps, 1);
}

TEST_F(KitTest, WhatOpensAboveDoesNotMoveWhatIsUnderTheFinger) {
  bool open = false;
  show([&](Kit& kit) {
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
  });
  InputEvent wheel;
  wheel.kind = InputEvent::Kind::kWheel;
  wheel.wheel = -5;
  wheel.at = {100, 100};
  feed(wheel);
  const float before = tree().find("b12")->rect.y;
  tap("b12");
  ASSERT_TRUE(open);
  EXPECT_NEAR(tree().find("b12")->rect.y, before, 1);
}

TEST_F(KitTest, WordsThatDoNotFitAreReported) {
  show([&](Kit& kit) {
    line_at(kit, "short", {0, 0, 400, 30}, "Fits", Style::kBody);
    line_at(kit, "long", {0, 40, 60, 30}, "Does not fit in so little room", Style::kBody);
  });
  EXPECT_EQ(tree().clipped(), "long \"Does not fit in so little room\"\n");
}

TEST_F(KitTest, NothingHappeningSleepsForEver) {
  show([&](Kit& kit) { static_cast<void>(button(kit, "a", "A")); });
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
