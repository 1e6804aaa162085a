// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/visit_model.h"

#include <utility>

#include "app/tablet/state/visit_names.h"
#include "app/words/visit_words.h"

namespace vigil::tablet {

VisitModel visit_model(const words::Words& words, const vault::Visit& visit,
                       const GatheredRecords& records, const RecordViews& views,
                       const std::string& team_note) {
  VisitModel model;
  model.visit = visit.id.value;
  model.code = visit.code;
  model.place = title_of(visit);
  model.about = joined({words::kind_word(words, visit.kind), team_line(words, visit, team_note),
                        code_beside(visit)});
  model.kind = words::kind_word(words, visit.kind);
  model.team = words::persons_words(words, visit.team.persons);
  model.tasks = words::tasks_words(words, visit.team.tasks);
  model.team_note = team_note;
  add_records(model, views.list(records.list), words);
  model.gathering = !records.whole;
  // What is still to be read stands there as the list of visits knows it.
  for (const vault::Record& record : records.list) {
    if (views.has(record.id)) continue;
    auto& rows = is_interview(record.form_id) ? model.interviews : model.records;
    rows.push_back({record.id.value, "…", record.answered, record.asked});
  }
  return model;
}

NewVisitModel new_visit_model(const words::Words& words, const Draft& draft,
                              const std::vector<Place>& places, std::vector<ui::Option> forms) {
  NewVisitModel model;
  model.about = about_model(words, draft, places);
  model.forms = std::move(forms);
  model.can_start = !draft.place.empty() && !draft.kind.empty() && !draft.forms.empty();
  return model;
}

}  // namespace vigil::tablet
