// SPDX-License-Identifier: Apache-2.0
#include "app/visit/finalise.h"

#include <algorithm>

#include "app/visit/roster_store.h"
#include "core/vault/settings.h"

namespace vigil::visit {
namespace {

using trust::RecipientRole;

Result<std::vector<std::unique_ptr<Checklist>>> open_all(vault::Vault& vault, const Clock& clock,
                                                         vault::VisitId visit) {
  VIGIL_ASSIGN(const auto records, vault::records(vault, visit));
  std::vector<std::unique_ptr<Checklist>> checklists;
  for (const vault::Record& record : records) {
    VIGIL_ASSIGN(auto checklist, Checklist::resume(vault, clock, record.id));
    checklists.push_back(std::move(checklist));
  }
  return checklists;
}

Bytes member_content(const std::string& text) {
  return to_bytes(text);
}

// Salted hashes of every answer, so that the office can show one to a court without the others.
void add_answer_files(const std::vector<bundle::AnswerText>& answers,
                      std::vector<vault::SubmissionFile>& files) {
  const bundle::AnswerFiles made = bundle::make_answer_files(answers);
  files.push_back({std::string(bundle::kAnswersName), to_bytes(made.answers_json)});
  files.push_back({std::string(bundle::kAnswersSaltName), to_bytes(made.salt_text)});
}

}  // namespace

std::string label_in_words(const std::vector<forms::NodeState>& state,
                           const forms::NodeState& node) {
  const auto parent = std::ranges::find(state, node.parent_ref, &forms::NodeState::ref);
  const bool cell = parent != state.end() && parent->type == forms::NodeType::kSources;
  return label_with_place(state, node.ref,
                          cell ? parent->label + " (" + node.label + ")" : node.label);
}

Result<Review> review_visit(vault::Vault& vault, const Clock& clock, vault::VisitId visit,
                            std::string_view language) {
  VIGIL_ASSIGN(const auto checklists, open_all(vault, clock, visit));
  Review review;
  for (const auto& checklist : checklists) {
    const std::string name = find_language(checklist->session().form(), language);
    if (!name.empty()) VIGIL_TRY(checklist->set_language(name));
    add_to_review(review, checklist->record(), checklist->session().state(), checklist->progress());
  }
  VIGIL_TRY(add_readers(review, vault));
  return review;
}

void add_to_review(Review& review, vault::RecordId record,
                   const std::vector<forms::NodeState>& state,
                   const Checklist::Progress& progress) {
  for (const forms::NodeState& node : state) {
    if (!node.violation) continue;
    review.to_mend.push_back({record, node.ref, label_in_words(state, node),
                              node.violation->condition, node.violation->message});
  }
  for (Mismatch& mismatch : find_mismatches(state)) {
    review.mismatches.push_back(std::move(mismatch));
  }
  review.answered += progress.answered;
  review.asked += progress.asked;
}

Status add_readers(Review& review, vault::Vault& vault) {
  VIGIL_ASSIGN(const auto current, current_roster(vault));
  for (const trust::RosterRecipient& recipient : current.roster.recipients) {
    if (recipient.retired) continue;
    review.readers.push_back(std::string(trust::to_string(recipient.role)));
  }
  return {};
}

Result<vault::FinalisedVisit> finalise_visit(vault::Vault& vault, const Clock& clock,
                                             vault::VisitId id, Unmended unmended,
                                             SealingProgress progress) {
  VIGIL_ASSIGN(const auto visit, vault::visit(vault, id));
  if (visit.state != vault::VisitState::kOpen) {
    return fail(ErrorKind::kConflict, "visit.sealed",
                "This visit is sealed already; nothing on this device opens it.");
  }
  VIGIL_ASSIGN(const auto current, current_roster(vault));
  VIGIL_ASSIGN(const auto checklists, open_all(vault, clock, id));
  if (checklists.empty()) {
    return fail(ErrorKind::kInvalid, "finalise.empty",
                "This visit has no checklist yet; add one, or discard the visit.");
  }

  vault::FinaliseRequest request;
  std::vector<bundle::AnswerText> answers;
  std::vector<bundle::AnswerText> restricted_answers;
  VisitFile file{visit.code,       visit.place,    visit.kind, visit.team,
                 visit.created.ms, clock.now().ms, {},         visit.amends};
  for (std::size_t i = 0; i < checklists.size(); ++i) {
    Checklist& checklist = *checklists[i];
    for (const forms::NodeState& node : checklist.session().violations()) {
      const bool constraint = node.violation->condition == forms::ViolatedCondition::kConstraint;
      if (constraint ? unmended.wrong : unmended.missing) continue;
      return fail(ErrorKind::kInvalid, constraint ? "finalise.constraint" : "finalise.required",
                  "The visit cannot be sealed yet: \"" +
                      label_in_words(checklist.session().state(), node) + "\" " +
                      (constraint ? "has a value the form does not allow."
                                  : "is required and has no answer.") +
                      " Mend it at " + node.ref + ".");
    }
    const std::string prefix = vault::member_prefix(i + 1);
    Checklist::Documents documents = checklist.submission();
    VIGIL_TRY(append_answer_texts(prefix, documents.general_xml, answers));
    VIGIL_TRY(append_answer_texts(prefix, documents.restricted_xml, restricted_answers));
    request.files.push_back(
        {prefix + std::string(kSubmissionName), member_content(documents.general_xml)});
    if (!documents.restricted_xml.empty()) {
      request.restricted_files.push_back(
          {prefix + std::string(kRestrictedName), member_content(documents.restricted_xml)});
    }
    request.restricted_refs.push_back({checklist.record(), std::move(documents.restricted_refs)});
    file.records.push_back({checklist.session().form().id(), checklist.session().form().version(),
                            prefix, checklist.session().instance_id()});
  }
  request.files.insert(request.files.begin(),
                       {std::string(kVisitFileName), member_content(emit_visit_file(file))});
  append_visit_texts(file, answers);
  add_answer_files(answers, request.files);
  if (!request.restricted_files.empty())
    add_answer_files(restricted_answers, request.restricted_files);

  VIGIL_ASSIGN(const auto raw_key, vault::get_secret(vault, vault::kDeviceKeySecret));
  VIGIL_ASSIGN(const auto device_key, crypto::minisign::SecretKey::from_raw(raw_key.view()));
  request.device_key = &device_key;
  request.progress = std::move(progress);
  request.recipients = current.roster.recipients_for(RecipientRole::kGeneral);
  request.restricted_recipients = current.roster.recipients_for(RecipientRole::kRestricted);
  // The offline recovery identity reads both parts, or a burnt office would mean lost visits.
  for (const auto& recovery : current.roster.recipients_for(RecipientRole::kRecovery)) {
    request.recipients.push_back(recovery);
    if (!request.restricted_recipients.empty()) request.restricted_recipients.push_back(recovery);
  }
  return vault::finalise(vault, id, request);
}

}  // namespace vigil::visit
