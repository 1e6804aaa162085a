// SPDX-License-Identifier: Apache-2.0
//
// Screens out of the vault.
#include <algorithm>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/local_time.h"
#include "app/tablet/state/overview.h"
#include "app/tablet/state/question_model.h"
#include "app/tablet/state/sealed_state.h"
#include "app/tablet/state/visit_about.h"
#include "app/ui/utf8.h"
#include "app/visit/finalise.h"
#include "app/visit/roster_store.h"
#include "app/words/visit_words.h"
#include "core/vault/forms_store.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"

namespace vigil::tablet {
namespace {

// A page that opens may take so long before it is shown, whole or not.
constexpr std::int64_t kGather_ms = 40;

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

std::string App::reader_words(std::string_view role) const {
  if (role == "general") return std::string(words_("The office"));
  if (role == "restricted") return std::string(words_("The health role (medical answers)"));
  if (role == "recovery") {
    return std::string(words_("The office's recovery key, kept offline"));
  }
  return std::string(role);
}

// The vault knows one title; the others stand in the form itself, which is read once for them.
std::string App::form_title(const vault::FormSummary& form) const {
  const auto key = std::tuple(form.id, form.version, options_.language);
  const auto known = form_titles_.find(key);
  if (known != form_titles_.end()) return known->second;
  std::string title = form.title;
  if (const auto loaded = visit::load_form(*vault_, form.id, form.version)) {
    title = (*loaded)->title_in(visit::find_language(**loaded, options_.language));
  }
  form_titles_.emplace(key, title);
  return title;
}

std::vector<ui::Option> App::form_options(const std::set<std::string>& chosen,
                                          bool interviews) const {
  std::vector<ui::Option> options;
  const auto forms = vault::installed_forms(*vault_);
  if (!forms) return options;
  for (const vault::FormSummary& form : *forms) {
    if (form.current && is_interview(form.id) == interviews) {
      options.push_back({form.id, form_title(form), chosen.contains(form.id)});
    }
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
    const std::string date = day_words(host_.clock, visit.created);
    const std::string all = fmt::format("{} {} {}", visit.code, visit.place, date);
    const bool wanted = ui::holds_folded(all, search_);
    if (visit.state == vault::VisitState::kOpen) {
      if (!wanted) continue;
      VisitsModel::Open open{visit.id.value, visit.code, title_of(visit), {}, 0, 0};
      open.about = joined({words::kind_word(words_, visit.kind), date,
                           team_line(words_, *vault_, visit), code_beside(visit)});
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
    VisitsModel::Sealed sealed{visit.code, date, sealed_state(visit, found), sent_percent(found)};
    if (sealed.state != SealedState::kAcknowledged && sealed.state != SealedState::kErased) {
      ++model.waiting;
    }
    if (wanted) model.sealed.push_back(std::move(sealed));
  }
  if (sender_.running()) model.sending = words_("Sending…");
  return model;
}

NewVisitModel App::new_visit_model() {
  NewVisitModel model;
  model.about = about_model(words_, draft_, places_);
  model.forms = form_options(draft_.forms, false);
  model.can_start = !draft_.place.empty() && !draft_.kind.empty() && !draft_.forms.empty();
  return model;
}

// Every checklist in turn; the others come before the next frames.
Result<bool> App::gather_views(std::int64_t pause_ms) {
  VIGIL_ASSIGN(const auto records, vault::records(*vault_, visit_));
  return views_.gather(*vault_, host_.clock, open_forms_, records, options_.language, pause_ms);
}

VisitModel App::visit_model() {
  VisitModel model;
  model.visit = visit_.value;
  const auto visit = vault::visit(*vault_, visit_);
  const auto records = vault::records(*vault_, visit_);
  const auto whole = gather_views(kGather_ms);
  if (!visit || !records || !whole) {
    say_error(!visit ? visit.error() : !records ? records.error() : whole.error());
    return model;
  }
  model.code = visit->code;
  model.place = title_of(*visit);
  model.about = joined({words::kind_word(words_, visit->kind), team_line(words_, *vault_, *visit),
                        code_beside(*visit)});
  model.kind = words::kind_word(words_, visit->kind);
  model.team = words::persons_words(words_, visit->team.persons);
  model.tasks = words::tasks_words(words_, visit->team.tasks);
  if (!visit->team.said()) model.team_note = team_note(*vault_, visit_);
  if (changing_visit_) model.change = about_model(words_, draft_, places_);
  model.forms = form_options({}, false);
  model.interview_forms = form_options({}, true);
  add_records(model, views_.list(*records), words_);
  model.gathering = !*whole;
  if (*whole) return model;
  // What is still to be read stands there as the list of visits knows it.
  for (const vault::Record& record : *records) {
    if (views_.has(record.id)) continue;
    auto& rows = is_interview(record.form_id) ? model.interviews : model.records;
    rows.push_back({record.id.value, "…", record.answered, record.asked});
  }
  return model;
}

ChecklistModel App::checklist_screen() {
  if (!checklist_) return {};
  const forms::FormSession& session = checklist_->answers.session();
  const std::vector<forms::NodeState>& nodes = checklist_->answers.nodes();
  ChecklistModel model = checklist_->answers.model();
  if (!checklist_->media.on_desk()) {
    checklist_->pictures.add_to(model, words_, session.form(), nodes);
  }
  checklist_->media.add_to(model);
  revisions_.count(std::get_if<ChecklistModel>(&model_.screen), model);
  const auto visit = vault::visit(*vault_, visit_);
  if (is_interview(session.form().id())) {
    // Whoever looks over a shoulder learns no place and no visit.
    model.place = words_("Private interview");
    const auto code = std::ranges::find_if(nodes, [](const forms::NodeState& node) {
      return node.ref.ends_with("/code") && !node.value.empty();
    });
    if (code != nodes.end()) model.about = words::fill(words_("code {0}"), {code->value});
    return model;
  }
  if (visit) model.place = title_of(*visit);
  const std::string title = nodes.empty() || nodes.front().label.empty()
                                ? session.form().title_in(session.language())
                                : nodes.front().label;
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
  const auto records = vault::records(*vault_, visit_);
  const auto whole = gather_views(0);
  if (!records || !whole) {
    model.error = error_words(words_, !records ? records.error() : whole.error());
    return model;
  }
  auto review = review_of(views_.list(*records));
  if (const Status readers = visit::add_readers(review, *vault_); !readers) {
    model.error = error_words(words_, readers.error());
    return model;
  }
  model.answered = review.answered;
  model.asked = review.asked;
  for (const visit::ToMend& entry : review.to_mend) {
    const bool wrong = entry.condition == forms::ViolatedCondition::kConstraint;
    (wrong ? model.to_mend : model.missing)
        .push_back({entry.record.value, entry.ref, entry.label, wrong ? entry.message : ""});
  }
  for (const RecordView* const view : views_.list(*records)) {
    for (const visit::Mismatch& mismatch : visit::find_mismatches(view->nodes)) {
      model.mismatches.push_back(
          {view->record.id.value, mismatch.ref,
           visit::label_with_place(view->nodes, mismatch.ref, mismatch.label),
           mismatch_list(words_, mismatch)});
    }
  }
  model.one_person = one_person_entries(views_.list(*records), words_);
  for (const std::string& role : review.readers) model.readers.push_back(reader_words(role));
  model.can_seal = !model.readers.empty() && model.asked > 0;
  return model;
}

}  // namespace vigil::tablet
