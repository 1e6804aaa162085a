// SPDX-License-Identifier: Apache-2.0
//
// A monkey at the screen: random taps and keys on a draft visit. VIGIL_MONKEY_STEPS and
// VIGIL_MONKEY_SEED make it longer or repeat a run; the seed is printed.
#include <cstdlib>
#include <map>
#include <random>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "core/vault/answers.h"
#include "core/vault/visits.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

constexpr int kSteps = 400;

unsigned number_from(const char* name, unsigned otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

class MonkeyTest : public Scene {
 protected:
  MonkeyTest() : seed_(number_from("VIGIL_MONKEY_SEED", 1)), random_(seed_) {}

  [[nodiscard]] std::size_t below(std::size_t limit) { return random_() % limit; }

  // What would end the visit or the vault is for tests of their own.
  static bool is_final(std::string_view key) {
    return key == "seal.hold" || key == "visit.discard" || key == "settings.passphrase-change" ||
           key == "outbox.send";
  }

  void tap_something() {
    std::vector<std::string> keys;
    for (const ui::Item& item : robot_->tree().items) {
      if (item.takes_taps && !item.disabled && item.visible.height > 4 && !is_final(item.key)) {
        keys.push_back(item.key);
      }
    }
    if (!keys.empty()) touch(robot_->tree().find(keys[below(keys.size())])->visible.centre());
  }

  void touch(ui::Point at) { robot_->swipe(at, {at.x, at.y}); }

  void step() {
    constexpr int kKeys[] = {SDLK_TAB,  SDLK_RETURN, SDLK_ESCAPE, SDLK_SPACE, SDLK_BACKSPACE,
                             SDLK_LEFT, SDLK_RIGHT,  SDLK_UP,     SDLK_DOWN,  SDLK_HOME,
                             SDLK_END,  SDLK_PAGEUP, SDLK_F12};
    constexpr const char* kTexts[] = {"а", "7", "-", "К-47", "ң", "2026", "https://", "e", "'"};
    switch (below(10)) {
      case 0:
        return robot_->press_key(kKeys[below(std::size(kKeys))]);
      case 1:
        return robot_->type(kTexts[below(std::size(kTexts))]);
      case 2:
        return touch({static_cast<float>(below(1280)), static_cast<float>(below(800))});
      case 3:
        return robot_->swipe({600, static_cast<float>(100 + below(600))},
                             {600, static_cast<float>(100 + below(600))});
      case 4:
        return robot_->rest(static_cast<std::int64_t>(below(2000)));
      default:
        return tap_something();
    }
  }

  // From wherever it is to the list of visits.
  void go_home() {
    settle();
    if (robot_->sees("hidden")) robot_->tap("hidden");
    // Somebody who knows the passphrase gets in at once, whatever was typed before; but who finds
    // the menu of languages over the field has to put it away first.
    if (robot_->sees("menu")) robot_->press_key(SDLK_ESCAPE);
    if (robot_->sees("unlock.passphrase")) {
      world_.clock().pass(3'600'000);  // wrong passphrases make one wait
      robot_->tap("unlock.passphrase");
      for (int letter = 0; letter < 200; ++letter) robot_->press_key(SDLK_BACKSPACE);
      unlock();
      EXPECT_FALSE(robot_->sees("unlock.passphrase")) << "seed " << seed_ << "\n"
                                                      << robot_->tree().print();
    }
    for (int tries = 0; tries < 12 && !robot_->sees("visits.outbox"); ++tries) {
      robot_->press_key(SDLK_ESCAPE);
    }
  }

  unsigned seed_;
  std::mt19937 random_;
};

TEST_F(MonkeyTest, FindsNoWayToBreakItOrToLoseAnAnswer) {
  const unsigned steps = number_from("VIGIL_MONKEY_STEPS", kSteps);
  std::printf("seed %u, %u steps\n", seed_, steps);
  unlock();
  start_visit();
  type_into("q./data/case/code", "К-47");
  go_home();
  for (unsigned done = 0; done < steps; ++done) {
    step();
    if (done % 100 != 99) continue;
    go_home();
    ASSERT_TRUE(robot_->sees("visits.outbox"))
        << "seed " << seed_ << ", step " << done << ": no way back to the list\n"
        << robot_->tree().print();
    // What the screen shows of every answer is what the vault has.
    const auto& visits = std::get<VisitsModel>(app_->model().screen);
    ASSERT_FALSE(visits.open.empty()) << "seed " << seed_ << ", step " << done;
  }
  go_home();
  app_->lock(robot_->host().kit());
  start_again();
  go_home();
  EXPECT_FALSE(std::get<VisitsModel>(app_->model().screen).open.empty()) << "seed " << seed_;
}

}  // namespace
}  // namespace vigil::tablet
