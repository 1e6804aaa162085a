// SPDX-License-Identifier: Apache-2.0
#include "app/verify/evidence.h"

#include <fmt/format.h>

#include "core/bundle/check.h"
#include "core/log/receipt.h"
#include "core/trust/enrolment.h"
#include "core/trust/roster.h"

namespace vigil::verify {
namespace {

constexpr std::string_view kClaims[] = {"roster",     "signature", "author", "receipt",
                                        "revocation", "members",   "shown"};

void leave_rest(EvidenceReport& report, const std::string& reason) {
  for (std::size_t i = report.claims.size(); i < std::size(kClaims); ++i)
    report.claims.push_back(unchecked(kClaims[i], reason));
}

Claim judge_author_claim(const trust::Roster& roster, const bundle::Manifest& manifest,
                         const trust::Device& device) {
  if (manifest.sequence < device.from_sequence)
    return does_not_hold("author",
                         fmt::format("{} is enrolled from number {} on, this is {}", device.label,
                                     device.from_sequence, manifest.sequence));
  return holds("author", fmt::format("{} ({}), number {}, as of roster version {}", device.label,
                                     to_string(device.role), manifest.sequence, roster.version));
}

Claim judge_time(const trust::Roster& roster, const bundle::Manifest& manifest,
                 const trust::Device& device, const std::optional<std::uint64_t>& index) {
  const bool in_time = index && trust::logged_before_revocation(device, *index);
  switch (trust::judge_author(roster, manifest, in_time)) {
    case trust::AuthorVerdict::kValid:
      return holds("revocation", device.revoked_after_sequence
                                     ? "the log took it before the device was revoked"
                                     : device.label + " is not revoked");
    case trust::AuthorVerdict::kUnprovenTime:
      return unchecked("revocation",
                       "its time is unproven: the device is revoked, and no receipt "
                       "shows that the bundle came before");
    default:
      return does_not_hold("revocation", "the device did not count for this number");
  }
}

// Members and what is shown; fills the report where all of it holds.
void judge_shown(const bundle::EvidencePack& pack, const bundle::Manifest& manifest,
                 EvidenceReport& report) {
  const auto count = bundle::check_evidence(pack, manifest);
  if (!count) {
    const bool members = count.error().code == "evidence.members";
    if (!members)
      report.claims.push_back(holds("members", "their digests stand in the signed manifest"));
    report.claims.push_back(does_not_hold(members ? "members" : "shown", count.error().message));
    leave_rest(report, "an earlier check failed");
    return;
  }
  report.count = *count;
  report.claims.push_back(holds("members", "their digests stand in the signed manifest"));
  report.claims.push_back(
      holds("shown", fmt::format("{} answer(s) and {} file(s) have salted hashes under the "
                                 "signature",
                                 count->answers_shown, count->files_shown)));
  if (tally(report.claims).do_not_hold > 0) return;
  report.shown = true;
  report.answers = pack.answers;
  for (const bundle::ShownFile& file : pack.files)
    if (file.name != bundle::kAnswersName) report.files.push_back(file);
}

}  // namespace

Result<EvidenceReport> judge_evidence(ByteView archive, const crypto::minisign::PublicKey& root) {
  VIGIL_ASSIGN(const bundle::EvidencePack pack, bundle::read_evidence(archive));
  EvidenceReport report;
  report.id = bundle::to_string(bundle::bundle_id(pack.manifest_json));
  report.root_key = crypto::minisign::to_string(root);
  report.root_words = trust::fingerprint_text(root, trust::WordLanguage::kEnglish);
  const auto roster = trust::verify_roster({pack.roster_json, pack.roster_signature_file}, root);
  if (!roster) {
    report.claims.push_back(does_not_hold("roster", roster.error().message));
    leave_rest(report, "the roster does not hold");
    return report;
  }
  report.office = roster->office;
  report.roster_version = roster->version;
  report.claims.push_back(
      holds("roster", fmt::format("version {} of office {}, signed by the root key that was given",
                                  roster->version, roster->office)));
  const auto manifest =
      bundle::check_manifest(pack.manifest_json, pack.signature_file, roster->device_keys());
  if (!manifest) {
    report.claims.push_back(does_not_hold("signature", manifest.error().message));
    leave_rest(report, "the signature does not hold");
    return report;
  }
  const trust::Device& device = *roster->find_device(manifest->manifest.device);
  report.device = device.label;
  report.sequence = manifest->manifest.sequence;
  report.claims.push_back(
      holds("signature", fmt::format("{}, Ed25519 over BLAKE2b-512", device.label)));
  report.claims.push_back(judge_author_claim(*roster, manifest->manifest, device));
  std::optional<std::uint64_t> index;
  if (pack.receipt.empty()) {
    report.claims.push_back(unchecked("receipt", "the pack has none"));
  } else {
    const auto receipt = log::verify_receipt(
        pack.receipt, bundle::log_entry(pack.manifest_json, pack.signature_file), roster->log,
        roster->witnesses, static_cast<std::size_t>(roster->policy.witness_quorum));
    if (receipt) index = receipt->index;
    report.claims.push_back(
        receipt ? holds("receipt", fmt::format("entry {} of {}, {} witness(es)", receipt->index,
                                               receipt->checkpoint.checkpoint.size,
                                               receipt->checkpoint.cosignatures.size()))
                : does_not_hold("receipt", receipt.error().message));
  }
  report.claims.push_back(judge_time(*roster, manifest->manifest, device, index));
  judge_shown(pack, manifest->manifest, report);
  return report;
}

}  // namespace vigil::verify
