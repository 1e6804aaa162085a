// SPDX-License-Identifier: Apache-2.0
//
// Commands about visits and their checklists.
#include <algorithm>

#include "app/tablet/state/app.h"
#include "app/visit/finalise.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

void App::open_visit(std::int64_t visit) {
  visit_.value = visit;
  const auto records = vault::records(*vault_, visit_);
  // One checklist is what most visits have: then the visit is the checklist.
  if (records && records->size() == 1) return open_record(records->front().id.value);
  screen_ = Screen::kVisit;
}

void App::open_record(std::int64_t record) {
  auto checklist = visit::Checklist::resume(*vault_, host_.clock, vault::RecordId{record});
  if (!checklist) return say_error(checklist.error());
  checklist_ = std::move(*checklist);
  section_ = 0;
  rail_open_ = false;
  unstored_.clear();
  open_notes_.clear();
  last_jump_.clear();
  choose_form_language();
  // What hangs on the clock may be old.
  if (const auto moved = checklist_->clock_moved(); !moved) say_error(moved.error());
  nodes_ = checklist_->session().state();
  screen_ = Screen::kChecklist;
}

// "Русский (ru)" for the interface's "ru"; the form's own default where it has none such.
void App::choose_form_language() {
  const std::string code = "(" + options_.language + ")";
  for (const std::string& name : checklist_->session().form().languages()) {
    if (name.find(code) == std::string::npos) continue;
    if (const auto changed = checklist_->set_language(name); !changed) say_error(changed.error());
    return;
  }
}

void App::leave_checklist() {
  if (!checklist_) return;
  report(checklist_->keep_progress());
  checklist_.reset();
  nodes_.clear();
  flags_.clear();
  unstored_.clear();
  open_notes_.clear();
}

void App::go_back() {
  switch (screen_) {
    case Screen::kChecklist: {
      leave_checklist();
      const auto records = vault::records(*vault_, visit_);
      screen_ = records && records->size() > 1 ? Screen::kVisit : Screen::kVisits;
      return;
    }
    case Screen::kReview:
      return open_visit(visit_.value);
    case Screen::kNewVisit:
    case Screen::kVisit:
    case Screen::kSealed:
      screen_ = Screen::kVisits;
      return;
    case Screen::kHidden:
      screen_ = Screen::kUnlock;
      return;
    case Screen::kUnlock:
    case Screen::kVisits:
      return;
  }
}

void App::create_visit() {
  const auto visit = vault::new_visit(*vault_, {draft_.place, draft_.kind, {}});
  if (!visit) return say_error(visit.error());
  visit_ = visit->id;
  for (const std::string& form : draft_.forms) {
    const auto checklist = visit::Checklist::start(*vault_, host_.clock, visit_, form);
    if (!checklist) return say_error(checklist.error());
  }
  draft_ = {};
  open_visit(visit_.value);
}

void App::add_checklist(const std::string& form) {
  const auto checklist = visit::Checklist::start(*vault_, host_.clock, visit_, form);
  if (!checklist) return say_error(checklist.error());
  open_record((*checklist)->record().value);
}

void App::seal() {
  const auto before = vault::visit(*vault_, visit_);
  // The review page said what is missing; who holds the button has read it.
  const auto sealed = visit::finalise_visit(*vault_, host_.clock, visit_, true);
  if (!sealed) {
    review_error_ = sealed.error().message;
    return;
  }
  sealed_code_ = before ? before->code : "";
  visit_ = {};
  screen_ = Screen::kSealed;
}

}  // namespace vigil::tablet
