// SPDX-License-Identifier: Apache-2.0
#include "app/visit/checklist.h"

#include <algorithm>
#include <optional>

#include "app/visit/duplicate.h"
#include "app/visit/instance.h"
#include "app/visit/open_forms.h"
#include "app/visit/sources.h"
#include "core/base/language.h"
#include "core/crypto/secret_bytes.h"
#include "core/vault/forms_store.h"
#include "core/vault/unfinished.h"

namespace vigil::visit {
namespace {

constexpr int kRestrictedSensitivity = 3;  // medical or identifying: docs/form-author.md

std::vector<vault::Answer> leaves_of(const std::vector<forms::NodeState>& nodes) {
  std::vector<vault::Answer> answers;
  for (const forms::NodeState& node : nodes)
    if (holds_value(node)) answers.push_back({node.ref, node.value});
  return answers;
}

// Refs of removed instances whose parent instance was not removed with them, last first, so that
// the numbers of those still to come stay true.
std::vector<std::string> removed_instances(const std::vector<std::string>& removed,
                                           const std::set<std::string, std::less<>>& known) {
  std::vector<std::string> instances;
  for (const std::string& ref : removed) {
    if (!known.contains(ref)) continue;
    const bool inside = std::any_of(removed.begin(), removed.end(), [&](const std::string& other) {
      return other.size() < ref.size() && ref.starts_with(other) && ref[other.size()] == '/';
    });
    if (!inside) instances.push_back(ref);
  }
  std::reverse(instances.begin(), instances.end());
  return instances;
}

// A submission is XML that stock tools must read years later, so what XML cannot hold is refused.
Status check_text(std::string_view text) {
  if (is_xml_text(text)) return {};
  return fail(ErrorKind::kInvalid, "answer.characters",
              "This text holds characters that cannot be kept (control characters or broken "
              "UTF-8); type it again without them.");
}

}  // namespace

std::uint64_t DeviceHost::random_bits() {
  return crypto::random_u64();
}

std::string find_language(const forms::FormDefinition& form, std::string_view wanted) {
  const std::string code = "(" + std::string(wanted) + ")";
  for (const std::string& name : form.languages())
    if (name == wanted || name.ends_with(code)) return name;
  return {};
}

Result<forms::FormPointer> load_form(vault::Vault& vault, std::string_view form_id,
                                     std::string_view form_version) {
  VIGIL_ASSIGN(const auto form, vault::installed_form(vault, form_id, form_version));
  return forms::load_xform(form.xform, [&](std::string_view name) -> std::optional<Bytes> {
    for (const vault::FormMedia& file : form.media)
      if (file.name == name) return file.content;
    return std::nullopt;
  });
}

Checklist::Checklist(vault::Vault& vault, std::unique_ptr<DeviceHost> host, vault::RecordId record,
                     std::unique_ptr<forms::FormSession> session)
    : vault_(vault), host_(std::move(host)), record_(record), session_(std::move(session)) {}

Checklist::~Checklist() = default;

Result<std::unique_ptr<Checklist>> Checklist::start(vault::Vault& vault, const Clock& clock,
                                                    vault::VisitId visit,
                                                    std::string_view form_id) {
  VIGIL_ASSIGN(const auto installed, vault::current_form(vault, form_id));
  VIGIL_ASSIGN(auto form, load_form(vault, installed.id, installed.version));
  auto host = std::make_unique<DeviceHost>(clock);
  VIGIL_ASSIGN(auto session, forms::open_session(std::move(form), *host, {}));
  VIGIL_ASSIGN(const auto record, vault::add_record(vault, visit, installed.id, installed.version));
  std::unique_ptr<Checklist> checklist(
      new Checklist(vault, std::move(host), record, std::move(session)));
  checklist->write_numbers_as_language();
  VIGIL_TRY(checklist->store_everything());
  VIGIL_TRY(checklist->keep_progress());
  return checklist;
}

Result<std::unique_ptr<Checklist>> Checklist::resume(vault::Vault& vault, const Clock& clock,
                                                     vault::RecordId id, OpenForms* forms) {
  std::unique_ptr<Checklist> checklist(
      new Checklist(vault, std::make_unique<DeviceHost>(clock), id, nullptr));
  VIGIL_TRY(checklist->back_to_stored(forms));
  VIGIL_TRY(checklist->drop_stray_files());
  return checklist;
}

// The session as the vault has it.
Status Checklist::back_to_stored(OpenForms* forms) {
  VIGIL_ASSIGN(const auto record, vault::record(vault_, record_));
  VIGIL_ASSIGN(auto form, forms == nullptr
                              ? load_form(vault_, record.form_id, record.form_version)
                              : forms->load(vault_, record.form_id, record.form_version));
  VIGIL_ASSIGN(const auto answers, vault::answers(vault_, record_));
  forms::SessionOptions options;
  std::string instance = instance_from_answers(record.form_id, record.form_version, answers);
  if (!instance.empty()) options.restore_xml = std::move(instance);
  VIGIL_ASSIGN(auto session, forms::open_session(std::move(form), *host_, options));
  if (session_ != nullptr && !session_->language().empty()) {
    VIGIL_TRY(session->set_language(session_->language()));
  }
  session_ = std::move(session);
  write_numbers_as_language();
  instances_.clear();
  for (const vault::Answer& answer : answers)
    if (vault::is_instance_ref(answer.ref)) instances_.insert(answer.ref);
  return options.restore_xml ? agree_on_instances() : Status();
}

// A group of which nothing is stored comes back as in a new form, with an instance of its repeats
// that somebody has removed. The vault does not know it and would take no answer for it.
Status Checklist::agree_on_instances() {
  std::vector<std::string> unknown;
  for (const forms::NodeState& node : session_->state())
    if (node.type == forms::NodeType::kRepeatInstance && !instances_.contains(node.ref))
      unknown.push_back(node.ref);
  // From the last, so that no number moves. What a count of the form rules cannot be removed.
  std::vector<std::string> ruled;
  for (auto ref = unknown.rbegin(); ref != unknown.rend(); ++ref)
    if (!session_->remove_repeat(*ref)) ruled.push_back(*ref);
  for (auto ref = ruled.rbegin(); ref != ruled.rend(); ++ref) {
    VIGIL_TRY(vault::add_repeat(vault_, record_, *ref));
    instances_.insert(*ref);
  }
  return {};
}

Status Checklist::store_everything() {
  const std::vector<forms::NodeState> state = session_->state();
  for (const forms::NodeState& node : state) {
    if (node.type != forms::NodeType::kRepeatInstance || instances_.contains(node.ref)) continue;
    VIGIL_TRY(vault::add_repeat(vault_, record_, node.ref));
    instances_.insert(node.ref);
  }
  return vault::apply(vault_, record_, leaves_of(state));
}

Result<forms::Change> Checklist::store(Result<forms::Change> change, vault::ChangeKind kind,
                                       const vault::Answer* before) {
  if (!change) return change;
  const Status stored = store_change(*change, kind);
  if (stored) return change;
  // Reading works on a disk that is full; where it does not, the caller hears of the first error,
  // and nothing may look answered that is not.
  const Status back = back_to_stored();
  if (!back && before != nullptr) (void)session_->set(before->ref, before->value);
  return std::unexpected(stored.error());
}

Status Checklist::store_change(const forms::Change& change, vault::ChangeKind kind) {
  for (const std::string& ref : removed_instances(change.removed, instances_)) {
    VIGIL_TRY(vault::remove_repeat(vault_, record_, ref, kind));
    std::erase_if(instances_, [&](const std::string& known) {
      return known == ref || known.starts_with(ref + "/");
    });
  }
  for (const forms::NodeState& node : change.changed) {
    if (node.type != forms::NodeType::kRepeatInstance || instances_.contains(node.ref)) continue;
    VIGIL_TRY(vault::add_repeat(vault_, record_, node.ref, kind));
    instances_.insert(node.ref);
  }
  return vault::apply(vault_, record_, leaves_of(change.changed), kind);
}

Result<forms::Change> Checklist::set(std::string_view ref, std::string_view value) {
  return set_and_store(ref, value, vault::ChangeKind::kEdit);
}

Result<forms::Change> Checklist::set_and_store(std::string_view ref, std::string_view value,
                                               vault::ChangeKind kind) {
  VIGIL_TRY(check_text(value));
  VIGIL_ASSIGN(const auto node, session_->node(ref));
  const vault::Answer before{std::string(ref), node.value};
  return store(session_->set(ref, value), kind, &before);
}

Result<forms::Change> Checklist::set_if_valid(std::string_view ref, std::string_view value) {
  VIGIL_TRY(check_text(value));
  VIGIL_ASSIGN(const auto violation, session_->would_violate(ref, value));
  if (violation && violation->condition == forms::ViolatedCondition::kConstraint) {
    return fail(ErrorKind::kInvalid, "answer.constraint",
                violation->message.empty() ? "The form does not allow this value here."
                                           : violation->message);
  }
  return set(ref, value);
}

Result<forms::Change> Checklist::undo(std::string_view ref, std::string_view earlier_value) {
  return set_and_store(ref, earlier_value, vault::ChangeKind::kUndo);
}

Result<forms::Change> Checklist::add_repeat(std::string_view ref) {
  return store(session_->add_repeat(ref), vault::ChangeKind::kEdit);
}

Result<forms::Change> Checklist::duplicate_repeat(std::string_view ref) {
  auto change = duplicate_last_instance(*session_, ref);
  // Half of it may be in the session.
  if (!change) (void)back_to_stored();
  return store(std::move(change), vault::ChangeKind::kEdit);
}

Result<forms::Change> Checklist::remove_repeat(std::string_view ref) {
  auto change = session_->remove_repeat(ref);
  if (!change) return change;
  // The vault renumbers as the session did; afterwards both hold the same refs again.
  const auto stored = [&]() -> Status {
    VIGIL_TRY(vault::remove_repeat(vault_, record_, ref));
    instances_.clear();
    VIGIL_ASSIGN(const auto answers, vault::answers(vault_, record_));
    for (const vault::Answer& answer : answers)
      if (vault::is_instance_ref(answer.ref)) instances_.insert(answer.ref);
    return vault::apply(vault_, record_, leaves_of(change->changed));
  }();
  if (stored) return change;
  (void)back_to_stored();
  return std::unexpected(stored.error());
}

Result<forms::Change> Checklist::clock_moved() {
  return store(session_->clock_moved(), vault::ChangeKind::kEdit);
}

Result<forms::Change> Checklist::set_language(std::string_view name) {
  VIGIL_ASSIGN(auto change, session_->set_language(name));
  write_numbers_as_language();
  return change;
}

void Checklist::write_numbers_as_language() {
  session_->set_decimal_mark(decimal_mark(language_code(session_->language())));
}

Status Checklist::keep_unfinished(std::string_view ref, std::string_view typed) {
  return vault::keep_unfinished(vault_, record_, ref, typed);
}

Result<std::vector<vault::Answer>> Checklist::unfinished() const {
  return vault::unfinished(vault_, record_);
}

Status Checklist::check(std::string_view ref, std::string_view value) const {
  VIGIL_TRY(check_text(value));
  VIGIL_TRY(session_->would_violate(ref, value));
  return {};
}

Result<std::vector<vault::Flag>> Checklist::flags() {
  return vault::flags(vault_, record_);
}

Status Checklist::set_flag(const vault::Flag& flag) {
  VIGIL_TRY(check_text(flag.text));
  return vault::set_flag(vault_, record_, flag);
}

Status Checklist::clear_flag(std::string_view ref, vault::FlagKind kind) {
  return vault::clear_flag(vault_, record_, ref, kind);
}

Checklist::Progress Checklist::progress() const {
  Progress progress;
  std::string sources_ref;  // the question per source whose cells follow
  bool sources_counted = false;
  for (const forms::NodeState& node : session_->state()) {
    if (!node.relevant) continue;
    if (node.type == forms::NodeType::kSources) {
      sources_ref = node.ref;
      sources_counted = false;
      ++progress.asked;
    } else if (node.type == forms::NodeType::kQuestion || node.type == forms::NodeType::kTrigger) {
      const bool answered = !node.value.empty();
      if (node.parent_ref == sources_ref && !sources_ref.empty()) {
        if (answered && !sources_counted) ++progress.answered, sources_counted = true;
      } else if (!node.readonly) {
        ++progress.asked;
        if (answered) ++progress.answered;
      }
    }
  }
  return progress;
}

Status Checklist::keep_progress() {
  const Progress now = progress();
  return vault::set_progress(vault_, record_, now.answered, now.asked);
}

Checklist::Documents Checklist::submission() {
  Documents documents;
  bool restricted_value = false;
  std::string sources_ref;  // the question per source whose cells follow
  for (const forms::NodeState& node : session_->state()) {
    if (node.type == forms::NodeType::kSources) sources_ref = node.ref;
    if (node.sensitivity < kRestrictedSensitivity) continue;
    // A note on a question per source hangs on its group, which is as sensitive as its cells.
    documents.restricted_refs.push_back(node.parent_ref == sources_ref ? sources_ref : node.ref);
    if (holds_value(node) && node.relevant && !node.value.empty()) restricted_value = true;
  }
  documents.general_xml = session_->submission_xml(forms::SubmissionPart::kGeneral);
  if (restricted_value)
    documents.restricted_xml = session_->submission_xml(forms::SubmissionPart::kRestricted);
  return documents;
}

}  // namespace vigil::visit
