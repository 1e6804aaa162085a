// SPDX-License-Identifier: Apache-2.0
//
// Commands about visits and their checklists.
#include <algorithm>
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
  keep_position("");
}

// "<visit> <record> <section> <ref>": where the person is, so that a crash or a lock ends there
// too. Written when it changes; most answers are on a card that it names already.
void App::keep_position(const std::string& ref) {
  if (!checklist_) return;
  std::string position =
      fmt::format("{} {} {} {}", visit_.value, checklist_->record().value, section_, ref);
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
  section_ = section;
  keep_position(ref);
  if (!ref.empty()) kit.reveal("q." + ref + ".card");
}

// What was chosen last; else "Русский (ru)" for the interface's "ru"; else the form's own default.
void App::choose_form_language() {
  const std::vector<std::string>& offered = checklist_->session().form().languages();
  auto name = std::ranges::find(offered, setting(kFormLanguageSetting));
  if (name == offered.end()) {
    const std::string code = "(" + options_.language + ")";
    name = std::ranges::find_if(
        offered, [&](const std::string& language) { return language.contains(code); });
  }
  if (name == offered.end()) return;
  if (const auto changed = checklist_->set_language(*name); !changed) say_error(changed.error());
}

void App::leave_checklist() {
  forget_media();
  // Panic lets it go unkept.
  if (checklist_) report(checklist_->keep_progress());
  // What can be taken back is of this checklist; another one may have a question of that name.
  if (toast_ && toast_->undo) toast_.reset();
  checklist_.reset();
  ui::wipe_text(question_search_);
  std::vector<forms::NodeState>().swap(nodes_);
  std::vector<vault::Flag>().swap(flags_);
  unstored_.clear();
  open_notes_.clear();
}

void App::go_back() {
  switch (screen_) {
    case Screen::kChecklist: {
      if (desk_.unkept()) {
        desk_.leaving = true;
        return;
      }
      if (desk_.open()) return desk_.clear();
      leave_checklist();
      keep_setting(kPositionSetting, "");
      kept_position_.clear();
      // Who came from the list of what is missing goes back to it, to where the list was left.
      screen_ = std::exchange(from_review_, false) ? Screen::kReview : Screen::kVisit;
      return;
    }
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
