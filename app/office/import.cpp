// SPDX-License-Identifier: Apache-2.0
#include "app/office/import.h"

#include <algorithm>

#include "app/office/opening_keys.h"
#include "app/office/visit_names.h"
#include "app/visit/finalise.h"
#include "app/visit/instance.h"
#include "app/visit/roster_store.h"
#include "core/base/json.h"
#include "core/bundle/check.h"
#include "core/bundle/open/open.h"
#include "core/log/receipt.h"
#include "core/vault/journal.h"

namespace vigil::office {
namespace {

constexpr std::uint64_t kDocumentLimitBytes = 32ULL << 20;  // a submission of 5,000 answers is 1 MB
constexpr std::size_t kGeneralPayload = 0;
constexpr std::size_t kRestrictedPayload = 1;

bool has_member(const std::vector<vault::ImportedMember>& members, std::size_t payload,
                const std::string& name) {
  return std::any_of(members.begin(), members.end(), [&](const vault::ImportedMember& member) {
    return member.payload == payload && member.name == name;
  });
}

// r<n>-flags.jsonl: notes, findings and "later", one object a line, as vault/finalise.h writes
// them.
Result<std::vector<vault::Flag>> read_flags(ByteView lines) {
  std::vector<vault::Flag> flags;
  std::string_view rest = as_text(lines);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    VIGIL_ASSIGN(const auto json, parse_canonical_json(rest.substr(0, end), {}));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    JsonReader reader(json, "flags.jsonl");
    vault::Flag flag;
    flag.ref = reader.string("ref");
    const std::string kind = reader.string("kind");
    flag.text = reader.string("text");
    VIGIL_TRY(reader.finish());
    for (const auto known :
         {vault::FlagKind::kNote, vault::FlagKind::kLater, vault::FlagKind::kFinding})
      if (kind == vault::to_string(known)) flag.kind = known;
    flags.push_back(std::move(flag));
  }
  return flags;
}

// Reads the documents of one checklist out of the stage.
Result<vault::ImportedSubmission> read_submission(vault::ImportStage& stage,
                                                  const std::vector<vault::ImportedMember>& members,
                                                  const bundle::BundleId& id,
                                                  const visit::VisitFile& file,
                                                  const visit::VisitFile::Record& record) {
  vault::ImportedSubmission submission;
  submission.bundle = id;
  submission.member_prefix = record.prefix;
  submission.visit_code = file.code;
  submission.place = file.place;
  submission.kind = file.kind;
  submission.team = file.team;
  submission.form_id = record.form_id;
  submission.form_version = record.form_version;
  submission.instance_id = record.instance_id;

  const std::string general = record.prefix + std::string(visit::kSubmissionName);
  VIGIL_ASSIGN(const auto general_xml,
               stage.read_member(kGeneralPayload, general, kDocumentLimitBytes));
  submission.general_xml = std::string(as_text(general_xml));
  VIGIL_ASSIGN(submission.answers, visit::answers_from_instance(submission.general_xml));

  const std::string restricted = record.prefix + std::string(visit::kRestrictedName);
  if (has_member(members, kRestrictedPayload, restricted)) {
    VIGIL_ASSIGN(const auto restricted_xml,
                 stage.read_member(kRestrictedPayload, restricted, kDocumentLimitBytes));
    submission.restricted_xml = std::string(as_text(restricted_xml));
    VIGIL_ASSIGN(const auto more, visit::answers_from_instance(submission.restricted_xml));
    submission.answers = visit::merge_answers(std::move(submission.answers), more);
  }

  const std::string flags_name = record.prefix + "flags.jsonl";
  for (const std::size_t payload : {kGeneralPayload, kRestrictedPayload}) {
    if (!has_member(members, payload, flags_name)) continue;
    VIGIL_ASSIGN(const auto lines, stage.read_member(payload, flags_name, kDocumentLimitBytes));
    VIGIL_ASSIGN(const auto flags, read_flags(lines));
    submission.flags.insert(submission.flags.end(), flags.begin(), flags.end());
  }

  const std::string journal = record.prefix + "journal.jsonl";
  VIGIL_ASSIGN(const auto events, stage.read_member(kGeneralPayload, journal, kDocumentLimitBytes));
  VIGIL_TRY(vault::parse_journal(events));
  return submission;
}

// The hashes that a court will hold the answers against must be those of the answers. A bundle from
// before there were such hashes has none in either payload.
Status check_commitments(vault::ImportStage& stage,
                         const std::vector<vault::ImportedMember>& members,
                         const visit::VisitFile& visit) {
  for (const std::size_t payload : {kGeneralPayload, kRestrictedPayload}) {
    const bool general = payload == kGeneralPayload;
    if (!has_member(members, payload, std::string(bundle::kAnswersName))) continue;
    std::vector<bundle::AnswerText> answers;
    for (const visit::VisitFile::Record& record : visit.records) {
      const std::string name =
          record.prefix + std::string(general ? visit::kSubmissionName : visit::kRestrictedName);
      if (!has_member(members, payload, name)) continue;
      VIGIL_ASSIGN(const auto xml, stage.read_member(payload, name, kDocumentLimitBytes));
      VIGIL_TRY(visit::append_answer_texts(record.prefix, as_text(xml), answers));
    }
    if (general) visit::append_visit_texts(visit, answers);
    VIGIL_ASSIGN(const auto list,
                 stage.read_member(payload, bundle::kAnswersName, bundle::kAnswersLimitBytes));
    VIGIL_ASSIGN(const auto salt,
                 stage.read_member(payload, bundle::kAnswersSaltName, bundle::kAnswersLimitBytes));
    VIGIL_TRY(bundle::check_answer_files({std::string(as_text(list)), std::string(as_text(salt))},
                                         answers));
  }
  return {};
}

// Opens what this office may open. The restricted payload may be closed to us: then the bundle is
// still imported, and says that the part exists.
Status open_payloads(vault::Vault& vault, ReadableFile& file, const bundle::CheckedBundle& checked,
                     vault::ImportStage& stage) {
  VIGIL_ASSIGN(const auto keys, opening_keys(vault));
  for (std::size_t i = 0; i < checked.manifest.payloads.size(); ++i) {
    stage.begin_payload(i);
    const Status opened = bundle::open_payload(file, checked, i, keys, stage);
    if (!opened && (i == kGeneralPayload || opened.error().code != "open.no_match")) return opened;
  }
  return {};
}

Status import_checked(vault::Vault& vault, ReadableFile& file, const bundle::CheckedBundle& checked,
                      ImportReport& report) {
  vault::ImportedBundle row;
  row.id = checked.id;
  row.device = checked.manifest.device;
  row.sequence = checked.manifest.sequence;
  row.previous = checked.manifest.previous;
  row.roster_version = report.roster_version;
  row.verdict = std::string(trust::to_string(*report.verdict));
  VIGIL_ASSIGN(row.path, vault::import_bundle_file(vault, file, checked.id));
  VIGIL_ASSIGN(auto stage, vault::begin_import(vault, row));
  VIGIL_TRY(open_payloads(vault, file, checked, *stage));
  VIGIL_ASSIGN(const auto members, stage->members());
  VIGIL_ASSIGN(const auto visit_text,
               stage->read_member(kGeneralPayload, visit::kVisitFileName, kDocumentLimitBytes));
  VIGIL_ASSIGN(const auto visit_file, visit::parse_visit_file(as_text(visit_text)));
  for (const visit::VisitFile::Record& record : visit_file.records) {
    VIGIL_ASSIGN(const auto submission,
                 read_submission(*stage, members, checked.id, visit_file, record));
    VIGIL_TRY(stage->add_submission(submission));
  }
  VIGIL_TRY(check_commitments(*stage, members, visit_file));
  VIGIL_TRY(stage->commit());
  report.visit_codes.push_back(visit_file.code);
  return {};
}

// The place in the log that a receipt beside the file proves; nothing where there is none that
// holds.
std::optional<std::uint64_t> proved_index(Files& files, const std::string& path,
                                          const trust::Roster& roster,
                                          const bundle::CheckedBundle& checked) {
  constexpr std::string_view kEnding = ".vigil";
  if (!path.ends_with(kEnding)) return std::nullopt;
  const auto receipt = files.read(path.substr(0, path.size() - kEnding.size()) + ".receipt",
                                  log::kReceiptLimitBytes);
  if (!receipt) return std::nullopt;
  const auto verified = log::verify_receipt(
      as_text(*receipt), bundle::log_entry(checked.manifest_json, checked.signature_file),
      roster.log, roster.witnesses, static_cast<std::size_t>(roster.policy.witness_quorum));
  if (!verified) return std::nullopt;
  return verified->index;
}

void name_author(const trust::Roster& roster, const bundle::CheckedBundle& outline,
                 ImportReport& report) {
  report.id = bundle::to_string(outline.id);
  report.sequence = outline.manifest.sequence;
  if (const trust::Device* device = roster.find_device(outline.manifest.device))
    report.device_label = device->label;
}

// The author must count. A bundle that came after its key was revoked is imported but stays marked
// "unproven time"; one that is nobody's, or lies beyond the revocation, is not.
Status judge(const trust::Roster& roster, const bundle::CheckedBundle& checked,
             const std::optional<std::uint64_t>& log_index, ImportReport& report) {
  bool in_time = false;
  if (const trust::Device* device = roster.find_device(checked.manifest.device)) {
    in_time = log_index && trust::logged_before_revocation(*device, *log_index);
  }
  report.verdict = trust::judge_author(roster, checked.manifest, in_time);
  if (report.verdict != trust::AuthorVerdict::kValid &&
      report.verdict != trust::AuthorVerdict::kUnprovenTime) {
    return fail(ErrorKind::kDenied, "import.author",
                "The device that signed this bundle does not count for it (" +
                    std::string(trust::to_string(*report.verdict)) + ", as of roster " +
                    std::to_string(roster.version) + "); ask who sent it.");
  }
  return trust::check_recipients(roster, checked.manifest);
}

}  // namespace

Result<ImportReport> import_bundle(vault::Vault& vault, Files& files, const std::string& path) {
  VIGIL_ASSIGN(const auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(auto file, files.open(path));
  ImportReport report;
  report.file = path.substr(path.rfind('/') + 1);
  report.roster_version = current.roster.version;

  const auto attempt = [&]() -> Status {
    const auto keys = current.roster.device_keys();
    // Whose it is, the signed manifest says, even where a payload is damaged.
    if (const auto outline = bundle::check_outline(*file, keys)) {
      name_author(current.roster, *outline, report);
    } else if (outline.error().code == "bundle.stranger") {
      report.verdict = trust::AuthorVerdict::kUnknown;
    }
    VIGIL_ASSIGN(const auto checked, bundle::check_bundle(*file, keys));
    VIGIL_TRY(
        judge(current.roster, checked, proved_index(files, path, current.roster, checked), report));
    VIGIL_TRY(import_checked(vault, *file, checked, report));
    VIGIL_ASSIGN(const auto visits, sealed_visits(vault));
    const auto imported = std::ranges::find(visits, checked.id, &SealedVisit::bundle);
    if (imported != visits.end())
      for (const SealedVisit& other : namesakes(visits, *imported))
        report.namesakes.push_back(other.name);
    VIGIL_ASSIGN(const auto chains, vault::device_chains(vault));
    for (const vault::DeviceChain& chain : chains)
      if (chain.device == checked.manifest.device) report.missing_before = chain.missing.size();
    return {};
  };

  const Status status = attempt();
  if (status) {
    report.outcome = ImportOutcome::kImported;
  } else if (status.error().code == "import.known") {
    report.outcome = ImportOutcome::kKnown;
  } else if (status.error().kind == ErrorKind::kStorage ||
             status.error().kind == ErrorKind::kUnavailable) {
    return std::unexpected(status.error());  // our disk, not the bundle's fault
  } else {
    report.outcome = ImportOutcome::kQuarantined;
    report.why = status.error();
    VIGIL_TRY(vault::quarantine(vault, *file, report.file, status.error()));
  }
  return report;
}

Result<std::vector<std::string>> in_chain_order(vault::Vault& vault, Files& files,
                                                std::vector<std::string> paths) {
  VIGIL_ASSIGN(const auto current, visit::current_roster(vault));
  const auto keys = current.roster.device_keys();
  struct Place {
    std::optional<std::pair<crypto::minisign::PublicKey, std::uint64_t>> in_chain;
    std::string path;
  };
  std::vector<Place> places;
  for (std::string& path : paths) {
    Place place{std::nullopt, std::move(path)};
    if (const auto file = files.open(place.path)) {
      if (const auto checked = bundle::check_outline(**file, keys))
        place.in_chain = {checked->manifest.device, checked->manifest.sequence};
    }
    places.push_back(std::move(place));
  }
  std::ranges::stable_sort(places, [](const Place& a, const Place& b) {
    if (!a.in_chain || !b.in_chain) return a.in_chain.has_value() && !b.in_chain.has_value();
    return *a.in_chain < *b.in_chain;
  });
  paths.clear();
  for (Place& place : places) paths.push_back(std::move(place.path));
  return paths;
}

}  // namespace vigil::office
