// SPDX-License-Identifier: Apache-2.0
//
// What a checklist remembers of whoever fills it in, and how it is called.
#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "core/vault/forms_store.h"
#include "forms/xlsform/convert.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

class KeptPlaceTest : public Scene {
 protected:
  KeptPlaceTest() : Scene("en") {
    unlock();
    start_visit();
  }
  [[nodiscard]] const ChecklistModel& checklist() {
    return std::get<ChecklistModel>(app_->model().screen);
  }
  [[nodiscard]] bool in_sight(std::string_view key) {
    const ui::Item* const item = robot_->tree().find(key);
    return item != nullptr && item->visible.height > 0;
  }
  void add(const std::string& form) { robot_->tap("visit.add." + form); }
};

TEST_F(KeptPlaceTest, EachChecklistOpensWhereItWasLeft) {
  robot_->tap("section.lawyer");
  robot_->tap("q./data/lawyer/law_told/staff.yes");
  robot_->tap("top.back");
  add("police-custody");
  const std::size_t second = 1;
  robot_->tap("page.next");
  ASSERT_EQ(checklist().section, second);
  robot_->tap("top.back");
  robot_->tap("record.1.open");
  EXPECT_TRUE(in_sight("q./data/lawyer/law_told/staff.yes")) << robot_->tree().print();
  robot_->tap("top.back");
  start_again();
  unlock();
  robot_->tap("visit." + std::get<VisitsModel>(app_->model().screen).open.front().code + ".open");
  robot_->tap("record.2.open");
  EXPECT_EQ(checklist().section, second) << "opened, nothing answered";
  robot_->tap("top.lock");
  robot_->tap("hidden");
  unlock();
  EXPECT_EQ(checklist().section, second);
  EXPECT_EQ(checklist().place, "ИВС Ленинского района");
}

TEST_F(KeptPlaceTest, TheLanguageItWasOpenedInStays) {
  const std::string before = robot_->text("q./data/case/code.label");
  robot_->tap("top.language");
  EXPECT_EQ(robot_->text("menu.form-language.Русский (ru)"), "Русский");
  robot_->tap("menu.language.ru");
  robot_->tap("menu");
  EXPECT_EQ(robot_->text("q./data/case/code.label"), before);
  start_again();
  unlock();
  EXPECT_EQ(robot_->text("q./data/case/code.label"), before);
}

TEST_F(KeptPlaceTest, TheBarAndTheReviewSayWhoseRecordItIs) {
  type_into("q./data/case/code", "K-47");
  EXPECT_TRUE(checklist().about.ends_with(" · K-47")) << checklist().about;
  robot_->tap("top.back");
  add("police-custody");
  type_into("q./data/case/code", "K-48");
  robot_->tap("top.back");
  robot_->tap("visit.review");
  const auto& review = std::get<ReviewModel>(app_->model().screen);
  ASSERT_FALSE(review.missing.empty());
  EXPECT_TRUE(review.missing.front().whose.ends_with(" · K-47")) << review.missing.front().whose;
  EXPECT_TRUE(review.missing.back().whose.ends_with(" · K-48")) << review.missing.back().whose;
}

TEST_F(KeptPlaceTest, AnInterviewIsClosedAndNotReviewedBesideThePerson) {
  robot_->tap("top.back");
  robot_->tap("visit.interview.interview");
  const auto sections = checklist().sections.size();
  for (std::size_t next = 1; next < sections && !checklist().last_section; ++next) {
    robot_->tap("page.next");
  }
  EXPECT_FALSE(robot_->sees("page.review"));
  robot_->tap("page.close");
  EXPECT_TRUE(robot_->sees("visit.review")) << robot_->tree().print();
}

constexpr std::string_view kInjuryForm = R"(
| survey |
| | type | name | label |
| | text | code | Code |
| | begin_group | marks | Marks |
| | text | where | Where |
| | end_group | | |
| | text | after | After |
| settings |
| | form_id | form_title |
| | injury | Injuries |
)";

class OnePersonTest : public Scene {
 protected:
  OnePersonTest() : Scene("en") {
    const auto form = forms::convert_xlsform(as_bytes(kInjuryForm), "injury.md");
    auto vault = vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                                   crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
    EXPECT_TRUE(vault::install_form(**vault, {"injury", "", "Injuries", form->xform_xml, {}}));
    vault->reset();
    unlock();
    start_visit();
  }
};

TEST_F(OnePersonTest, TheInjuriesOfAPersonNameNeitherPlaceNorVisit) {
  robot_->tap("top.back");
  robot_->tap("visit.add.injury");
  type_into("q./data/code", "K-49");
  const auto& checklist = std::get<ChecklistModel>(app_->model().screen);
  EXPECT_EQ(checklist.place, "Injuries");
  EXPECT_EQ(checklist.about, "code K-49");
}

TEST_F(OnePersonTest, QuestionsOutsideOfGroupsAreSectionsByNumber) {
  robot_->tap("top.back");
  robot_->tap("visit.add.injury");
  const auto& checklist = std::get<ChecklistModel>(app_->model().screen);
  ASSERT_EQ(checklist.sections.size(), 3U);
  EXPECT_EQ(checklist.sections[0].title, "General");
  EXPECT_EQ(checklist.sections[2].title, "General 2");
}

TEST_F(KeptPlaceTest, SealedLeadsToTheOutbox) {
  robot_->tap("section.closing");
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  settle();
  robot_->tap("sealed.outbox");
  EXPECT_EQ(std::get<OutboxModel>(app_->model().screen).waiting, 1) << robot_->tree().print();
}

}  // namespace
}  // namespace vigil::tablet
