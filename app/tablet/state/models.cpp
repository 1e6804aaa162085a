// SPDX-License-Identifier: Apache-2.0
//
// Screens out of the vault.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/question_model.h"
#include "app/ui/utf8.h"
#include "app/visit/finalise.h"
#include "app/visit/roster_store.h"
#include "core/vault/forms_store.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"

namespace vigil::tablet {
namespace {

SealedState sealed_state(const vault::Visit& visit, const vault::OutboxEntry* entry) {
  if (visit.state == vault::VisitState::kErased) return SealedState::kErased;
  if (visit.state == vault::VisitState::kAcknowledged) return SealedState::kAcknowledged;
  if (entry == nullptr) return SealedState::kQueued;
  switch (entry->state) {
    case vault::UploadState::kQueued:
      return SealedState::kQueued;
    case vault::UploadState::kUploading:
      return SealedState::kUploading;
    case vault::UploadState::kAcknowledged:
      return SealedState::kAcknowledged;
    case vault::UploadState::kRefused:
      return SealedState::kRefused;
  }
  return SealedState::kQueued;
}

int percent(const vault::OutboxEntry* entry) {
  if (entry == nullptr || entry->size_bytes == 0) return 0;
  return static_cast<int>(entry->sent_bytes * 100 / entry->size_bytes);
}

// Kinds of visit, as the guides of preventive mechanisms name them (needs.md, 2.1).
constexpr std::string_view kKinds[] = {"comprehensive", "interim", "special"};

// What was not given leaves no gap.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += " · ";
    text += part;
  }
  return text;
}

// A visit is called by its place; by its code where no place was given.
const std::string& title_of(const vault::Visit& visit) {
  return visit.place.empty() ? visit.code : visit.place;
}

// The code, where the title does not say it.
std::string_view code_beside(const vault::Visit& visit) {
  return visit.place.empty() ? std::string_view() : visit.code;
}

}  // namespace

std::string App::day(WallTime time) const {
  const auto offset = std::chrono::minutes(host_.clock.utc_offset_minutes(time));
  const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(time.ms)};
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(moment + offset));
  return fmt::format("{:02}.{:02}.{:04}", static_cast<unsigned>(date.day()),
                     static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string App::kind_word(std::string_view kind) const {
  if (kind == "comprehensive") return std::string(words_("Comprehensive"));
  if (kind == "interim") return std::string(words_("Interim"));
  if (kind == "special") return std::string(words_("Special"));
  return std::string(kind);
}

std::string App::reader_words(std::string_view role) const {
  if (role == "general") return std::string(words_("The office"));
  if (role == "restricted") return std::string(words_("The health role (medical answers)"));
  if (role == "recovery") {
    return std::string(words_("The office's recovery key, kept offline"));
  }
  return std::string(role);
}

std::vector<ui::Option> App::form_options(const std::set<std::string>& chosen) const {
  std::vector<ui::Option> options;
  const auto forms = vault::installed_forms(*vault_);
  if (!forms) return options;
  for (const vault::FormSummary& form : *forms) {
    if (form.current) options.push_back({form.id, form.title, chosen.contains(form.id)});
  }
  return options;
}

VisitsModel App::visits_model() {
  VisitsModel model;
  model.search = search_;
  model.filtered = !search_.empty();
  const auto roster = visit::current_roster(*vault_);
  model.enrolled = roster || roster.error().code != "roster.absent";
  const auto visits = vault::visits(*vault_);
  const auto outbox = vault::outbox(*vault_);
  if (!visits || !outbox) {
    say_error(!visits ? visits.error() : outbox.error());
    return model;
  }
  for (const vault::Visit& visit : *visits) {
    const std::string date = day(visit.created);
    const std::string all = fmt::format("{} {} {}", visit.code, visit.place, date);
    const bool wanted = ui::holds_folded(all, search_);
    if (visit.state == vault::VisitState::kOpen) {
      if (!wanted) continue;
      VisitsModel::Open open{visit.id.value, visit.code, title_of(visit), {}, 0, 0};
      open.about = joined({kind_word(visit.kind), date, code_beside(visit)});
      const auto records = vault::records(*vault_, visit.id);
      for (const vault::Record& record : records.value_or(std::vector<vault::Record>())) {
        open.answered += record.answered;
        open.asked += record.asked;
      }
      model.open.push_back(std::move(open));
      continue;
    }
    const auto entry = std::ranges::find(*outbox, visit.id, &vault::OutboxEntry::visit);
    const vault::OutboxEntry* const found = entry == outbox->end() ? nullptr : &*entry;
    VisitsModel::Sealed sealed{visit.code, date, sealed_state(visit, found), percent(found)};
    if (sealed.state != SealedState::kAcknowledged && sealed.state != SealedState::kErased) {
      ++model.waiting;
    }
    if (wanted) model.sealed.push_back(std::move(sealed));
  }
  return model;
}

NewVisitModel App::new_visit_model() {
  NewVisitModel model;
  model.place = draft_.place;
  for (const std::string_view kind : kKinds) {
    model.kinds.push_back({std::string(kind), kind_word(kind), draft_.kind == kind});
  }
  model.forms = form_options(draft_.forms);
  model.can_start = !draft_.place.empty() && !draft_.kind.empty() && !draft_.forms.empty();
  return model;
}

VisitModel App::visit_model() {
  VisitModel model;
  const auto visit = vault::visit(*vault_, visit_);
  const auto records = vault::records(*vault_, visit_);
  if (!visit || !records) {
    say_error(!visit ? visit.error() : records.error());
    return model;
  }
  model.visit = visit_.value;
  model.code = visit->code;
  model.place = title_of(*visit);
  model.about = joined({kind_word(visit->kind), code_beside(*visit)});
  model.forms = form_options({});
  for (const vault::Record& record : *records) {
    const auto form = std::ranges::find(model.forms, record.form_id, &ui::Option::value);
    model.records.push_back({record.id.value,
                             form == model.forms.end() ? record.form_id : form->label,
                             record.answered, record.asked});
  }
  return model;
}

ChecklistModel App::checklist_screen() {
  if (!checklist_) return {};
  nodes_ = checklist_->session().state();
  flags_ = checklist_->flags().value_or(std::vector<vault::Flag>());
  ChecklistModel model = checklist_model(checklist_input());
  section_ = model.section;
  model.rail_open = rail_open_;
  const auto visit = vault::visit(*vault_, visit_);
  if (visit) model.place = title_of(*visit);
  const std::string title = nodes_.empty() || nodes_.front().label.empty()
                                ? checklist_->session().form().title()
                                : nodes_.front().label;
  model.about = visit ? joined({title, code_beside(*visit)}) : title;
  return model;
}

ReviewModel App::review_model() {
  ReviewModel model;
  model.error = review_error_;
  const auto visit = vault::visit(*vault_, visit_);
  if (visit) {
    model.place = title_of(*visit);
    model.code = code_beside(*visit);
  }
  const auto review = visit::review_visit(*vault_, host_.clock, visit_, options_.language);
  if (!review) {
    model.error = review.error().message;
    return model;
  }
  model.answered = review->answered;
  model.asked = review->asked;
  for (const visit::ToMend& entry : review->to_mend) {
    const bool wrong = entry.condition == forms::ViolatedCondition::kConstraint;
    (wrong ? model.to_mend : model.missing)
        .push_back({entry.record.value, entry.ref, entry.label, wrong ? entry.message : ""});
  }
  for (const visit::Mismatch& mismatch : review->mismatches) {
    model.mismatches.push_back({0, mismatch.ref, mismatch.label, mismatch_list(words_, mismatch)});
  }
  for (const std::string& role : review->readers) model.readers.push_back(reader_words(role));
  model.can_seal = model.to_mend.empty() && !model.readers.empty() && model.asked > 0;
  return model;
}

}  // namespace vigil::tablet
