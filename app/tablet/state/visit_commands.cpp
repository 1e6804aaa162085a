// SPDX-License-Identifier: Apache-2.0
//
// Commands about visits and their checklists.
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/setting_names.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

void App::open_visit(std::int64_t visit) {
  end_visit_change();
  if (visit_.value != visit) views_.clear();
  visit_.value = visit;
  const auto records = vault::records(*vault_, visit_);
  // One checklist is what most visits have: then one goes on there; back leads to the page.
  if (records && records->size() == 1) return open_record(records->front().id.value);
  screen_ = Screen::kVisit;
}

void App::open_record(std::int64_t record) {
  end_visit_change();
  views_.forget(vault::RecordId{record});
  auto checklist =
      visit::Checklist::resume(*vault_, host_.clock, vault::RecordId{record}, &open_forms_);
  if (!checklist) return say_error(checklist.error());
  checklist_ = std::make_unique<OpenChecklist>(std::move(*checklist), *vault_, host_, words_,
                                               limits_, options_);
  report(checklist_->answers.begin(setting(kFormLanguageSetting), options_.language));
  screen_ = Screen::kChecklist;
  keep_position("");
}

// "<visit> <record> <section> <ref>": where the person is, so that a crash or a lock ends there
// too. Written when it changes; most answers are on a card that it names already.
void App::keep_position(const std::string& ref) {
  if (!checklist_) return;
  ChecklistAnswers& answers = checklist_->answers;
  std::string position = fmt::format("{} {} {} {}", visit_.value, answers.stored().record().value,
                                     answers.section(), ref);
  if (position == kept_position_) return;
  keep_setting(kPositionSetting, position);
  kept_position_ = std::move(position);
}

void App::restore_position(ui::Kit& kit) {
  std::istringstream position(setting(kPositionSetting));
  std::int64_t visit = 0;
  std::int64_t record = 0;
  std::size_t section = 0;
  std::string ref;
  if (!(position >> visit >> record >> section)) return;
  position >> ref;
  const auto kept = vault::record(*vault_, vault::RecordId{record});
  // Sealed or discarded since.
  if (!kept || kept->visit.value != visit) return keep_setting(kPositionSetting, "");
  visit_.value = visit;
  open_record(record);
  if (!checklist_) return;
  static_cast<void>(checklist_->answers.open_section(section));
  keep_position(ref);
  if (!ref.empty()) kit.reveal("q." + ref + ".card");
}

void App::leave_checklist() {
  if (!checklist_) return;
  report(checklist_->answers.stored().keep_progress());
  // What can be taken back is of this checklist; another one may have a question of that name.
  if (toast_ && toast_->undo) toast_.reset();
  checklist_.reset();
  touch();
}

void App::go_back() {
  switch (screen_) {
    case Screen::kChecklist:
      if (checklist_ && checklist_->media.go_back()) return;
      leave_checklist();
      keep_setting(kPositionSetting, "");
      kept_position_.clear();
      // Who came from the list of what is missing goes back to it, to where the list was left.
      screen_ = std::exchange(from_review_, false) ? Screen::kReview : Screen::kVisit;
      return;
    case Screen::kReview:
      screen_ = Screen::kVisit;
      return;
    case Screen::kVisit:
      end_visit_change();
      screen_ = Screen::kVisits;
      return;
    case Screen::kNewVisit:
    case Screen::kSealed:
    case Screen::kOutbox:
    case Screen::kSettings:
      for (ui::SecretText& text : change_) text.clear();
      screen_ = Screen::kVisits;
      return;
    case Screen::kEnrol:
      for (ui::SecretText& text : change_) text.clear();
      screen_ = vault_ ? Screen::kVisits : Screen::kUnlock;
      return;
    case Screen::kHidden:
      screen_ = Screen::kUnlock;
      return;
    case Screen::kUnlock:
    case Screen::kVisits:
    case Screen::kBusy:
      return;
  }
}

void App::create_visit() {
  const auto visit = vault::new_visit(*vault_, {draft_.place, draft_.kind, {}, draft_.team});
  if (!visit) return say_error(visit.error());
  visit_ = visit->id;
  for (const std::string& form : draft_.forms) {
    const auto checklist = visit::Checklist::start(*vault_, host_.clock, visit_, form);
    if (!checklist) return say_error(checklist.error());
  }
  draft_ = {};
  open_visit(visit_.value);
}

void App::end_visit_change() {
  if (!changing_visit_) return;
  changing_visit_ = false;
  draft_ = {};
}

void App::toggle_visit_change() {
  if (changing_visit_) return end_visit_change();
  const auto visit = vault::visit(*vault_, visit_);
  if (!visit) return say_error(visit.error());
  changing_visit_ = true;
  draft_ = {};
  draft_.place = visit->place;
  draft_.kind = visit->kind;
  draft_.team = visit->team;
}

// What is said of an open visit is on the medium at once, as an answer is.
void App::change_visit(const std::function<void(Draft&)>& change) {
  change(draft_);
  if (changing_visit_) report(keep_about(*vault_, visit_, draft_));
}

void App::add_checklist(const std::string& form) {
  const auto checklist = visit::Checklist::start(*vault_, host_.clock, visit_, form);
  if (!checklist) return say_error(checklist.error());
  open_record((*checklist)->record().value);
}

}  // namespace vigil::tablet
