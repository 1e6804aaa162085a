// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/review_model.h"

#include "app/tablet/state/question_model.h"

namespace vigil::tablet {
namespace {

std::string reader_words(const words::Words& words, const std::string& role) {
  if (role == "general") return std::string(words("The office"));
  if (role == "restricted") return std::string(words("The health role (medical answers)"));
  if (role == "recovery") return std::string(words("The office's recovery key, kept offline"));
  return role;
}

void name_entries(ReviewModel& model, const words::Words& words, const RecordViewList& records) {
  for (auto* const list :
       {&model.unfinished, &model.to_mend, &model.missing, &model.mismatches, &model.one_person}) {
    for (ReviewModel::Entry& entry : *list) {
      for (const RecordView* const view : records) {
        if (view->record.id.value == entry.record) entry.whose = name_of(*view, words);
      }
      if (entry.whose == entry.label) entry.whose.clear();
    }
  }
}

}  // namespace

void fill_review(ReviewModel& model, const words::Words& words, const visit::Review& review,
                 const RecordViewList& records) {
  model.answered = review.answered;
  model.asked = review.asked;
  for (const visit::ToMend& entry : review.to_mend) {
    const bool wrong = entry.condition == forms::ViolatedCondition::kConstraint;
    (wrong ? model.to_mend : model.missing)
        .push_back({entry.record.value, entry.ref, entry.label, wrong ? entry.message : "", ""});
  }
  model.unfinished = unfinished_entries(records);
  for (const RecordView* const view : records) {
    for (const visit::Mismatch& mismatch : visit::find_mismatches(view->nodes)) {
      model.mismatches.push_back(
          {view->record.id.value, mismatch.ref,
           visit::label_with_place(view->nodes, mismatch.ref, mismatch.label),
           mismatch_list(words, mismatch), ""});
    }
  }
  model.one_person = one_person_entries(records, words);
  if (records.size() > 1) name_entries(model, words, records);
  for (const std::string& role : review.readers) model.readers.push_back(reader_words(words, role));
  model.can_seal = !model.readers.empty() && model.asked > 0;
}

}  // namespace vigil::tablet
