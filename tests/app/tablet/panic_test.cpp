// SPDX-License-Identifier: Apache-2.0
//
// Erasing everything at once: there where the office's signed policy says so, and only there.
#include <filesystem>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/office/policy.h"
#include "app/office/setup.h"
#include "app/visit/roster_store.h"
#include "core/vault/slots.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

class PanicTest : public Scene {
 protected:
  // The office turns it on, and the tablet takes the kit that says so.
  void allow() {
    const auto office = world_.open_office();
    office::PolicyChange change;
    change.panic_allowed = true;
    ASSERT_TRUE(office::change_policy(*office, world_.files(), change));
    const auto archive = office::make_kit(*office, world_.files());
    ASSERT_TRUE(archive);
    const auto root = visit::pinned_root(*office);
    ASSERT_TRUE(root);
    const auto kit = trust::read_kit(*archive, *root);
    ASSERT_TRUE(kit);
    const auto tablet = vault::open_vault(host(), world_.tablet(), passphrase());
    ASSERT_TRUE(tablet);
    const auto accepted = visit::accept_kit(**tablet, *archive, *kit);
    ASSERT_TRUE(accepted) << accepted.error().message;
  }
  void chord(int presses) {
    for (int press = 0; press < presses; ++press) {
      SDL_Event event = {};
      event.type = SDL_KEYDOWN;
      event.key.keysym.sym = SDLK_F12;
      event.key.keysym.mod = KMOD_CTRL | KMOD_SHIFT;
      SDL_PushEvent(&event);
      robot_->rest(200);
    }
  }
  [[nodiscard]] vault::Host host() { return {world_.files(), world_.clock()}; }
  static crypto::SecretBytes passphrase() {
    return crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase));
  }
  [[nodiscard]] bool opens() {
    return vault::open_vault(host(), world_.tablet(), passphrase()).has_value();
  }
};

TEST_F(PanicTest, WhereTheOfficeDoesNotAllowItNothingOffersOrDoesIt) {
  unlock();
  robot_->tap("visits.settings");
  EXPECT_FALSE(robot_->sees("settings.panic"));
  chord(6);
  EXPECT_FALSE(app_->locked());
  app_->apply(command::Panic{}, robot_->host().kit());
  robot_->rest();
  EXPECT_FALSE(app_->locked()) << "not even where the command comes from elsewhere";
  robot_->tap("top.lock");
  chord(6);
  EXPECT_TRUE(opens());
}

TEST_F(PanicTest, TheControlHeldLongEnoughErasesAll) {
  allow();
  unlock();
  start_visit();
  robot_->tap("top.back");
  robot_->tap("top.back");
  robot_->tap("visits.settings");
  ASSERT_TRUE(robot_->sees("settings.panic")) << robot_->tree().print();
  robot_->tap("settings.panic");
  EXPECT_FALSE(app_->locked()) << "a tap erases nothing";
  robot_->hold("settings.panic", ui::kHold_ms + 100);
  EXPECT_TRUE(app_->locked());
  EXPECT_TRUE(robot_->sees("hidden"));
  EXPECT_FALSE(opens());
  EXPECT_FALSE(vault::vault_exists(host(), world_.tablet()));
  robot_->tap("hidden");
  EXPECT_TRUE(robot_->sees("unlock.enrol")) << robot_->tree().print();
}

TEST_F(PanicTest, TheChordErasesInTheMiddleOfAChecklist) {
  allow();
  unlock();
  start_visit();
  type_into("q./data/case/code", "К-12");
  chord(2);
  robot_->rest(5000);
  chord(2);
  EXPECT_FALSE(app_->locked()) << "three presses, one soon after the other";
  robot_->rest(5000);
  chord(3);
  EXPECT_TRUE(app_->locked());
  EXPECT_FALSE(opens());
}

TEST_F(PanicTest, TheChordErasesOnALockedTabletAsWell) {
  allow();
  unlock();
  robot_->tap("top.lock");
  ASSERT_TRUE(app_->locked());
  chord(3);
  EXPECT_FALSE(opens());
}

TEST_F(PanicTest, TheChordErasesWhileAVisitIsBeingSealed) {
  allow();
  unlock();
  start_visit();
  robot_->tap("section.closing");
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  chord(3);
  settle();
  EXPECT_TRUE(app_->locked());
  EXPECT_FALSE(opens());
}

}  // namespace
}  // namespace vigil::tablet
