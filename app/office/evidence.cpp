// SPDX-License-Identifier: Apache-2.0
#include "app/office/evidence.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/office/opening_keys.h"
#include "app/visit/finalise.h"
#include "app/visit/roster_store.h"
#include "core/bundle/check.h"
#include "core/bundle/open/open.h"
#include "core/vault/inbox.h"

namespace vigil::office {
namespace {

constexpr std::size_t kGeneralPayload = 0;

// Keeps of one payload what evidence may need: every size, and the content of files that are small
// texts of ours or were asked for.
class EvidenceStage final : public bundle::MemberStage {
 public:
  explicit EvidenceStage(const std::set<std::string, std::less<>>& wanted) : wanted_(wanted) {}

  Status payload_salt(const bundle::PayloadSalt& salt) override {
    secret = salt;
    return {};
  }
  Status begin_member(std::string_view name, std::uint64_t size_bytes) override {
    name_ = name;
    sizes.emplace_back(name, size_bytes);
    keeps_ = wanted_.contains(name) || name == visit::kVisitFileName ||
             name == bundle::kAnswersName || name == bundle::kAnswersSaltName ||
             name.ends_with(visit::kSubmissionName) || name.ends_with(visit::kRestrictedName);
    return {};
  }
  Status content(ByteView bytes) override {
    if (!keeps_) return {};
    Bytes& kept = contents[name_];
    if (kept.size() + bytes.size() > bundle::kEvidenceLimitBytes)
      return fail(ErrorKind::kInvalid, "evidence.format", "A file is too large for evidence.");
    kept.insert(kept.end(), bytes.begin(), bytes.end());
    return {};
  }
  Status end_member() override { return {}; }
  Status members_list(std::string_view text) override {
    members_json = text;
    return {};
  }

  [[nodiscard]] std::string_view text(std::string_view name) const {
    const auto found = contents.find(name);
    return found == contents.end() ? std::string_view() : as_text(found->second);
  }

  bundle::PayloadSalt secret{};
  std::string members_json;
  std::vector<std::pair<std::string, std::uint64_t>> sizes;
  std::map<std::string, Bytes, std::less<>> contents;

 private:
  const std::set<std::string, std::less<>>& wanted_;
  std::string name_;
  bool keeps_ = false;
};

struct OpenedBundle {
  bundle::CheckedBundle checked;
  trust::SignedRoster roster;
  std::vector<EvidenceStage> payloads;  // those this office may open
  std::vector<std::vector<bundle::AnswerText>> answers;
};

Result<std::string> path_of(vault::Vault& vault, Files& files, const std::string& given) {
  if (files.exists(given)) return given;
  VIGIL_ASSIGN(const auto known, vault::imported_bundles(vault));
  for (const vault::ImportedBundle& bundle : known)
    if (bundle::to_string(bundle.id) == given) return bundle.path;
  return fail(ErrorKind::kNotFound, "evidence.bundle",
              "There is neither a file nor an imported bundle of this name.");
}

Result<std::vector<bundle::AnswerText>> answers_of(const EvidenceStage& stage,
                                                   const visit::VisitFile& visit, bool general) {
  std::vector<bundle::AnswerText> answers;
  for (const visit::VisitFile::Record& record : visit.records)
    VIGIL_TRY(visit::append_answer_texts(
        record.prefix,
        stage.text(record.prefix +
                   std::string(general ? visit::kSubmissionName : visit::kRestrictedName)),
        answers));
  if (general) visit::append_visit_texts(visit, answers);
  return answers;
}

Result<OpenedBundle> open_bundle(vault::Vault& vault, Files& files, const std::string& given,
                                 const std::set<std::string, std::less<>>& wanted) {
  VIGIL_ASSIGN(const std::string path, path_of(vault, files, given));
  VIGIL_ASSIGN(const auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(const auto keys, opening_keys(vault));
  VIGIL_ASSIGN(const auto file, files.open(path));
  OpenedBundle opened;
  opened.roster = current.signed_roster;
  VIGIL_ASSIGN(opened.checked, bundle::check_bundle(*file, current.roster.device_keys()));
  for (std::size_t i = 0; i < opened.checked.manifest.payloads.size(); ++i) {
    EvidenceStage stage(wanted);
    const Status done = bundle::open_payload(*file, opened.checked, i, keys, stage);
    if (!done && i != kGeneralPayload && done.error().code == "open.no_match") break;
    VIGIL_TRY(done);
    opened.payloads.push_back(std::move(stage));
  }
  VIGIL_ASSIGN(const auto visit,
               visit::parse_visit_file(opened.payloads.front().text(visit::kVisitFileName)));
  for (std::size_t i = 0; i < opened.payloads.size(); ++i) {
    VIGIL_ASSIGN(auto answers, answers_of(opened.payloads[i], visit, i == kGeneralPayload));
    opened.answers.push_back(std::move(answers));
  }
  return opened;
}

bool covers(const std::string& chosen, const std::string& ref) {
  return ref == chosen || (chosen.ends_with('/') && ref.starts_with(chosen));
}

// What was chosen from one part, without the prefix: restricted things are shown only where they
// were asked for as such, never because a general name covers them.
std::vector<std::string> chosen_from(const std::vector<std::string>& chosen, std::size_t payload) {
  std::vector<std::string> names;
  for (const std::string& one : chosen) {
    const bool restricted = one.starts_with(kRestrictedPrefix);
    if (restricted == (payload != kGeneralPayload))
      names.push_back(restricted ? one.substr(kRestrictedPrefix.size()) : one);
  }
  return names;
}

std::unexpected<Error> not_there(std::string_view what) {
  return fail(ErrorKind::kNotFound, "evidence.choice",
              "The bundle has no " + std::string(what) +
                  " of a name that was chosen; `vigilctl evidence list` shows all.");
}

// The file of `payload`, with the salt that lets others check it.
bundle::ShownFile show_file(const EvidenceStage& stage, std::size_t payload,
                            const std::string& name) {
  const auto content = stage.contents.find(name);
  return {payload, name, bundle::member_salt(stage.secret, name),
          content == stage.contents.end() ? Bytes() : content->second};
}

Status choose_answers(const OpenedBundle& opened, std::size_t payload,
                      const std::vector<std::string>& chosen, bundle::EvidencePack& pack) {
  if (chosen.empty()) return {};
  const EvidenceStage& stage = opened.payloads[payload];
  const auto secret = bundle::parse_answers_salt(stage.text(bundle::kAnswersSaltName));
  if (!secret)
    return fail(ErrorKind::kInvalid, "evidence.answers",
                "This visit was sealed before single answers could be proved; show the file they "
                "are in.");
  std::set<std::string> used;
  for (const bundle::AnswerText& answer : opened.answers[payload]) {
    bool wanted = false;
    for (const std::string& one : chosen) {
      if (!covers(one, answer.ref)) continue;
      wanted = true;
      used.insert(one);
    }
    if (wanted) pack.answers.push_back({payload, bundle::answer_salt(*secret, answer.ref), answer});
  }
  if (used.size() < std::set<std::string>(chosen.begin(), chosen.end()).size())
    return not_there("answer");
  pack.files.push_back(show_file(stage, payload, std::string(bundle::kAnswersName)));
  return {};
}

Status choose_files(const OpenedBundle& opened, std::size_t payload,
                    const std::vector<std::string>& chosen, bundle::EvidencePack& pack) {
  const EvidenceStage& stage = opened.payloads[payload];
  for (const std::string& name : std::set<std::string>(chosen.begin(), chosen.end())) {
    // With the salt of all answers everybody could guess at those that are withheld; the list of
    // hashes comes along by itself.
    const bool ours = name == bundle::kAnswersSaltName || name == bundle::kAnswersName;
    if (ours ||
        std::ranges::none_of(stage.sizes, [&](const auto& one) { return one.first == name; }))
      return not_there("file to show");
    pack.files.push_back(show_file(stage, payload, name));
  }
  return {};
}

}  // namespace

Result<Showable> showable(vault::Vault& vault, Files& files, const std::string& bundle) {
  VIGIL_ASSIGN(const OpenedBundle opened, open_bundle(vault, files, bundle, {}));
  Showable shown;
  shown.id = opened.checked.id;
  shown.restricted_closed = opened.payloads.size() < opened.checked.manifest.payloads.size();
  for (std::size_t i = 0; i < opened.payloads.size(); ++i) {
    for (const auto& [name, size_bytes] : opened.payloads[i].sizes)
      if (name != bundle::kAnswersName && name != bundle::kAnswersSaltName)
        shown.files.push_back({i, name, size_bytes});
    for (const bundle::AnswerText& answer : opened.answers[i]) shown.answers.push_back({i, answer});
  }
  return shown;
}

Result<Bytes> make_evidence(vault::Vault& vault, Files& files, const std::string& bundle,
                            const EvidenceChoice& choice) {
  if (choice.answers.empty() && choice.files.empty())
    return fail(ErrorKind::kUsage, "evidence.nothing",
                "Choose what to show, with --answer or --file.");
  std::set<std::string, std::less<>> wanted;
  for (const std::size_t payload : {std::size_t{0}, std::size_t{1}})
    for (std::string& name : chosen_from(choice.files, payload)) wanted.insert(std::move(name));
  VIGIL_ASSIGN(const OpenedBundle opened, open_bundle(vault, files, bundle, wanted));
  bundle::EvidencePack pack;
  pack.manifest_json = opened.checked.manifest_json;
  pack.signature_file = opened.checked.signature_file;
  pack.roster_json = opened.roster.roster_json;
  pack.roster_signature_file = opened.roster.signature_file;
  pack.receipt = choice.receipt;
  for (std::size_t i = 0; i < opened.payloads.size(); ++i)
    pack.members_json[i] = opened.payloads[i].members_json;
  for (std::size_t i = 0; i < pack.members_json.size(); ++i) {
    const auto answers = chosen_from(choice.answers, i);
    const auto names = chosen_from(choice.files, i);
    if (i >= opened.payloads.size() && !(answers.empty() && names.empty()))
      return not_there("restricted part");
    if (i >= opened.payloads.size()) break;
    VIGIL_TRY(choose_answers(opened, i, answers, pack));
    VIGIL_TRY(choose_files(opened, i, names, pack));
  }
  VIGIL_TRY(bundle::check_evidence(pack, opened.checked.manifest));
  return bundle::write_evidence(pack);
}

}  // namespace vigil::office
