// SPDX-License-Identifier: Apache-2.0
#include "app/ui/keyboard.h"

#include <set>

#include <SDL2/SDL.h>

#include "app/ui/controls.h"
#include "app/ui/fields.h"
#include "app/ui/keyboard_layouts.h"
#include "tests/app/ui/kit_fixture.h"

namespace vigil::ui {
namespace {

class PassphraseKeyboard : public KitTest {
 protected:
  PassphraseKeyboard() : KitTest(1280, 800) {}
};

TEST_F(PassphraseKeyboard, FiguresAreInSightInEveryAlphabet) {
  SecretText secret;
  KeyboardState& state = host_->kit().keyboard();
  state.mode = KeyboardMode::kAlways;
  show([&](Kit& kit) {
    static_cast<void>(secret_field(kit, "p", secret, {.name = "Passphrase"}));
    draw_keyboard(kit, {"Shift", "Erase", "Enter", "Space", "Away", "Layout"});
  });
  tap("p");
  for (const KeyboardLayout& layout : keyboard_layouts()) {
    state.layout = layout.id;
    rest();
    rest();
    ASSERT_NE(tree().find("keyboard.7"), nullptr) << layout.id;
    EXPECT_FALSE(tree().find("keyboard.7")->clipped) << layout.id;
  }
  state.layout = "ru";
  rest();
  tap("keyboard.7");
  tap("keyboard.ё");
  rest();
  EXPECT_EQ(secret.copy().text(), "7ё");
}

class KeyboardTest : public KitTest {
 protected:
  explicit KeyboardTest(int width = 1280, int height = 800) : KitTest(width, height) {
    host_->kit().keyboard().mode = KeyboardMode::kAlways;
    offer_layouts(host_->kit().keyboard(), "ru", "ky");
  }

  [[nodiscard]] Frame frame() {
    return [this](Kit& kit) {
      kit.begin_scroll("page", kit.screen());
      kit.gap(500);
      FieldLook look;
      look.language = language_;
      look.multiline = true;
      if (const auto out = field(kit, "f", kept_, look); out.value) kept_ = *out.value;
      kit.gap(800);
      kit.end_scroll();
      draw_keyboard(kit, {"Shift", "Erase", "Enter", "Space", "Away", "Layout"});
      return false;
    };
  }
  void tap_all(std::initializer_list<const char*> names) {
    for (const char* name : names) tap(std::string("keyboard.") + name);
  }
  [[nodiscard]] std::string typed() { return host_->kit().editing().text(); }

  std::string kept_;
  std::string language_ = "ky";
};

TEST_F(KeyboardTest, ComesUpForAFieldAndLeavesItInSight) {
  show(frame());
  EXPECT_EQ(tree().find("keyboard"), nullptr);
  tap("f");
  ASSERT_NE(tree().find("keyboard"), nullptr);
  const Item& field = *tree().find("f");
  EXPECT_EQ(field.visible.height, field.rect.height);
  EXPECT_LE(field.rect.bottom(), tree().find("keyboard")->rect.y);
  tap("keyboard.put-away");
  EXPECT_EQ(tree().find("keyboard"), nullptr);
}

TEST_F(KeyboardTest, WhatIsWrittenStaysInSightHoweverLongItGrows) {
  show(frame());
  tap("f");
  for (int line = 0; line < 60; ++line) type("line\n");
  const float page_end = tree().find("keyboard")->rect.y;
  EXPECT_GT(tree().find("f")->rect.height, page_end) << "longer than the page";
  EXPECT_LE(tree().find("f")->rect.bottom() - Space::kMedium, page_end);
  for (int line = 0; line < 60; ++line) key(Key::kUp);
  EXPECT_GE(tree().find("f")->rect.y + Space::kMedium, 0);
}

TEST_F(KeyboardTest, TypesLettersOfTheQuestionsLanguageInOneTap) {
  show(frame());
  tap("f");
  tap_all({"shift", "ө", "й", "space", "ң", "ү", "-", "."});
  EXPECT_EQ(typed(), "Өй ңү-.");
  tap_all({"erase", "erase"});
  EXPECT_EQ(typed(), "Өй ңү");
  tap_all({"enter", "symbols", "№", "5", "layout.uz", "oʻ", "shift", "shift", "gʻ", "a"});
  EXPECT_EQ(typed(), "Өй ңү\n№5oʻGʻA");
}

TEST_F(KeyboardTest, FollowsTheLanguageOfTheField) {
  show(frame());
  tap("f");
  EXPECT_NE(tree().find("keyboard.ң"), nullptr);
  language_ = "tk";
  rest();
  EXPECT_NE(tree().find("keyboard.ň"), nullptr);
  EXPECT_EQ(tree().find("keyboard.ң"), nullptr);
  // What the person chose stays until the field's language changes.
  tap_all({"layout"});
  EXPECT_NE(tree().find("keyboard.ң"), nullptr);
  rest();
  EXPECT_NE(tree().find("keyboard.ң"), nullptr);
}

TEST_F(KeyboardTest, EraseRepeatsWhileItIsHeld) {
  kept_ = "abcdefgh";
  show(frame());
  tap("f");
  const std::size_t before = typed().size();
  key(Key::kEnd);
  const Point at = tree().find("keyboard.erase")->rect.centre();
  give(InputEvent::Kind::kPress, at);
  EXPECT_EQ(typed().size(), before - 1);
  rest(450);
  rest(60);
  EXPECT_EQ(typed().size(), before - 3);
  give(InputEvent::Kind::kRelease, at);
  rest(500);
  EXPECT_EQ(typed().size(), before - 3);
}

TEST_F(KeyboardTest, TheSecondThumbTypesBeforeTheFirstIsLifted) {
  show(frame());
  tap("f");
  const auto finger = [&](std::uint32_t kind, const char* name) {
    const Point at = tree().find(std::string("keyboard.") + name)->rect.centre();
    SDL_Event event = {};
    event.type = kind;
    event.tfinger.x = at.x / 1280;
    event.tfinger.y = at.y / 800;
    SDL_PushEvent(&event);
    host_->take_pending(frame());
  };
  finger(SDL_FINGERDOWN, "а");
  give(InputEvent::Kind::kPress, tree().find("keyboard.а")->rect.centre());  // its mouse
  finger(SDL_FINGERDOWN, "л");
  finger(SDL_FINGERUP, "а");
  give(InputEvent::Kind::kRelease, tree().find("keyboard.а")->rect.centre());
  finger(SDL_FINGERUP, "л");
  EXPECT_EQ(typed(), "ал");
}

TEST_F(KeyboardTest, RealKeysSendItAwayWhereItComesByItself) {
  host_->kit().keyboard().mode = KeyboardMode::kAuto;
  show(frame());
  tap("f");
  ASSERT_NE(tree().find("keyboard"), nullptr);
  type("a");
  EXPECT_EQ(tree().find("keyboard"), nullptr);
  tap("f");  // touched again: wanted after all
  EXPECT_NE(tree().find("keyboard"), nullptr);
}

TEST_F(KeyboardTest, TypesThePassphraseToo) {
  SecretText secret;
  show([&](Kit& kit) {
    static_cast<void>(secret_field(kit, "p", secret, {.name = "Passphrase"}));
    draw_keyboard(kit, {"Shift", "Erase", "Enter", "Space", "Away", "Layout"});
  });
  tap("p");
  tap("keyboard.layout");
  for (const char* name : {"к", "а", "erase"}) tap(std::string("keyboard.") + name);
  EXPECT_EQ(secret.copy().text(), "к");
}

TEST_F(KeyboardTest, EveryLayoutHasTheLettersOfItsLanguage) {
  const std::vector<std::pair<const char*, const char*>> letters = {{"ky", "ңөү"},
                                                                    {"kk", "әғқңөұүһі"},
                                                                    {"tg", "ғӣқӯҳҷ"},
                                                                    {"uz-Cyrl", "ўқғҳ"},
                                                                    {"tk", "äçňöşüýž"}};
  for (const auto& [id, wanted] : letters) {
    const KeyboardLayout& layout = keyboard_layout(id);
    std::string keys = std::string(layout.extra.small) + " ";
    for (const KeyRow& row : layout.rows) keys += std::string(row.small) + " ";
    for (std::string_view rest = wanted; !rest.empty(); rest.remove_prefix(2)) {
      EXPECT_NE(keys.find(std::string(rest.substr(0, 2)) + " "), std::string::npos)
          << id << " " << rest.substr(0, 2);
    }
  }
  EXPECT_EQ(keyboard_layout("uz").extra.small, "oʻ gʻ ʼ sh ch");
  EXPECT_EQ(keyboard_layout("zz").id, "en");
}

TEST_F(KeyboardTest, SmallAndLargeRowsHaveAsManyKeys) {
  const auto count = [](std::string_view row) { return std::ranges::count(row, ' '); };
  for (const KeyboardLayout& layout : keyboard_layouts()) {
    EXPECT_EQ(count(layout.extra.small), count(layout.extra.large)) << layout.id;
    for (const KeyRow& row : layout.rows) EXPECT_EQ(count(row.small), count(row.large));
  }
}

struct Screen {
  int width;
  int height;
  float scale;
};
class KeyboardSize : public KeyboardTest, public testing::WithParamInterface<Screen> {
 protected:
  KeyboardSize() : KeyboardTest(GetParam().width, GetParam().height) {
    EXPECT_TRUE(host_->set_scale(GetParam().scale));
  }
};

TEST_P(KeyboardSize, KeysAreAFingerWideAndNothingOverlaps) {
  show(frame());
  tap("f");
  for (const KeyboardLayout& layout : keyboard_layouts()) {
    host_->kit().keyboard().layout = layout.id;
    for (const bool symbols : {false, true}) {
      host_->kit().keyboard().symbols = symbols;
      rest();
      std::set<std::string> keys;
      for (const Item& item : tree().items) {
        if (item.role != Role::kKey) continue;
        EXPECT_TRUE(keys.insert(item.key).second) << item.key;
        EXPECT_FALSE(item.clipped) << item.key << " " << item.text;
        EXPECT_GE(item.visible.width, 54) << layout.id << " " << item.key;
        EXPECT_GE(item.visible.height, 54) << layout.id << " " << item.key;
        EXPECT_GE(item.rect.x, 0);
        EXPECT_LE(item.rect.right(), GetParam().width) << item.key;
      }
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Screens, KeyboardSize,
                         testing::Values(Screen{1280, 800, 1}, Screen{1280, 800, 2},
                                         Screen{1920, 1200, 1.25F}, Screen{800, 1280, 1.5F}));

}  // namespace
}  // namespace vigil::ui
