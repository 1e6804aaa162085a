// SPDX-License-Identifier: Apache-2.0
//
// A monitor does a visit on the real vault and form engine, by touch alone.
#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/tablet/state/app.h"
#include "core/vault/outbox.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

using VisitTest = Scene;

TEST_F(VisitTest, AWrongPassphraseSaysSoAndOpensNothing) {
  unlock("wrong");
  EXPECT_TRUE(app_->locked());
  EXPECT_NE(robot_->text("unlock.error").find("ничего не открывает"), std::string::npos);
  unlock();
  EXPECT_FALSE(app_->locked());
  EXPECT_EQ(robot_->text("top.title"), "Посещения");
}

TEST_F(VisitTest, TheUnlockScreenTakesLettersAtOnceAndTheWaitIsSaid) {
  robot_->rest();
  EXPECT_TRUE(robot_->host().kit().focused() == "unlock.passphrase");
  for (int slip = 0; slip < 3; ++slip) unlock("wrong");
  EXPECT_EQ(robot_->text("unlock.wait"),
            "Слишком много неверных парольных фраз. До следующей попытки: 2 секунды.");
  EXPECT_TRUE(robot_->tree().find("unlock.open")->disabled);
  robot_->rest(1000);
  EXPECT_EQ(robot_->text("unlock.wait"),
            "Слишком много неверных парольных фраз. До следующей попытки: 1 секунда.");
  robot_->rest(1100);
  EXPECT_FALSE(robot_->sees("unlock.wait")) << robot_->tree().print();
  unlock();
  EXPECT_FALSE(app_->locked());
}

TEST_F(VisitTest, AWrongAnswerIsSealedAllTheSameAndSaidBefore) {
  unlock();
  start_visit();
  type_into("q./data/case/code", "Иванов");
  robot_->tap("section.closing");
  robot_->tap("page.review");
  EXPECT_TRUE(robot_->sees("mend.1./data/case/code.label")) << robot_->tree().print();
  EXPECT_EQ(
      robot_->text("seal.unmended"),
      "1 ответ выше всё ещё нарушает правила анкеты. Исправьте его, если можете; запечатанный "
      "как есть, он придёт в офис с отметкой.");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  settle();
  EXPECT_TRUE(robot_->sees("sealed.code")) << robot_->tree().print();
}

TEST_F(VisitTest, TheReviewOpensAtItsTopAndOneComesBackToWhereItWasLeft) {
  unlock();
  start_visit();
  robot_->tap("section.closing");
  robot_->tap("page.review");
  EXPECT_GT(robot_->tree().find("review.answered")->visible.height, 0) << robot_->tree().print();
  const ReviewModel& review = std::get<ReviewModel>(app_->model().screen);
  ASSERT_FALSE(review.missing.empty());
  const std::string ref = review.missing.back().ref;
  const std::string last = "missing.1." + ref + ".show";
  ASSERT_TRUE(robot_->sees(last)) << robot_->tree().print();
  robot_->tap(last);
  EXPECT_TRUE(robot_->sees("q." + ref + ".label")) << robot_->tree().print();
  robot_->tap("top.back");
  ASSERT_TRUE(robot_->sees(last)) << "the review again: " << robot_->tree().print();
  EXPECT_GT(robot_->tree().find(last)->visible.height, 0) << "where it was left";
  robot_->tap("top.back");
  EXPECT_TRUE(robot_->sees("visit.review")) << robot_->tree().print();
}

TEST_F(VisitTest, NextBeginsAtTheFirstQuestionAndTheRailWhereOneWas) {
  unlock();
  start_visit();
  robot_->tap("page.next");
  const auto first = [&](std::string_view key) {
    const ui::Item* const item = robot_->tree().find(key);
    return item != nullptr && item->visible.height > 0;
  };
  robot_->tap("page.next");
  EXPECT_TRUE(first("q./data/lawyer/law_told.label")) << robot_->tree().print();
  robot_->tap("q./data/lawyer/law_waiver.later");
  robot_->tap("section.case");
  robot_->tap("section.lawyer");
  EXPECT_FALSE(first("q./data/lawyer/law_told.label")) << "where it was left";
}

TEST_F(VisitTest, TheBarSaysWhatIsNotYetOnTheMedium) {
  unlock();
  start_visit();
  robot_->tap("q./data/case/code");
  robot_->type("K");
  robot_->rest(100);
  EXPECT_EQ(robot_->text("top.status"), "Сохраняется…");
  robot_->rest(1000);
  robot_->rest(100);
  EXPECT_EQ(robot_->text("top.status"), "Сохранено");
}

TEST_F(VisitTest, ALongRepeatIsReachedByNumberAndTheReviewNamesTheCell) {
  unlock();
  start_visit();
  robot_->tap("section.cells");
  for (int more = 0; more < 2; ++more) robot_->tap("add./data/cells/cell");
  EXPECT_FALSE(robot_->sees("to./data/cells/cell[1]")) << "three are found without";
  robot_->tap("add./data/cells/cell");
  robot_->tap("to./data/cells/cell[3]");
  const ui::Item* const third = robot_->tree().find("repeat./data/cells/cell[3]");
  ASSERT_NE(third, nullptr);
  EXPECT_GT(third->visible.height, 0);
  EXPECT_LT(third->rect.y, 200);
  type_into("q./data/cells/cell[3]/temperature", "99");
  robot_->tap("section.closing");
  robot_->tap("page.review");
  EXPECT_TRUE(
      robot_->text("mend.1./data/cells/cell[3]/temperature.label").starts_with("Камера 3: "))
      << robot_->tree().print();
}

TEST_F(VisitTest, AWholeVisitByTouchInRussian) {
  unlock();
  ASSERT_TRUE(robot_->sees("visits.none"));
  start_visit();
  ASSERT_EQ(robot_->text("top.title"), "ИВС Ленинского района") << robot_->tree().print();

  // A code, and one that breaks the form's rule: it stays, with the form's own words under it.
  type_into("q./data/case/code", "Иванов");
  EXPECT_EQ(robot_->text("q./data/case/code.error"),
            "Код: буквы, дефис и число, например К-47. Имён здесь не пишут.");
  EXPECT_EQ(robot_->text("jump.mend"), "Исправить 1");
  EXPECT_TRUE(robot_->sees("section.case.sign")) << "not by colour alone";
  robot_->tap("q./data/case/code");
  robot_->press_key(SDLK_ESCAPE);
  robot_->tap("q./data/case/code");
  for (int letter = 0; letter < 6; ++letter) robot_->press_key(SDLK_BACKSPACE);
  robot_->type("К-47");
  robot_->tap("q./data/case/age_group.25to59");
  EXPECT_FALSE(robot_->sees("q./data/case/code.error"));
  EXPECT_EQ(robot_->text("q./data/case/code"), "К-47");
  EXPECT_TRUE(robot_->tree().find("q./data/case/age_group.25to59")->chosen);

  // A date and a time by the keypad.
  robot_->tap("section.course");
  robot_->tap("q./data/course/t_actual.date");
  for (const char digit : std::string_view("20112026")) {
    robot_->tap(std::string("q./data/course/t_actual.date.key.") + digit);
  }
  robot_->tap("q./data/course/t_actual.time");
  for (const char digit : std::string_view("2340")) {
    robot_->tap(std::string("q./data/course/t_actual.time.key.") + digit);
  }
  robot_->tap("q./data/course/t_actual.time.key.done");
  EXPECT_EQ(robot_->text("q./data/course/t_actual.date"), "20.11.2026");
  EXPECT_EQ(robot_->text("q./data/course/t_actual.time"), "23:40");
  EXPECT_FALSE(robot_->sees("q./data/course/t_actual.error")) << robot_->tree().print();
  robot_->tap("q./data/course/judge_seen.yes");
  EXPECT_TRUE(robot_->sees("q./data/course/t_judge.date")) << "a question that became relevant";

  // Sources that disagree; a cleared answer taken back.
  robot_->tap("section.lawyer");
  robot_->tap("q./data/lawyer/law_told/staff.yes");
  robot_->tap("q./data/lawyer/law_told/detainee.no");
  EXPECT_EQ(robot_->text("jump.mismatch"), "Расхождения 1");
  EXPECT_TRUE(robot_->sees("q./data/lawyer/law_told.mismatch"));
  robot_->tap("q./data/lawyer/law_told/detainee.no");
  EXPECT_EQ(robot_->text("toast"), "Ответ снят.");
  EXPECT_FALSE(robot_->sees("q./data/lawyer/law_told.mismatch"));
  robot_->tap("toast.undo");
  EXPECT_TRUE(robot_->sees("q./data/lawyer/law_told.mismatch"));
  robot_->tap("q./data/lawyer/law_told.later");
  EXPECT_EQ(robot_->text("jump.later"), "Вернуться позже 1");

  // The other language, and back.
  robot_->tap("top.language");
  robot_->tap("menu.language.en");
  robot_->tap("menu");
  EXPECT_EQ(robot_->text("jump.later"), "Come back later 1");
  robot_->tap("top.language");
  robot_->tap("menu.language.ru");
  robot_->tap("menu");

  // Locked and opened again: everything is where it was.
  robot_->tap("top.lock");
  EXPECT_TRUE(app_->locked());
  EXPECT_EQ(robot_->tree().print(),
            "button hidden \"12:0" + robot_->text("hidden").substr(4) + "\"\n");
  robot_->tap("hidden");
  unlock();
  EXPECT_TRUE(robot_->tree().find("q./data/lawyer/law_told/staff.yes")->chosen)
      << "back at the question" << robot_->tree().print();
  robot_->tap("top.back");
  EXPECT_TRUE(robot_->sees("finding.1./data/lawyer/law_told.label")) << robot_->tree().print();
  robot_->tap("top.back");
  const auto& visits = std::get<VisitsModel>(app_->model().screen);
  ASSERT_EQ(visits.open.size(), 1U);
  const std::string code = visits.open.front().code;
  robot_->tap("visit." + code + ".open");
  EXPECT_TRUE(robot_->sees("q./data/lawyer/law_told.mismatch")) << "where it was left";
  robot_->tap("section.case");
  EXPECT_EQ(robot_->text("q./data/case/code"), "К-47");
  robot_->tap("jump.mismatch");
  EXPECT_TRUE(robot_->tree().find("q./data/lawyer/law_told/detainee.no")->chosen);

  // Sealing: held too short nothing happens, held long enough it is sealed for good.
  robot_->tap("section.closing");
  robot_->tap("page.review");
  ASSERT_TRUE(robot_->sees("seal.hold")) << robot_->tree().print();
  robot_->hold("seal.hold", 500);
  ASSERT_TRUE(robot_->sees("seal.hold"));
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  settle();
  EXPECT_EQ(robot_->text("sealed.code"), code) << robot_->tree().print();
  robot_->tap("sealed.back");
  EXPECT_EQ(robot_->text("sealed." + code + ".state"), "Ждёт сети");
  EXPECT_FALSE(robot_->sees("visit." + code + ".open"));
}

class KyrgyzTest : public Scene {
 protected:
  KyrgyzTest() : Scene("ky") {}
};

TEST_F(KyrgyzTest, AWholeVisitByTouchInKyrgyz) {
  const words::Words words = words::load_words(world_.files(), "ky");
  unlock();
  EXPECT_EQ(robot_->text("top.title"), words("Visits"));
  EXPECT_NE(robot_->text("top.title"), "Visits") << "the catalogue is absent";
  robot_->tap("visits.new");
  robot_->tap("new.place");
  robot_->type("Ош шаарынын УКЖ, бөлүм №2");
  robot_->tap("new.kind.interim");
  robot_->tap("new.form.police-custody");
  robot_->tap("new.start");
  EXPECT_EQ(robot_->text("top.title"), "Ош шаарынын УКЖ, бөлүм №2");
  type_into("q./data/case/code", "Өң-12");
  EXPECT_EQ(robot_->text("q./data/case/code"), "Өң-12");
  EXPECT_FALSE(robot_->sees("q./data/case/code.error"));
  robot_->tap("section.lawyer");
  robot_->tap("q./data/lawyer/law_told/staff.yes");
  robot_->tap("q./data/lawyer/law_told/detainee.no");
  EXPECT_TRUE(robot_->sees("q./data/lawyer/law_told.mismatch"));
  robot_->tap("top.lock");
  robot_->tap("hidden");
  unlock();
  EXPECT_TRUE(robot_->tree().find("q./data/lawyer/law_told/detainee.no")->chosen);
  EXPECT_EQ(robot_->tree().clipped(), "");
  const std::string code = seal();
  EXPECT_EQ(robot_->text("sealed." + code + ".state"), words("Waits for network"));
}

TEST_F(VisitTest, ATabletPutDownLocksItself) {
  unlock();
  EXPECT_FALSE(app_->locked());
  robot_->rest(119'000);
  EXPECT_FALSE(app_->locked());
  robot_->rest(121'000);
  EXPECT_TRUE(app_->locked());
  EXPECT_TRUE(robot_->sees("hidden"));
}

TEST_F(VisitTest, LockingWhileTypingKeepsWhatWasTyped) {
  unlock();
  start_visit();
  robot_->tap("q./data/case/code");
  robot_->type("К-12");
  robot_->tap("top.lock");
  ASSERT_TRUE(app_->locked());
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(robot_->text("q./data/case/code"), "К-12");
}

TEST_F(VisitTest, RepeatsAreAddedAndRemoved) {
  unlock();
  start_visit();
  robot_->tap("section.cells");
  const auto count = [&] {
    int cells = 0;
    for (const Block& block : std::get<ChecklistModel>(app_->model().screen).blocks) {
      if (std::holds_alternative<RepeatHeading>(block)) ++cells;
    }
    return cells;
  };
  const int before = count();
  robot_->tap("add./data/cells/cell");
  EXPECT_EQ(count(), before + 1) << robot_->tree().print();
  robot_->tap("add./data/cells/cell");
  EXPECT_EQ(count(), before + 2);
  robot_->tap("remove./data/cells/cell[1]");
  EXPECT_EQ(count(), before + 2) << "a tap takes nothing away";
  // Held on: the instance that moves up under the finger stays.
  robot_->hold("remove./data/cells/cell[1]", ui::kHold_ms + 100);
  robot_->rest(5 * ui::kHold_ms);
  EXPECT_EQ(count(), before + 1);
}

TEST_F(VisitTest, ARepeatIsAddedEmptyOrLikeTheLastAndItsFirstQuestionIsInSight) {
  unlock();
  start_visit();
  robot_->tap("section.cells");
  // The form begins with one.
  type_into("q./data/cells/cell[1]/cell_name", "12");
  robot_->tap("q./data/cells/cell[1]/daylight.no");
  robot_->tap("duplicate./data/cells/cell");
  EXPECT_LT(robot_->tree().find("repeat./data/cells/cell[2]")->rect.y, 200)
      << robot_->tree().print();
  EXPECT_EQ(robot_->text("q./data/cells/cell[2]/cell_name"), "Номер камеры") << "its own";
  EXPECT_TRUE(robot_->tree().find("q./data/cells/cell[2]/daylight.no")->chosen);
  robot_->tap("add./data/cells/cell");
  EXPECT_LT(robot_->tree().find("repeat./data/cells/cell[3]")->rect.y, 200);
  EXPECT_FALSE(robot_->tree().find("q./data/cells/cell[3]/daylight.no")->chosen);
}

TEST_F(VisitTest, AVisitWithoutPlaceOrKindIsCalledByItsCode) {
  const vault::Host host{world_.files(), world_.clock()};
  const auto passphrase = crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase));
  std::string code;
  {
    const auto vault = vault::open_vault(host, world_.tablet(), passphrase);
    ASSERT_TRUE(vault) << vault.error().message;
    const auto visit = vault::new_visit(**vault, {});
    ASSERT_TRUE(visit) << visit.error().message;
    code = visit->code;
    ASSERT_TRUE(visit::Checklist::start(**vault, world_.clock(), visit->id, "police-custody"));
  }
  unlock();
  EXPECT_EQ(robot_->text("visit." + code + ".place"), code) << robot_->tree().print();
  EXPECT_EQ(robot_->text("visit." + code + ".about"), "22.11.2026");
  robot_->tap("visit." + code + ".open");
  EXPECT_EQ(robot_->text("top.title"), code);
  robot_->tap("section.closing");
  robot_->tap("page.review");
  EXPECT_EQ(robot_->text("top.title"), code);
  EXPECT_EQ(robot_->text("top.about"), "Проверка перед запечатыванием");
  EXPECT_EQ(robot_->text("seal.reader.0"), "– Офис");
  EXPECT_EQ(robot_->text("seal.reader.1"), "– Медицинская роль (медицинские ответы)");
  EXPECT_EQ(robot_->text("seal.reader.2"), "– Резервный ключ офиса, хранится вне сети");
}

TEST_F(VisitTest, ATabletThatIsNotEnrolledSaysSoAndStartsNoVisit) {
  const vault::Host host{world_.files(), world_.clock()};
  const std::string folder = world_.folder().file("bare");
  const auto passphrase = crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase));
  ASSERT_TRUE(vault::create_vault(host, folder, passphrase, {}));
  AppOptions bare = options_;
  bare.folder = folder;
  App app(host, bare);
  test::Robot robot(world_.clock(), [&](ui::Kit& kit) { return app.frame(kit); });
  ASSERT_TRUE(app.unlock(passphrase));
  robot.rest();
  EXPECT_TRUE(robot.sees("visits.unenrolled")) << robot.tree().print();
  EXPECT_FALSE(robot.sees("visits.new"));
  EXPECT_FALSE(robot.sees("visits.what"));
}

TEST_F(VisitTest, UnfinishedDigitsStayOnTheScreenWithTheReason) {
  unlock();
  start_visit();
  robot_->tap("section.course");
  type_into("q./data/course/t_actual.date", "3102");
  robot_->press_key(SDLK_ESCAPE);
  EXPECT_EQ(robot_->text("q./data/course/t_actual.date"), "31.02");
  EXPECT_EQ(robot_->text("q./data/course/t_actual.error"), "Дата или время введены не полностью.");
  robot_->tap("q./data/course/t_actual.now");
  EXPECT_EQ(robot_->text("q./data/course/t_actual.date"), "22.11.2026");
  EXPECT_FALSE(robot_->sees("q./data/course/t_actual.error")) << robot_->tree().print();
}

constexpr const char* kWhen = "q./data/course/t_actual";

TEST_F(VisitTest, AWholeDateIsTypedAnewAndEscapeBringsItBack) {
  const std::string date = std::string(kWhen) + ".date";
  const std::string time = std::string(kWhen) + ".time";
  unlock();
  start_visit();
  robot_->tap("section.course");
  robot_->tap(std::string(kWhen) + ".now");
  robot_->tap(date);
  robot_->type("19");
  EXPECT_EQ(robot_->text(date), "19") << "begun anew";
  robot_->rest(2000);
  EXPECT_FALSE(robot_->sees(std::string(kWhen) + ".error")) << "nobody is late yet";
  robot_->press_key(SDLK_ESCAPE);
  EXPECT_EQ(robot_->text(date), "22.11.2026");
  robot_->tap(time);
  robot_->tap(time + ".key.0");
  robot_->tap(time + ".key.7");
  EXPECT_EQ(robot_->text(time), "07");
  robot_->press_key(SDLK_z, KMOD_CTRL);
  EXPECT_EQ(robot_->text(time), "12:00");
  robot_->press_key(SDLK_a, KMOD_CTRL);
  robot_->type("0940");
  robot_->tap(time + ".key.done");
  EXPECT_EQ(robot_->text(date), "22.11.2026");
  EXPECT_EQ(robot_->text(time), "09:40");
  EXPECT_FALSE(robot_->sees(std::string(kWhen) + ".error")) << robot_->tree().print();
}

TEST_F(VisitTest, AWholeDateLeadsOnToItsHourAndNothingRedStandsThereMeanwhile) {
  unlock();
  start_visit();
  robot_->tap("section.course");
  robot_->tap(std::string(kWhen) + ".date");
  robot_->type("20112026");
  EXPECT_TRUE(robot_->sees(std::string(kWhen) + ".time.key.1")) << robot_->tree().print();
  robot_->rest(2000);
  EXPECT_FALSE(robot_->sees(std::string(kWhen) + ".error"));
  robot_->type("23");
  robot_->rest(2000);
  EXPECT_FALSE(robot_->sees(std::string(kWhen) + ".error"));
  EXPECT_EQ(robot_->text(std::string(kWhen) + ".date"), "20.11.2026");
  robot_->type("40");
  EXPECT_EQ(robot_->text(std::string(kWhen) + ".time"), "23:40");
  EXPECT_FALSE(robot_->sees(std::string(kWhen) + ".error"));
}

TEST_F(VisitTest, OfAMomentOnlyThePartThatIsWrongIsMarked) {
  const std::string date = std::string(kWhen) + ".date";
  const std::string error = std::string(kWhen) + ".error";
  unlock();
  start_visit();
  robot_->tap("section.course");
  robot_->tap(std::string(kWhen) + ".now");
  robot_->tap(date);
  robot_->type("20111826");
  EXPECT_NE(robot_->text(error).find("1900"), std::string::npos) << robot_->text(error);
  EXPECT_TRUE(robot_->tree().find(date)->error);
  EXPECT_FALSE(robot_->tree().find(std::string(kWhen) + ".time")->error);
  robot_->type("31022026");
  EXPECT_EQ(robot_->text(date), "31.02.2026") << "what is wrong is typed anew";
  EXPECT_EQ(robot_->text(error).find("1900"), std::string::npos) << robot_->text(error);
  EXPECT_TRUE(robot_->sees(error));
}

}  // namespace
}  // namespace vigil::tablet
