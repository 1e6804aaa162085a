// SPDX-License-Identifier: Apache-2.0
//
// An imported checklist as people read it: what was signed, in the words of its form. Nothing is
// calculated again and nothing left out; a value without a place in the form is listed beside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/office/visit_names.h"
#include "app/visit/finalise.h"
#include "core/base/error.h"
#include "core/vault/inbox.h"
#include "core/vault/vault.h"
#include "forms/session/session.h"

namespace vigil::office {

struct SentChecklist {
  vault::ImportedSubmission submission;
  visit::VisitFile visit;
  SealedVisit sealed;                   // which visit it is part of
  std::string title;                    // of the form, in the language asked for
  std::string language;                 // ISO 639-1, that of the labels
  std::vector<forms::NodeState> state;  // relevant: it stands in a signed document
  std::vector<vault::Answer> unplaced;  // signed answers that `state` does not show
};

// `visits`: sealed_visits(), read once for many checklists. kNotFound "form.absent" where the
// office does not have that form in that version, "submission.absent"; kInvalid as open_session().
[[nodiscard]] Result<SentChecklist> read_sent(vault::Vault& vault, vault::SubmissionId id,
                                              const std::vector<SealedVisit>& visits,
                                              std::string_view language);

// Those of one visit, in the order they stand in its bundle. Fails as find_visit().
[[nodiscard]] Result<std::vector<vault::SubmissionId>> submissions_of(vault::Vault& vault,
                                                                      std::string_view visit_name);

// All, in the same order.
[[nodiscard]] Result<std::vector<vault::SubmissionId>> all_submissions(vault::Vault& vault);

// visit.json of an imported bundle. kNotFound "import.member"; kInvalid "visit.file".
[[nodiscard]] Result<visit::VisitFile> visit_file_of(vault::Vault& vault,
                                                     const bundle::BundleId& id);

// The code that the checklist itself has for whom or what it is about ("P-7018", "K-47"), else its
// instance name; "" where it has neither.
[[nodiscard]] std::string subject_code(const std::vector<vault::Answer>& answers);
// The same of what is shown, so that a code that was taken out stays out.
[[nodiscard]] std::string subject_code(const std::vector<forms::NodeState>& state);

}  // namespace vigil::office
