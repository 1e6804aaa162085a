// SPDX-License-Identifier: Apache-2.0
//
// Gathers what the models of the screens are made from; each is made in a file of its own.
#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/local_time.h"
#include "app/tablet/state/review_model.h"
#include "app/tablet/state/settings_model.h"
#include "app/tablet/state/sticks.h"
#include "app/tablet/state/visit_model.h"
#include "app/tablet/state/visit_names.h"
#include "app/tablet/state/visits_model.h"
#include "app/visit/finalise.h"
#include "app/visit/roster_store.h"

namespace vigil::tablet {
namespace {

// A page that opens may take so long before it is shown, whole or not.
constexpr std::int64_t kGather_ms = 40;

}  // namespace

ScreenModel App::screen_model() {
  switch (screen_) {
    case Screen::kHidden:
      return HiddenModel{time_words(host_.clock)};
    case Screen::kUnlock:
      break;
    case Screen::kVisits:
      return visits_screen();
    case Screen::kNewVisit:
      return new_visit_model(words_, draft_, office_.places,
                             titles_.options(*vault_, options_.language, draft_.forms, false));
    case Screen::kVisit:
      return visit_screen();
    case Screen::kChecklist:
      return checklist_screen();
    case Screen::kReview:
      return review_screen();
    case Screen::kSealed:
      return SealedModel{sealed_code_};
    case Screen::kBusy:
      return busy_model(words_, busy_, host_.clock.monotonic_ms(), work_.progress());
    case Screen::kOutbox:
      return outbox_screen();
    case Screen::kSettings:
      return settings_model(words_, *vault_, options_, office_, pages_, titles_);
    case Screen::kEnrol:
      return enrol_screen();
  }
  const bool absent = !work_.busy() && !vault::vault_exists(host_, options_.folder);
  return unlock_model(words_, unlock_, host_.clock.monotonic_ms(), work_.busy(), absent);
}

VisitsModel App::visits_screen() {
  auto stored = stored_visits(*vault_);
  const std::string unread = stored ? "" : unread_words(words_, stored.error());
  VisitsModel model =
      visits_model(words_, host_.clock, std::move(stored).value_or(StoredVisits()), search_);
  model.unread = unread;
  const auto roster = visit::current_roster(*vault_);
  model.enrolled = roster || roster.error().code != "roster.absent";
  if (sender_.running()) model.sending = words_("Sending…");
  return model;
}

VisitModel App::visit_screen() {
  const auto visit = vault::visit(*vault_, visit_.id);
  const auto records = visit_.gather(*vault_, host_.clock, options_.language, kGather_ms);
  if (!visit || !records) {
    VisitModel model;
    model.visit = visit_.id.value;
    if (visit) model.place = title_of(*visit);
    model.unread = unread_words(words_, !visit ? visit.error() : records.error());
    return model;
  }
  VisitModel model =
      visit_model(words_, *visit, *records, visit_.views, team_note(*vault_, *visit));
  if (draft_.of_open) model.change = about_model(words_, draft_, office_.places);
  model.forms = titles_.options(*vault_, options_.language, {}, false);
  model.interview_forms = titles_.options(*vault_, options_.language, {}, true);
  return model;
}

ChecklistModel App::checklist_screen() {
  if (!checklist_) return {};
  auto& [answers, pictures, media] = *checklist_;
  ChecklistModel model = answers.model();
  if (!media.on_desk()) {
    pictures.add_to(model, words_, answers.session().form(), answers.nodes());
  }
  media.add_to(model);
  revisions_.count(std::get_if<ChecklistModel>(&model_->screen), model);
  const auto visit = vault::visit(*vault_, visit_.id);
  name_checklist(model, words_, visit ? &*visit : nullptr, answers.session(), answers.nodes());
  return model;
}

ReviewModel App::review_screen() {
  ReviewModel model;
  model.error = visit_.review_error;
  if (const auto visit = vault::visit(*vault_, visit_.id)) {
    model.place = title_of(*visit);
    model.code = code_beside(*visit);
  }
  const auto records = visit_.gather(*vault_, host_.clock, options_.language, 0);
  if (!records) {
    model.unread = unread_words(words_, records.error());
    return model;
  }
  const RecordViewList views = visit_.views.list(records->list);
  auto review = review_of(views);
  const Status readers = visit::add_readers(review, *vault_);
  if (!readers && readers.error().code != "roster.absent") {
    model.unread = unread_words(words_, readers.error());
    return model;
  }
  fill_review(model, words_, review, views);
  return model;
}

OutboxModel App::outbox_screen() {
  auto entries = vault::outbox(*vault_);
  auto visits = vault::visits(*vault_);
  const auto roster = visit::current_roster(*vault_);
  const bool enrolled = roster || roster.error().code != "roster.absent";
  std::string unread;
  if (!entries || !visits) {
    unread = unread_words(words_, !entries ? entries.error() : visits.error());
    entries = std::vector<vault::OutboxEntry>();
    visits = std::vector<vault::Visit>();
  }
  OutboxModel model = outbox_model(words_, host_.clock,
                                   {.entries = *entries,
                                    .visits = *visits,
                                    .page = pages_.outbox,
                                    .enrolled = enrolled,
                                    .sending = sender_.running()});
  model.unread = std::move(unread);
  model.hub = hub_model(*vault_, pages_.hub);
  model.sticks = stick_options(options_.media_roots);
  return model;
}

EnrolModel App::enrol_screen() {
  EnrolModel model;
  if (vault_) {
    model = enrol_model(words_, options_.language, *vault_, host_.files,
                        stick_options(options_.media_roots), pages_.enrol);
  } else {
    model.make_vault = true;
    model.label = pages_.enrol.label;
    model.error = pages_.enrol.error;
    model.kit_error = pages_.enrol.kit_error;
  }
  model.new_passphrase = &pages_.typed.wanted;
  model.again = &pages_.typed.again;
  return model;
}

}  // namespace vigil::tablet
