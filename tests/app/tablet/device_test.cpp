// SPDX-License-Identifier: Apache-2.0
//
// The screens about the tablet itself: sending, sticks, settings, enrolment, hiding.
#include <filesystem>

#include <SDL2/SDL.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/office/setup.h"
#include "app/visit/hub.h"
#include "core/trust/enrolment.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"
#include "tests/app/tablet/scene.h"
#include "tests/sync/support/hub_process.h"

namespace vigil::tablet {
namespace {

using DeviceTest = Scene;

// Of tests/vectors/hub/tls.key.pem.
constexpr const char* kPin = "sha256//sgsudz6k7OjKuIwmk3iLPuVci4x11pTFtQ1J8To2UEI=";

TEST_F(DeviceTest, SealedVisitsGoToTheHubAndAreErasedOnItsReceipt) {
  const std::string hub_folder = world_.folder().file("hub");
  {
    const auto office = world_.open_office();
    std::filesystem::create_directory(hub_folder);
    const Status ready = office::prepare_hub(*office, world_.files(), hub_folder);
    ASSERT_TRUE(ready) << ready.error().message;
  }
  test::HubProcess hub(hub_folder);
  unlock();
  start_visit();
  const std::string code = seal();
  EXPECT_EQ(robot_->text("sealed." + code + ".state"), "Ждёт сети");

  // Nobody answers at a wrong address: said plainly, nothing lost.
  robot_->tap("visits.outbox");
  type_into("outbox.hub", "http://127.0.0.1:9");
  robot_->tap("outbox.send");
  settle();
  EXPECT_NE(robot_->text("outbox.outcome"), "(absent)") << robot_->tree().print();
  EXPECT_EQ(robot_->text("outbox." + code + ".state"), "Ждёт сети");
  EXPECT_TRUE(robot_->tree().find("outbox.outcome")->error);

  robot_->tap("outbox.hub");
  robot_->press_key(SDLK_END);
  for (int letter = 0; letter < 20; ++letter) robot_->press_key(SDLK_BACKSPACE);
  robot_->type(hub.url());
  robot_->rest(1000);
  robot_->tap("outbox.send");
  settle();
  EXPECT_EQ(robot_->text("outbox." + code + ".state"), "Принято офисом · стёрто здесь")
      << robot_->tree().print();
  EXPECT_FALSE(robot_->tree().find("outbox.outcome")->error);
  robot_->tap("top.back");
  EXPECT_EQ(robot_->text("sealed." + code + ".state"), "Принято офисом · стёрто здесь");
}

TEST_F(DeviceTest, APinnedHubIsTrustedByItsKeyAlone) {
  const std::string vectors = std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/hub/";
  const std::string hub_folder = world_.folder().file("hub");
  {
    const auto office = world_.open_office();
    std::filesystem::create_directory(hub_folder);
    ASSERT_TRUE(office::prepare_hub(*office, world_.files(), hub_folder));
  }
  test::HubProcess hub(hub_folder, {"--tls-cert", vectors + "tls-expired-2000.cert.pem",
                                    "--tls-key", vectors + "tls.key.pem"});
  unlock();
  start_visit();
  const std::string code = seal();
  robot_->tap("visits.outbox");
  type_into("outbox.hub", hub.url());
  robot_->tap("outbox.send");
  settle();
  EXPECT_TRUE(robot_->tree().find("outbox.outcome")->error) << "nobody vouches for this key";
  robot_->tap("top.back");
  robot_->tap("visits.settings");
  type_into("settings.hub-pin", kPin);
  robot_->tap("top.back");
  robot_->tap("visits.outbox");
  robot_->tap("outbox.send");
  settle();
  EXPECT_EQ(robot_->text("outbox." + code + ".state"), "Принято офисом · стёрто здесь")
      << robot_->tree().print();
}

TEST_F(DeviceTest, TheKitsHubIsUsedAndAnotherOneIsNeverUsedUnsaid) {
  const std::string vectors = std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/hub/";
  const std::string hub_folder = world_.folder().file("hub");
  std::filesystem::create_directory(hub_folder);
  const auto office = world_.open_office();
  ASSERT_TRUE(office::prepare_hub(*office, world_.files(), hub_folder));
  test::HubProcess hub(hub_folder, {"--tls-cert", vectors + "tls-expired-2000.cert.pem",
                                    "--tls-key", vectors + "tls.key.pem"});
  unlock();
  robot_->tap("visits.settings");
  type_into("settings.hub", "http://127.0.0.1:9");
  EXPECT_FALSE(robot_->sees("settings.hub-warning")) << "no office says otherwise yet";

  const std::string other_key = "sha256//" + std::string(43, 'A') + "=";
  ASSERT_TRUE(visit::set_office_hub(*office, trust::HubAddress{hub.url(), {other_key, kPin}}));
  const auto kit = office::make_kit(*office, world_.files());
  ASSERT_TRUE(kit);
  const std::string stick = plug_in("KINGSTON");
  ASSERT_TRUE(world_.files().write_atomically(stick + "/office.kit", *kit, false));
  robot_->tap("settings.enrol");
  robot_->tap("enrol.kit.office.kit");
  settle();
  EXPECT_NE(robot_->text("enrol.done").find(hub.url()), std::string::npos)
      << robot_->tree().print();
  robot_->tap("top.back");

  robot_->tap("visits.settings");
  EXPECT_EQ(robot_->text("settings.hub-office"), hub.url()) << "what was typed yielded to the kit";
  EXPECT_FALSE(robot_->sees("settings.hub"));
  robot_->tap("settings.hub-other");
  type_into("settings.hub", "http://127.0.0.1:9");
  EXPECT_NE(robot_->text("settings.hub-warning").find("http://127.0.0.1:9"), std::string::npos);
  robot_->tap("top.back");
  start_visit();
  const std::string code = seal();
  robot_->tap("visits.outbox");
  EXPECT_NE(robot_->text("outbox.hub-warning").find(hub.url()), std::string::npos);
  robot_->tap("outbox.hub-back");
  EXPECT_FALSE(robot_->sees("outbox.hub-warning"));
  EXPECT_NE(robot_->text("outbox.hub-office").find(hub.url()), std::string::npos);
  robot_->tap("outbox.send");
  settle();
  EXPECT_EQ(robot_->text("outbox." + code + ".state"), "Принято офисом · стёрто здесь")
      << robot_->tree().print();
}

TEST_F(DeviceTest, LockingWhileSendingStopsItAndNothingIsLost) {
  unlock();
  start_visit();
  const std::string code = seal();
  robot_->tap("visits.outbox");
  // An address that swallows what is sent to it.
  type_into("outbox.hub", "http://127.0.0.1:9");
  robot_->tap("outbox.send");
  robot_->tap("top.lock");
  EXPECT_TRUE(app_->locked());
  settle();
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text("sealed." + code + ".state"), "Ждёт сети");
}

TEST_F(DeviceTest, AStickTakesSealedVisitsAndOnlyATrueReceiptErasesThem) {
  unlock();
  start_visit();
  const std::string code = seal();
  robot_->tap("visits.outbox");
  EXPECT_TRUE(robot_->sees("outbox.no-stick"));
  const std::string stick = plug_in("KINGSTON");
  robot_->tap("outbox.look");
  robot_->tap("outbox.stick.KINGSTON.out");
  EXPECT_FALSE(robot_->tree().find("outbox.outcome")->error) << robot_->tree().print();
  std::vector<std::string> names = *world_.files().list(stick);
  ASSERT_EQ(names.size(), 1U);
  ASSERT_TRUE(names.front().ends_with(".vigil")) << names.front();

  robot_->tap("outbox.stick.KINGSTON.in");
  EXPECT_FALSE(robot_->tree().find("outbox.outcome")->error) << "no receipt is no mistake";
  EXPECT_TRUE(std::get<OutboxModel>(app_->model().screen).outcome_is_nothing) << "nor a success";
  std::string receipt = names.front();
  receipt.replace(receipt.rfind('.'), std::string::npos, ".receipt");
  ASSERT_TRUE(world_.files().write_atomically(stick + "/" + receipt, as_bytes("forged"), false));
  robot_->tap("outbox.stick.KINGSTON.in");
  EXPECT_TRUE(robot_->tree().find("outbox.outcome")->error);
  EXPECT_EQ(robot_->text("outbox." + code + ".state"), "Ждёт сети");
}

TEST_F(DeviceTest, AStickThatWasTakenAwayIsMissedAndNotMadeUp) {
  unlock();
  start_visit();
  seal();
  robot_->tap("visits.outbox");
  const std::string stick = plug_in("KINGSTON");
  robot_->rest();
  robot_->tap("outbox.look");
  ASSERT_TRUE(robot_->sees("outbox.stick.KINGSTON.out")) << robot_->tree().print();
  std::filesystem::remove_all(stick);
  // Pressed in the moment before the screen sees that it is gone.
  app_->apply(command::CarryOut{stick}, robot_->host().kit());
  robot_->rest();
  ASSERT_TRUE(robot_->sees("outbox.outcome")) << robot_->tree().print();
  EXPECT_TRUE(robot_->tree().find("outbox.outcome")->error) << robot_->tree().print();
  EXPECT_EQ(robot_->text("outbox.outcome"), "Флешки больше нет. Вставьте её снова.");
  EXPECT_GT(robot_->tree().find("outbox.outcome")->visible.height, 0) << "where one looks";
  EXPECT_FALSE(robot_->sees("outbox.stick.KINGSTON.out")) << "it is gone";
  EXPECT_FALSE(std::filesystem::exists(stick));
}

TEST_F(DeviceTest, SettingsAreKeptAcrossLockAndObeyed) {
  unlock();
  robot_->tap("visits.settings");
  robot_->tap("settings.lock.30");
  robot_->tap("settings.theme.dark");
  robot_->tap("settings.scale.125");
  robot_->tap("settings.country.KG");
  robot_->tap("settings.keyboard.always");
  robot_->rest(31'000);
  EXPECT_TRUE(app_->locked());
  start_again();
  EXPECT_FALSE(app_->dark());
  unlock();
  EXPECT_TRUE(app_->dark());
  EXPECT_EQ(app_->scale_percent(), 125);
  robot_->tap("visits.settings");
  EXPECT_TRUE(robot_->tree().find("settings.lock.30")->chosen);
  EXPECT_TRUE(robot_->tree().find("settings.country.KG")->chosen);
  EXPECT_TRUE(robot_->tree().find("settings.keyboard.always")->chosen);
  EXPECT_EQ(robot_->text("settings.label"), "tablet-1");
  EXPECT_FALSE(robot_->sees("settings.panic")) << "the office's policy does not allow it";
}

TEST_F(DeviceTest, LanguagesAreKeptInterfaceAndFormApart) {
  unlock();
  start_visit();
  robot_->tap("top.language");
  robot_->tap("menu.language.ky");
  robot_->tap("menu.form-language.Қазақша (kk)");
  start_again();
  EXPECT_EQ(robot_->text("unlock.open"), "Открыть") << "what a locked tablet shows is not kept";
  unlock();
  robot_->tap("top.language");
  EXPECT_TRUE(robot_->tree().find("menu.language.ky")->chosen) << robot_->tree().print();
  EXPECT_TRUE(robot_->tree().find("menu.form-language.Қазақша (kk)")->chosen);
}

TEST_F(DeviceTest, TheHubsAddressAndPinAreKeptAndAMistypedPinIsSaid) {
  unlock();
  robot_->tap("visits.settings");
  type_into("settings.hub", "https://127.0.0.1:9");
  type_into("settings.hub-pin", "sha256//short=");
  EXPECT_TRUE(robot_->sees("settings.hub-pin-error")) << robot_->tree().print();
  robot_->tap("settings.hub-pin");
  for (int letter = 0; letter < 14; ++letter) robot_->press_key(SDLK_BACKSPACE);
  const std::string pin = "sha256//" + std::string(43, 'A') + "=";
  robot_->type(pin);
  robot_->rest(1000);
  EXPECT_FALSE(robot_->sees("settings.hub-pin-error")) << robot_->tree().print();
  start_again();
  unlock();
  robot_->tap("visits.settings");
  EXPECT_EQ(robot_->text("settings.hub"), "https://127.0.0.1:9");
  EXPECT_EQ(robot_->text("settings.hub-pin"), pin);
}

TEST_F(DeviceTest, ThePassphraseIsChangedByWhoeverKnowsIt) {
  unlock();
  robot_->tap("visits.settings");
  const auto change = [&](std::string_view now, std::string_view fresh, std::string_view again) {
    type_into("settings.old", now);
    type_into("settings.new", fresh);
    type_into("settings.again", again);
    robot_->tap("settings.passphrase-change");
    settle();
  };
  robot_->tap("settings.passphrase");
  change(test::kPassphrase, "a new one", "another one");
  EXPECT_TRUE(robot_->sees("settings.differ")) << "said at once, and nothing to press";
  EXPECT_TRUE(robot_->tree().find("settings.passphrase-change")->disabled);
  robot_->tap("settings.passphrase-leave");
  robot_->tap("settings.passphrase");
  change("not this", "a new one", "a new one");
  EXPECT_TRUE(robot_->sees("settings.passphrase-error"));
  change(test::kPassphrase, "a new one", "a new one");
  EXPECT_TRUE(robot_->sees("settings.passphrase-done")) << robot_->tree().print();
  robot_->tap("top.lock");
  robot_->tap("hidden");
  unlock();
  EXPECT_TRUE(app_->locked());
  unlock("a new one");
  EXPECT_FALSE(app_->locked());
}

TEST_F(DeviceTest, ANewPassphraseWaitsForEightLettersAndEnterMakesTheVault) {
  options_.folder = world_.folder().file("fresh");
  start_again();
  robot_->tap("unlock.enrol");
  EXPECT_TRUE(robot_->sees("enrol.least")) << "said before anything is typed";
  type_into("enrol.new", "sevenne");
  type_into("enrol.again", "sevenne");
  EXPECT_TRUE(robot_->tree().find("enrol.make-vault")->disabled) << "seven letters";
  robot_->press_key(SDLK_RETURN);
  EXPECT_TRUE(robot_->sees("enrol.make-vault"));
  type_into("enrol.new", "w");
  robot_->press_key(SDLK_RETURN);
  EXPECT_TRUE(robot_->tree().find("enrol.again")->focused) << "Enter goes on";
  robot_->type("w");
  robot_->press_key(SDLK_RETURN);
  settle();
  EXPECT_TRUE(robot_->sees("enrol.qr")) << robot_->tree().print();
}

TEST_F(DeviceTest, APassphraseIsSeenOnlyWhileItIsTyped) {
  options_.folder = world_.folder().file("fresh");
  start_again();
  robot_->tap("unlock.enrol");
  type_into("enrol.new", "seven new");
  const std::string show = robot_->text("enrol.new.show");
  const auto ink = [&] {
    robot_->host().show([&](ui::Kit& kit) { return app_->frame(kit); });
    const auto picture = robot_->host().window().picture();
    const ui::Rect field = robot_->tree().find("enrol.new")->rect;
    std::vector<std::uint8_t> pixels;
    for (int y = static_cast<int>(field.y) + 4; y < static_cast<int>(field.bottom()) - 4; ++y) {
      for (int x = static_cast<int>(field.x) + 4; x < static_cast<int>(field.right()) - 4; ++x) {
        pixels.push_back(picture->rgba[static_cast<std::size_t>((y * picture->width + x) * 4)]);
      }
    }
    return pixels;
  };
  robot_->tap("enrol.again");
  const auto dots = ink();
  robot_->tap("enrol.new.show");
  robot_->rest(100);
  EXPECT_NE(robot_->text("enrol.new.show"), show);
  EXPECT_TRUE(robot_->tree().find("enrol.new")->focused);
  EXPECT_NE(ink(), dots);
  EXPECT_EQ(robot_->tree().print().find("seven new"), std::string::npos);
  robot_->tap("enrol.new.show");
  robot_->rest(100);
  EXPECT_EQ(robot_->text("enrol.new.show"), show) << "once more hides them";
  robot_->tap("enrol.new.show");
  robot_->rest(100);
  EXPECT_NE(robot_->text("enrol.new.show"), show);
  robot_->tap("enrol.again");
  robot_->rest(100);
  EXPECT_EQ(robot_->text("enrol.new.show"), show) << "hidden again";
  EXPECT_EQ(ink(), dots);
}

TEST_F(DeviceTest, TheNeutralScreenWakesByAnyKey) {
  unlock();
  robot_->press_key(SDLK_F12);
  ASSERT_TRUE(robot_->sees("hidden"));
  robot_->press_key(SDLK_DOWN);
  EXPECT_TRUE(robot_->sees("unlock.open")) << robot_->tree().print();
  unlock();
  robot_->press_key(SDLK_F12);
  robot_->type("x");
  EXPECT_TRUE(robot_->tree().find("unlock.open")->disabled) << "what wakes is not typed";
}

TEST_F(DeviceTest, EscapeClosesWhatIsOpenBeforeThePage) {
  unlock();
  start_visit();
  robot_->tap("top.back");
  robot_->tap("visit.change");
  robot_->press_key(SDLK_ESCAPE);
  EXPECT_TRUE(robot_->sees("visit.change")) << robot_->tree().print();
  robot_->press_key(SDLK_ESCAPE);
  robot_->tap("visits.settings");
  robot_->tap("settings.passphrase");
  robot_->press_key(SDLK_ESCAPE);
  EXPECT_TRUE(robot_->sees("settings.passphrase")) << robot_->tree().print();
}

TEST_F(DeviceTest, AnUntouchedChecklistIsOpenedAndDiscardingIsFarFromFinishing) {
  unlock();
  start_visit();
  robot_->tap("top.back");
  const auto& visit = std::get<VisitModel>(app_->model().screen);
  const std::string open = fmt::format("record.{}.open", visit.records.front().record);
  EXPECT_EQ(robot_->text(open), "Открыть");
  robot_->tap(open);
  robot_->tap("q./data/case/age_group.25to59");
  robot_->tap("top.back");
  EXPECT_EQ(robot_->text(open), "Продолжить");
  const ui::Rect review = robot_->tree().find("visit.review")->rect;
  EXPECT_GT(robot_->tree().find("visit.discard")->rect.y, review.bottom() + review.height);
}

TEST_F(DeviceTest, ATabletIsEnrolledFaceToFace) {
  options_.folder = world_.folder().file("fresh");
  start_again();
  EXPECT_FALSE(robot_->sees("visits.new"));
  robot_->tap("unlock.enrol");
  type_into("enrol.new", "seven new lamps");
  type_into("enrol.again", "seven new lamps");
  robot_->tap("enrol.make-vault");
  settle();
  ASSERT_TRUE(robot_->sees("enrol.qr")) << robot_->tree().print();
  const std::string stick = plug_in("KINGSTON");
  robot_->tap("enrol.look");
  EXPECT_EQ(robot_->text("enrol.stick.KINGSTON"), "Флешка KINGSTON");
  robot_->tap("enrol.save.KINGSTON");
  const auto request_text = world_.files().read(stick + "/tablet-1.request", 4096);
  ASSERT_TRUE(request_text);

  // At the office: the same words, then a kit.
  const auto request = trust::read_request(as_text(*request_text));
  ASSERT_TRUE(request);
  const auto words = trust::fingerprint_words(request->device, trust::WordLanguage::kRussian);
  EXPECT_NE(robot_->text("enrol.words.0").find(words[0]), std::string::npos);
  const auto office = world_.open_office();
  trust::EnrolmentRequest renamed = *request;
  renamed.label = "tablet-2";  // tablet-1 is there already
  const auto approved = office::approve(*office, world_.files(), renamed);
  ASSERT_TRUE(approved) << approved.error().message;
  const auto kit = office::make_kit(*office, world_.files());
  ASSERT_TRUE(kit);
  ASSERT_TRUE(world_.files().write_atomically(stick + "/broken.kit", as_bytes("no kit"), false));
  ASSERT_TRUE(world_.files().write_atomically(stick + "/office.kit", *kit, false));

  robot_->rest(1000);
  robot_->tap("enrol.look");
  robot_->tap("enrol.kit.broken.kit");
  ASSERT_TRUE(robot_->sees("enrol.kit-error"));
  EXPECT_GT(robot_->tree().find("enrol.kit-error")->visible.height, 0) << "where one looks";
  robot_->tap("enrol.kit.office.kit");
  const auto root = trust::fingerprint_words(approved->root, trust::WordLanguage::kRussian);
  EXPECT_NE(robot_->text("enrol.office-words.0").find(root[0]), std::string::npos)
      << robot_->tree().print();
  robot_->tap("enrol.differ");
  EXPECT_FALSE(robot_->sees("enrol.office")) << "nothing is trusted that differs";
  robot_->tap("enrol.kit.office.kit");
  robot_->tap("enrol.same");
  settle();
  EXPECT_TRUE(robot_->sees("enrol.done")) << robot_->tree().print();
  EXPECT_GT(robot_->tree().find("enrol.go-on")->visible.height, 0);
  robot_->tap("enrol.go-on");
  start_visit();
  EXPECT_EQ(robot_->text("top.title"), "ИВС Ленинского района");
}

TEST_F(DeviceTest, ASwipeDownOrAKeyHidesAtOnceAndKeepsWhatWasTyped) {
  unlock();
  start_visit();
  robot_->tap("q./data/case/code");
  robot_->type("К-12");
  robot_->swipe({600, 20}, {610, 500});
  EXPECT_TRUE(app_->locked());
  EXPECT_TRUE(robot_->sees("hidden"));
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text("q./data/case/code"), "К-12");
  robot_->tap("q./data/case/code");
  robot_->type("3");
  robot_->press_key(SDLK_F12);
  EXPECT_TRUE(app_->locked());
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text("q./data/case/code"), "К-123");
}

TEST_F(DeviceTest, AfterACrashTheSameQuestionIsThere) {
  unlock();
  start_visit();
  robot_->tap("section.lawyer");
  robot_->tap("q./data/lawyer/law_told/staff.yes");
  start_again();
  unlock();
  ASSERT_TRUE(robot_->sees("q./data/lawyer/law_told/staff.yes")) << robot_->tree().print();
  EXPECT_TRUE(robot_->tree().find("q./data/lawyer/law_told/staff.yes")->chosen);
}

TEST_F(DeviceTest, HidingWhileSealingLocksWhenItIsDone) {
  unlock();
  start_visit();
  robot_->tap("section.closing");
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  robot_->press_key(SDLK_F12);
  EXPECT_TRUE(robot_->sees("hidden"));
  settle();
  EXPECT_TRUE(app_->locked());
  EXPECT_TRUE(robot_->sees("hidden"));
  robot_->tap("hidden");
  unlock();
  const auto& visits = std::get<VisitsModel>(app_->model().screen);
  EXPECT_EQ(visits.sealed.size(), 1U);
  EXPECT_TRUE(visits.open.empty());
}

TEST_F(DeviceTest, APrivateInterviewBeginsWithConsentAndShowsNoPlace) {
  unlock();
  robot_->tap("visits.new");
  robot_->tap("new.places.СИЗО-1");
  EXPECT_EQ(robot_->text("new.place"), "СИЗО-1");
  robot_->tap("new.kind.special");
  robot_->tap("new.team.4");
  robot_->tap("new.task.interviews");
  robot_->tap("new.form.police-custody");
  robot_->tap("new.start");
  robot_->tap("top.back");
  EXPECT_NE(robot_->text("top.about").find("4"), std::string::npos) << robot_->text("top.about");
  robot_->tap("visit.interview.interview");
  EXPECT_EQ(robot_->text("top.title").find("СИЗО"), std::string::npos);
  EXPECT_TRUE(robot_->sees("section.consent")) << robot_->tree().print();
  EXPECT_FALSE(robot_->sees("section.talk"));
  robot_->tap("q./data/consent/agrees.yes");
  robot_->tap("q./data/consent/agrees_notes.yes");
  EXPECT_TRUE(robot_->sees("section.talk"));
  robot_->tap("top.back");
  EXPECT_TRUE(robot_->sees("visit.interviews-title")) << robot_->tree().print();
  robot_->tap("visit.review");
  EXPECT_TRUE(robot_->sees("one-person.title")) << robot_->tree().print();
}

}  // namespace
}  // namespace vigil::tablet
