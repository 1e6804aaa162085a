// SPDX-License-Identifier: Apache-2.0
//
// What a visit is: said when it begins, shown and changed on its page, sealed with it.
#include "app/tablet/state/visit_about.h"

#include <SDL2/SDL.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/office/import.h"
#include "core/vault/answers.h"
#include "core/vault/inbox.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

using VisitAboutTest = Scene;

vault::VaultPointer open_tablet(test::World& world) {
  auto vault = vault::open_vault(
      {world.files(), world.clock()}, world.tablet(),
      crypto::SecretBytes::copy_of(as_bytes(std::string_view(test::kPassphrase))));
  if (!vault) {
    ADD_FAILURE() << vault.error().message;
    std::abort();
  }
  return std::move(*vault);
}

TEST_F(VisitAboutTest, TeamAndTasksComeOutAtTheOfficeAsTheyWereChangedLast) {
  unlock();
  robot_->tap("visits.new");
  robot_->tap("new.places.СИЗО-1");
  robot_->tap("new.kind.special");
  robot_->tap("new.team.4");
  robot_->tap("new.task.interviews");
  robot_->tap("new.form.police-custody");
  robot_->tap("new.start");
  robot_->tap("top.back");
  EXPECT_EQ(robot_->text("visit.kind-said"), "Специальное");
  EXPECT_NE(robot_->text("visit.team-said").find("4"), std::string::npos);
  EXPECT_TRUE(robot_->sees("visit.tasks-said"));

  robot_->tap("visit.change");
  EXPECT_TRUE(robot_->tree().find("visit.team.4")->chosen) << robot_->tree().print();
  robot_->tap("visit.team.3");
  robot_->tap("visit.task.registers");
  robot_->tap("visit.kind.interim");
  robot_->tap("visit.places.ИВС Ленинского района");
  EXPECT_EQ(robot_->text("top.title"), "ИВС Ленинского района") << "kept at once";
  start_again();  // a crash takes nothing back
  unlock();
  robot_->tap("visits.search");
  robot_->type("Ленинского");
  robot_->rest(1000);
  const auto& visits = std::get<VisitsModel>(app_->model().screen);
  ASSERT_EQ(visits.open.size(), 1U);
  EXPECT_NE(visits.open.front().about.find("3"), std::string::npos) << visits.open.front().about;
  robot_->tap("visit." + visits.open.front().code + ".open");
  const std::string code = seal();
  robot_->tap("top.lock");

  const auto tablet = open_tablet(world_);
  const auto outbox = vault::outbox(*tablet);
  ASSERT_TRUE(outbox);
  ASSERT_EQ(outbox->size(), 1U);
  const std::string bundle =
      world_.tablet() + "/outbox/" + bundle::to_string(outbox->front().id) + ".vigil";
  const auto office = world_.open_office();
  const auto report = office::import_bundle(*office, world_.files(), bundle);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->outcome, office::ImportOutcome::kImported) << report->why.message;
  const auto came = vault::submissions(*office);
  ASSERT_TRUE(came);
  ASSERT_EQ(came->size(), 1U);
  EXPECT_EQ(came->front().visit_code, code);
  EXPECT_EQ(came->front().place, "ИВС Ленинского района");
  EXPECT_EQ(came->front().kind, "interim");
  EXPECT_EQ(came->front().team, (vault::Team{3, {"interviews", "registers"}}));
  const auto file = world_.files().read(bundle, 1 << 20);
  ASSERT_TRUE(file);
  EXPECT_EQ(as_text(*file).find("registers"), std::string_view::npos) << "nothing of it is public";
}

TEST_F(VisitAboutTest, ATeamThatStandsInANoteIsStillShown) {
  unlock();
  start_visit();
  robot_->tap("top.back");
  robot_->tap("top.lock");
  {
    const auto tablet = open_tablet(world_);
    const auto visits = vault::visits(*tablet);
    ASSERT_TRUE(visits);
    const auto records = vault::records(*tablet, visits->front().id);
    ASSERT_TRUE(records);
    ASSERT_TRUE(vault::set_flag(*tablet, records->front().id,
                                {"/data", vault::FlagKind::kNote, "группа из 5, беседы"}));
  }
  start_again();
  unlock();
  if (robot_->sees("top.back")) robot_->tap("top.back");
  const auto& list = std::get<VisitsModel>(app_->model().screen);
  ASSERT_EQ(list.open.size(), 1U);
  EXPECT_NE(list.open.front().about.find("группа из 5, беседы"), std::string::npos);
  robot_->tap("visit." + list.open.front().code + ".open");
  robot_->tap("top.back");
  EXPECT_EQ(robot_->text("visit.team-said"), "группа из 5, беседы");
}

TEST_F(VisitAboutTest, OneOfThreeHundredVisitsIsFoundByCodePlaceOrDay) {
  std::string code;
  {
    const auto tablet = open_tablet(world_);
    for (int number = 0; number < 300; ++number) {
      const auto made = vault::new_visit(
          *tablet, {number == 123 ? "ИВС города Ош" : fmt::format("Место {}", number),
                    "interim",
                    {},
                    {4, {"talks"}}});
      ASSERT_TRUE(made);
      if (number == 123) code = made->code;
    }
  }
  unlock();
  EXPECT_EQ(std::get<VisitsModel>(app_->model().screen).open.size(), 300U);
  for (const std::string& words : {code, std::string("города ош")}) {
    type_into("visits.search", words);
    EXPECT_TRUE(robot_->sees("visit." + code + ".open")) << words;
    EXPECT_EQ(std::get<VisitsModel>(app_->model().screen).open.size(), 1U) << words;
    robot_->tap("visits.search");
    for (std::size_t letter = 0; letter < words.size(); ++letter) robot_->press_key(SDLK_BACKSPACE);
  }
  EXPECT_EQ(std::get<VisitsModel>(app_->model().screen).open.size(), 300U);
}

TEST_F(VisitAboutTest, APlaceChosenFromTheListLeavesTheOthersATouchAway) {
  unlock();
  robot_->tap("visits.new");
  robot_->tap("new.places.СИЗО-1");
  EXPECT_TRUE(robot_->tree().find("new.places.СИЗО-1")->chosen);
  robot_->tap("new.places.ИВС города Ош");
  EXPECT_EQ(robot_->text("new.place"), "ИВС города Ош");
  type_into("new.place", "х");  // typed on, it is a place of nobody's list
  EXPECT_FALSE(robot_->sees("new.places.СИЗО-1"));
}

TEST_F(VisitAboutTest, ChoosingAPlaceMovesNoOtherUnderTheFinger) {
  unlock();
  robot_->tap("visits.new");
  const auto places = [&] {
    std::string names;
    for (const ui::Option& place : std::get<NewVisitModel>(app_->model().screen).about.places) {
      names += place.value + "\n";
    }
    return names;
  };
  const std::string before = places();
  robot_->tap("new.places.ИВС города Ош");
  EXPECT_EQ(places(), before);
  robot_->tap("new.place");
  robot_->press_key(SDLK_a, KMOD_CTRL);
  robot_->type("ИВС");
  robot_->rest(1000);
  const std::string found = places();
  EXPECT_EQ(found.find("СИЗО"), std::string::npos);
  robot_->tap("new.places.ИВС города Ош");
  EXPECT_EQ(places(), found) << "the list goes by what was typed";
  EXPECT_EQ(robot_->text("new.place"), "ИВС города Ош");
}

TEST_F(VisitAboutTest, WhatIsChosenAndNotAmongTheFirstStandsAtTheEnd) {
  std::vector<Place> many;
  for (int number = 1; number <= 20; ++number) many.push_back({fmt::format("P{}", number), "", ""});
  Draft draft;
  draft.place = "P17";
  const VisitAboutModel model = about_model(words::Words(), draft, many);
  ASSERT_EQ(model.places.size(), 9U);
  EXPECT_EQ(model.places.front().value, "P1");
  EXPECT_EQ(model.places.back().value, "P17");
  EXPECT_TRUE(model.places.back().chosen);
  EXPECT_EQ(model.team.front().value, "1");
  EXPECT_EQ(model.team.back().value, "12");
}

TEST_F(VisitAboutTest, AChangeBegunAndLeftDoesNotEnterTheNextNewVisit) {
  unlock();
  start_visit();
  robot_->tap("top.back");
  robot_->tap("visit.change");
  robot_->tap("visit.team.4");
  robot_->tap("top.back");
  robot_->tap("visits.new");
  EXPECT_EQ(std::get<NewVisitModel>(app_->model().screen).about.place, "");
  EXPECT_FALSE(robot_->tree().find("new.team.4")->chosen) << robot_->tree().print();
}

}  // namespace
}  // namespace vigil::tablet
