// SPDX-License-Identifier: Apache-2.0
//
// Commands about visits, and the way back from every screen.
#include <utility>

#include "app/tablet/state/app.h"
#include "app/tablet/state/overview.h"
#include "app/tablet/state/setting_names.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

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
      draft_.leave_open();
      screen_ = Screen::kVisits;
      return;
    case Screen::kNewVisit:
    case Screen::kSealed:
    case Screen::kOutbox:
    case Screen::kSettings:
      pages_.typed.clear();
      screen_ = Screen::kVisits;
      return;
    case Screen::kEnrol:
      pages_.typed.clear();
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

void App::open_visit(vault::VisitId visit) {
  draft_.leave_open();
  visit_.show(visit);
  screen_ = Screen::kVisit;
  const auto records = vault::records(*vault_, visit);
  // One checklist is what most visits have: then one goes on there; back leads to the page, as does
  // one that cannot be opened.
  if (records && records->size() == 1) open_record(records->front().id);
}

void App::review(vault::VisitId visit, ui::Kit& kit) {
  leave_checklist();
  draft_.leave_open();
  if (visit.value != 0) visit_.show(visit);
  visit_.review_error.clear();
  from_review_ = false;
  screen_ = Screen::kReview;
  kit.to_top(kReviewScroll);
}

void App::discard(vault::VisitId visit) {
  leave_checklist();
  report(vault::discard_visit(*vault_, visit));
  visit_.views.clear();
  keep_setting(kPositionSetting, "");
  screen_ = Screen::kVisits;
}

void App::create_visit() {
  const auto visit = vault::new_visit(*vault_, {draft_.place, draft_.kind, {}, draft_.team});
  if (!visit) return say_error(visit.error());
  visit_.show(visit->id);
  for (const std::string& form : draft_.forms) {
    const auto checklist = visit::Checklist::start(*vault_, host_.clock, visit->id, form);
    if (!checklist) return say_error(checklist.error());
  }
  draft_ = {};
  open_visit(visit->id);
}

void App::toggle_visit_change() {
  if (draft_.of_open) return draft_.leave_open();
  const auto visit = vault::visit(*vault_, visit_.id);
  if (!visit) return say_error(visit.error());
  draft_ = {.place = visit->place,
            .looked_for = {},
            .kind = visit->kind,
            .team = visit->team,
            .forms = {},
            .of_open = true};
}

// What is said of an open visit is on the medium at once, as an answer is.
void App::keep_draft() {
  if (draft_.of_open) report(keep_about(*vault_, visit_.id, draft_));
}

void App::add_checklist(const std::string& form) {
  const auto checklist = visit::Checklist::start(*vault_, host_.clock, visit_.id, form);
  if (!checklist) return say_error(checklist.error());
  open_record((*checklist)->record());
}

// On the page of a visit, where no checklist is open.
void App::toggle_urgent(vault::RecordId record, const std::string& ref) {
  const auto flags = vault::flags(*vault_, record);
  if (!flags) return say_error(flags.error());
  for (vault::Flag flag : *flags) {
    if (flag.kind != vault::FlagKind::kFinding || flag.ref != ref) continue;
    flag.text = flag.text == kUrgent ? "" : kUrgent;
    report(vault::set_flag(*vault_, record, flag));
  }
}

}  // namespace vigil::tablet
