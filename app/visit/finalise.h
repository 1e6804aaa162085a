// SPDX-License-Identifier: Apache-2.0
//
// From an open visit to a sealed bundle: what still stands in the way, what everybody should know
// before, and the sealing itself.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/visit/checklist.h"
#include "app/visit/sources.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/bundle/answers.h"
#include "core/vault/finalise.h"
#include "core/vault/visits.h"

namespace vigil::visit {

// One place to mend, in words.
struct ToMend {
  vault::RecordId record;
  std::string ref;
  std::string label;
  forms::ViolatedCondition condition = forms::ViolatedCondition::kConstraint;
  std::string message;
};

// What the review page shows before sealing, over all checklists of the visit.
struct Review {
  std::vector<ToMend> to_mend;
  std::vector<Mismatch> mismatches;
  int answered = 0;
  int asked = 0;
  std::vector<std::string> readers;  // who will be able to open it: recipients with their roles
};
[[nodiscard]] Result<Review> review_visit(vault::Vault& vault, const Clock& clock,
                                          vault::VisitId visit, std::string_view language);
// Its parts. One checklist; `state` is FormSession::state().
void add_to_review(Review& review, vault::RecordId record,
                   const std::vector<forms::NodeState>& state, const Checklist::Progress& progress);
// A cell of a question per source is called by its question: "Staff" alone says nothing; a question
// of a repeat with its place.
[[nodiscard]] std::string label_in_words(const std::vector<forms::NodeState>& state,
                                         const forms::NodeState& node);
[[nodiscard]] Status add_readers(Review& review, vault::Vault& vault);

// Told on the calling thread while sealing; as FinaliseRequest::progress.
using SealingProgress = std::function<void(std::uint64_t done_bytes, std::uint64_t total_bytes)>;

// What is sealed as it stands. A team may be sent away before it could ask, or before it could mend
// a mistyped time: a draft that cannot be closed is the worse danger. What breaks the form's rules
// is marked for whoever reads it at the office, since the form says so there too.
struct Unmended {
  bool missing = false;  // required and not answered
  bool wrong = false;    // breaks its constraint
};

// Seals. An answer that breaks its constraint stands in the way unless `unmended.wrong` (kInvalid
// "finalise.constraint"), a missing required one unless `unmended.missing` (kInvalid
// "finalise.required"). kNotFound "roster.absent"; kInvalid "finalise.empty": the visit has no
// checklist. Otherwise as vault::finalise().
[[nodiscard]] Result<vault::FinalisedVisit> finalise_visit(vault::Vault& vault, const Clock& clock,
                                                           vault::VisitId visit, Unmended unmended,
                                                           SealingProgress progress = {});

// visit.json inside the payload.
struct VisitFile {
  struct Record {
    std::string form_id;
    std::string form_version;
    std::string prefix;  // "r1-"
    std::string instance_id;
  };
  std::string code;
  std::string place;
  std::string kind;
  vault::Team team;
  std::int64_t created_ms = 0;  // the device's clock: evidence of nothing by itself
  std::int64_t finalised_ms = 0;
  std::vector<Record> records;
  // The bundle this visit corrects: what was sealed wrongly is amended, never edited.
  std::optional<bundle::BundleId> amends;
};
inline constexpr std::string_view kVisitFileName = "visit.json";
inline constexpr std::string_view kSubmissionName = "submission.xml";  // behind the prefix
inline constexpr std::string_view kRestrictedName = "restricted.xml";  // in restricted.age
[[nodiscard]] std::string emit_visit_file(const VisitFile& visit);
[[nodiscard]] Result<VisitFile> parse_visit_file(std::string_view text);  // kInvalid "visit.file"

// What the device commits to answer by answer (core/bundle/answers.h), and the office computes
// again: every leaf of a submission document as "<prefix><ref>", and what the visit has as a whole
// as "visit/place", "<prefix>form_id" and so on. kInvalid "instance.xml".
[[nodiscard]] Status append_answer_texts(std::string_view prefix, std::string_view document_xml,
                                         std::vector<bundle::AnswerText>& answers);
void append_visit_texts(const VisitFile& visit, std::vector<bundle::AnswerText>& answers);

}  // namespace vigil::visit
