// SPDX-License-Identifier: Apache-2.0
//
// What a visit's page and its review say over all its checklists: progress, findings, and what
// rests on one person only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/visit/checklist.h"
#include "app/visit/finalise.h"
#include "app/visit/open_forms.h"
#include "app/visit/sources.h"
#include "app/words/words.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

// A checklist for one person in private: its form's id is "interview" or begins with "interview-".
[[nodiscard]] bool is_interview(std::string_view form_id);

struct RecordView {
  vault::Record record;
  std::string title;  // of the form, in the language asked for
  std::string code;   // the answer of its question called "code", empty where there is none
  visit::Checklist::Progress progress;
  std::vector<forms::NodeState> nodes;
  std::vector<vault::Flag> flags;
  std::vector<std::string> unfinished;  // refs of what was typed and is no answer yet
};
// Its title and whom it is about; an interview by its code alone.
[[nodiscard]] std::string name_of(const RecordView& view, const words::Words& words);
// Opens the checklist: some milliseconds, so not for every frame (record_views.h). `forms` spares
// reading its form again.
[[nodiscard]] Result<RecordView> view_record(vault::Vault& vault, const Clock& clock,
                                             const vault::Record& record, std::string_view language,
                                             visit::OpenForms* forms = nullptr);
using RecordViewList = std::vector<const RecordView*>;  // in the order of the visit

// The part of the page that comes out of the checklists; the rest is the caller's.
void add_records(VisitModel& model, const RecordViewList& records, const words::Words& words);
// What visit::review_visit() says of these checklists; the readers are the caller's.
[[nodiscard]] visit::Review review_of(const RecordViewList& records);

// What was typed and is no answer yet, where it is asked.
[[nodiscard]] std::vector<ReviewModel::Entry> unfinished_entries(const RecordViewList& records);

// Statements that point to one person: one private interview alone; a source that disagrees with
// all others, where the detained person of one checklist alone says so; a finding that only the
// detained person of one checklist speaks for. Whoever runs the place could tell who spoke.
[[nodiscard]] std::vector<ReviewModel::Entry> one_person_entries(const RecordViewList& records,
                                                                 const words::Words& words);

inline constexpr std::string_view kUrgent = "urgent";  // the text of a finding marked so

}  // namespace vigil::tablet
