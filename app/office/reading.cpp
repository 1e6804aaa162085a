// SPDX-License-Identifier: Apache-2.0
#include "app/office/reading.h"

#include <algorithm>
#include <set>

#include "app/visit/checklist.h"
#include "core/base/language.h"

namespace vigil::office {
namespace {

// The moment of sealing, for whatever in a label or a constraint asks for the time.
class SealedHost final : public forms::SessionHost {
 public:
  explicit SealedHost(std::int64_t sealed_ms) : sealed_{sealed_ms} {}
  WallTime now() const override { return sealed_; }
  int utc_offset_minutes(WallTime) const override { return 0; }
  std::uint64_t random_bits() override { return 0; }
  std::string property(std::string_view) const override { return {}; }

 private:
  const WallTime sealed_;
};

// "/data/cells/cell[1]/x" as the documents' leaves have it where the cell is the only one.
std::string without_ones(std::string ref) {
  constexpr std::string_view kOne = "[1]";
  for (std::size_t at = ref.find(kOne); at != std::string::npos; at = ref.find(kOne, at))
    ref.erase(at, kOne.size());
  return ref;
}

std::vector<vault::Answer> not_shown(const std::vector<vault::Answer>& answers,
                                     const std::vector<forms::NodeState>& state) {
  std::set<std::pair<std::string, std::string>> shown;
  for (const forms::NodeState& node : state)
    if (node.relevant && !node.value.empty()) shown.emplace(without_ones(node.ref), node.value);
  std::vector<vault::Answer> left;
  for (const vault::Answer& answer : answers)
    if (!shown.contains({without_ones(answer.ref), answer.value})) left.push_back(answer);
  return left;
}

}  // namespace

Result<visit::VisitFile> visit_file_of(vault::Vault& vault, const bundle::BundleId& id) {
  constexpr std::size_t kGeneralPayload = 0;
  VIGIL_ASSIGN(const auto member,
               vault::open_member(vault, id, kGeneralPayload, visit::kVisitFileName));
  Bytes text(static_cast<std::size_t>(member->size_bytes()));
  VIGIL_TRY(member->read_at(0, text));
  return visit::parse_visit_file(as_text(text));
}

Result<SentChecklist> read_sent(vault::Vault& vault, vault::SubmissionId id,
                                const std::vector<SealedVisit>& visits, std::string_view language) {
  SentChecklist sent;
  VIGIL_ASSIGN(sent.submission, vault::submission(vault, id));
  VIGIL_ASSIGN(sent.visit, visit_file_of(vault, sent.submission.bundle));
  sent.sealed = visit_of(visits, sent.submission.bundle);
  VIGIL_ASSIGN(auto form,
               visit::load_form(vault, sent.submission.form_id, sent.submission.form_version));
  const std::string name = visit::find_language(*form, language);
  forms::SessionOptions options;
  options.sent_xml = sent.submission.general_xml;
  if (!sent.submission.restricted_xml.empty())
    options.sent_restricted_xml = sent.submission.restricted_xml;
  SealedHost host(sent.visit.finalised_ms);
  VIGIL_ASSIGN(const auto session, forms::open_session(std::move(form), host, options));
  if (!name.empty()) VIGIL_TRY(session->set_language(name));
  sent.language = language_code(session->language());
  session->set_decimal_mark(decimal_mark(sent.language));
  sent.title = session->form().title_in(session->language());
  sent.state = session->state();
  sent.unplaced = not_shown(sent.submission.answers, sent.state);
  return sent;
}

Result<std::vector<vault::SubmissionId>> all_submissions(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto all, vault::submissions(vault));
  std::vector<vault::SubmissionId> ids;
  for (const vault::ImportedSubmission& submission : all) ids.push_back(submission.id);
  std::ranges::sort(ids);
  return ids;
}

Result<std::vector<vault::SubmissionId>> submissions_of(vault::Vault& vault,
                                                        std::string_view visit_name) {
  VIGIL_ASSIGN(const auto visits, sealed_visits(vault));
  VIGIL_ASSIGN(const SealedVisit visit, find_visit(visits, visit_name));
  VIGIL_ASSIGN(const auto all, vault::submissions(vault));
  std::vector<vault::SubmissionId> found;
  for (const vault::ImportedSubmission& submission : all)
    if (submission.bundle == visit.bundle) found.push_back(submission.id);
  std::ranges::sort(found);
  return found;
}

std::string subject_code(const std::vector<vault::Answer>& answers) {
  std::string name;
  for (const vault::Answer& answer : answers) {
    if (answer.ref.ends_with("/code")) return answer.value;
    if (answer.ref.ends_with("/instanceName"))
      name = answer.value.substr(0, answer.value.find_last_not_of(' ') + 1);
  }
  return name;
}

std::string subject_code(const std::vector<forms::NodeState>& state) {
  std::vector<vault::Answer> answers;
  for (const forms::NodeState& node : state)
    if (node.relevant && !node.value.empty()) answers.push_back({node.ref, node.value});
  return subject_code(answers);
}

}  // namespace vigil::office
