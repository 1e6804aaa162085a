// SPDX-License-Identifier: Apache-2.0
#include "app/verify/judge.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/verify/chain.h"
#include "app/verify/events.h"
#include "app/verify/log_evidence.h"
#include "app/verify/outer_check.h"
#include "core/trust/enrolment.h"

namespace vigil::verify {
namespace {

constexpr std::int64_t kBundleFormat = 1;  // what bundle::kFormat says in words

// The outer check's steps in their order, and the failures that stop at each.
struct Step {
  std::string_view claim;
  std::array<std::string_view, 2> codes;
};
constexpr Step kSteps[] = {
    {"archive", {"bundle.archive", ""}},
    {"signature", {"bundle.signature", "bundle.stranger"}},
    {"manifest", {"bundle.manifest", "bundle.format"}},
    {"digest", {"bundle.size", "bundle.digest"}},
    {"recipients", {"bundle.recipients", ""}},
};

struct Evidence {
  const trust::Roster& roster;
  const LogEvidence& log;
  const Chains& chains;
  const std::map<crypto::minisign::PublicKey, DeviceWord>& words;  // every device of the roster
};

std::string as_of(const trust::Roster& roster) {
  return fmt::format("as of roster version {}", roster.version);
}

Claim judge_format(const trust::Roster& roster) {
  if (roster.policy.minimum_format > kBundleFormat)
    return does_not_hold("manifest", fmt::format("policy demands format {} or newer, {}",
                                                 roster.policy.minimum_format, as_of(roster)));
  return holds("manifest", std::string(bundle::kFormat));
}

// A step that passed; the reason says what was found.
Claim passed_step(std::string_view claim, const OuterCheck& check, const trust::Device* device,
                  const trust::Roster& roster) {
  if (claim == "archive") return holds(claim, "every header is as the format demands");
  if (claim == "signature")
    return holds(claim,
                 fmt::format("{} ({}), {}", device == nullptr ? "" : device->label,
                             device == nullptr ? "" : to_string(device->role), as_of(roster)));
  if (claim == "manifest") return judge_format(roster);
  const auto& payloads = check.manifest->manifest.payloads;
  if (claim == "digest")
    return holds(claim, fmt::format("{} payload(s), BLAKE2b-512", payloads.size()));
  const Status known = trust::check_recipients(roster, check.manifest->manifest);
  if (!known) return does_not_hold(claim, known.error().message);
  std::size_t recipients = 0;
  for (const bundle::PayloadEntry& payload : payloads) recipients += payload.recipients.size();
  return holds(claim, fmt::format("{} X25519 stanza(s), all of the roster", recipients));
}

std::vector<Claim> judge_steps(const OuterCheck& check, const trust::Device* device,
                               const trust::Roster& roster) {
  std::vector<Claim> claims;
  bool stopped = false;
  const std::string code = check.failure ? check.failure->code : "";
  const std::string message = check.failure ? check.failure->message : "";
  for (const Step& step : kSteps) {
    if (check.unreadable()) {
      claims.push_back(unchecked(step.claim, "the file could not be read: " + message));
    } else if (stopped) {
      claims.push_back(unchecked(step.claim, "an earlier check failed"));
    } else if (check.failure && std::ranges::find(step.codes, code) != step.codes.end()) {
      claims.push_back(does_not_hold(step.claim, message));
      stopped = true;
    } else {
      claims.push_back(passed_step(step.claim, check, device, roster));
    }
  }
  // A failure with a code that none of the steps knows must not pass as success.
  if (check.failure && !check.unreadable() && !stopped)
    claims.push_back(does_not_hold("archive", message));
  return claims;
}

Claim judge_enrolment(const bundle::Manifest& manifest, const trust::Device& device,
                      const trust::Roster& roster) {
  if (manifest.sequence < device.from_sequence)
    return does_not_hold(
        "author", fmt::format("{} is enrolled from number {} on, this is {}, {}", device.label,
                              device.from_sequence, manifest.sequence, as_of(roster)));
  return holds("author", fmt::format("{} ({}), number {}, {}", device.label, to_string(device.role),
                                     manifest.sequence, as_of(roster)));
}

Claim judge_revocation(const bundle::Manifest& manifest, const trust::Device& device,
                       std::optional<std::uint64_t> log_index, const trust::Roster& roster) {
  if (!device.revoked_after_sequence)
    return holds("revocation", device.label + " is not revoked, " + as_of(roster));
  const bool in_time = log_index && trust::logged_before_revocation(device, *log_index);
  switch (trust::judge_author(roster, manifest, in_time)) {
    case trust::AuthorVerdict::kRevoked:
      return does_not_hold(
          "revocation",
          fmt::format("{} is revoked after number {}, this is {}, {}", device.label,
                      *device.revoked_after_sequence, manifest.sequence, as_of(roster)));
    case trust::AuthorVerdict::kValid:
      return holds(
          "revocation",
          fmt::format("{} was revoked later: entry {} of the log lies before entry {}",
                      device.label, log_index.value_or(0), device.revoked_at_log_size.value_or(0)));
    default:
      return unchecked("revocation",
                       fmt::format("its time is unproven: {} is revoked, and no log shows that "
                                   "this bundle came before, {}",
                                   device.label, as_of(roster)));
  }
}

Claim judge_receipt(const OuterCheck& check, const LogEvidence& log) {
  if (!check.receipt) return unchecked("receipt", "no receipt lies beside the file");
  const auto& receipt = *check.receipt;
  if (!receipt) return does_not_hold("receipt", receipt.error().message);
  const log::Checkpoint& checkpoint = receipt->checkpoint.checkpoint;
  if (!log.believed)
    return holds("receipt",
                 fmt::format("entry {} of {}, signed by the log", receipt->index, checkpoint.size));
  if (checkpoint.size > log.report.size)
    return does_not_hold("receipt", fmt::format("it was signed for {} entries, and the log given "
                                                "has only {}",
                                                checkpoint.size, log.report.size));
  if (log.roots.at(checkpoint.size) != checkpoint.root)
    return does_not_hold("receipt",
                         "it was signed for another log than the one given: the log "
                         "has two faces");
  return holds("receipt",
               fmt::format("entry {} of {}, of the log given", receipt->index, checkpoint.size));
}

Claim judge_inclusion(const LogEvidence& log, std::optional<std::uint64_t> index) {
  if (!log.believed)
    return unchecked("inclusion", log.report.given ? "the log given could not be believed"
                                                   : "no log was given (--log)");
  if (!index)
    return does_not_hold(
        "inclusion", fmt::format("none of the log's {} entries is this bundle", log.report.size));
  return holds("inclusion", fmt::format("entry {} of {}", *index, log.report.size));
}

BundleReport judge_bundle(const OuterCheck& check, const Evidence& evidence) {
  BundleReport report;
  report.file = check.file;
  if (!check.manifest) {
    report.claims = judge_steps(check, nullptr, evidence.roster);
    for (const std::string_view claim :
         {"author", "revocation", "order", "fork", "single", "receipt", "inclusion"})
      report.claims.push_back(unchecked(claim, "its manifest could not be believed"));
    return report;
  }
  const bundle::SignedManifest& bundle = *check.manifest;
  // check_manifest() took the key from this roster.
  const trust::Device& device = *evidence.roster.find_device(bundle.manifest.device);
  const Chain& chain = evidence.chains.at(bundle.manifest.device);
  std::optional<std::uint64_t> index;
  const auto logged = evidence.log.first_index.find(bundle.id);
  if (evidence.log.believed && logged != evidence.log.first_index.end()) index = logged->second;

  report.id = bundle::to_string(bundle.id);
  report.device = device.label;
  report.sequence = bundle.manifest.sequence;
  report.claims = judge_steps(check, &device, evidence.roster);
  report.claims.push_back(judge_enrolment(bundle.manifest, device, evidence.roster));
  // Where the log's entries are not here, a receipt proves the place in it just as well. Where they
  // are, a receipt for a place that the log does not have is of another face of it.
  std::optional<std::uint64_t> proved = index;
  if (!evidence.log.believed && check.receipt && check.receipt->has_value())
    proved = (*check.receipt)->index;
  report.claims.push_back(judge_revocation(bundle.manifest, device, proved, evidence.roster));
  report.claims.push_back(judge_order(chain, bundle, device));
  report.claims.push_back(
      judge_fork(chain, bundle, evidence.words.at(bundle.manifest.device), evidence.log.believed));
  report.claims.push_back(judge_single(chain, bundle, check.file));
  report.claims.push_back(judge_receipt(check, evidence.log));
  report.claims.push_back(judge_inclusion(evidence.log, index));
  return report;
}

std::set<std::uint64_t> signed_sizes(const std::vector<OuterCheck>& checks,
                                     const std::vector<VerifiedHeld>& held) {
  std::set<std::uint64_t> sizes;
  for (const OuterCheck& check : checks) {
    if (check.receipt && check.receipt->has_value())
      sizes.insert((*check.receipt)->checkpoint.checkpoint.size);
  }
  for (const VerifiedHeld& one : held) {
    if (one.checkpoint) sizes.insert(one.checkpoint->checkpoint.size);
  }
  return sizes;
}

}  // namespace

Result<Report> judge(Files& files, const Question& question, const Progress& progress) {
  VIGIL_ASSIGN(const trust::Roster roster,
               trust::verify_roster(question.signed_roster, question.root));
  const auto checks = check_files(files, question.bundle_files, roster, progress);
  const auto held = verify_held(question, roster);
  LogEvidence log = read_log(question, roster, signed_sizes(checks, held), progress);
  compare_with_held(log, held, roster);
  const Chains chains = build_chains(checks, log);
  ReadEvents events = read_events(files, question.event_files, roster);
  compare_events(events, chains);
  std::map<crypto::minisign::PublicKey, DeviceWord> words;
  for (const trust::Device& device : roster.devices)
    words.emplace(device.key, words_about(events, device.key));

  Report report;
  report.office = roster.office;
  report.roster_version = roster.version;
  report.roster_digest =
      hex_encode(crypto::blake2b_512(as_bytes(question.signed_roster.roster_json)));
  report.root_key = crypto::minisign::to_string(question.root);
  report.root_words = trust::fingerprint_text(question.root, trust::WordLanguage::kEnglish);
  report.unreadable = log.unreadable || events.unreadable;
  const Evidence evidence{roster, log, chains, words};
  for (const OuterCheck& check : checks) {
    report.unreadable = report.unreadable || check.unreadable();
    report.bundles.push_back(judge_bundle(check, evidence));
  }
  static const Chain kNothing;
  for (const trust::Device& device : roster.devices) {
    const auto chain = chains.find(device.key);
    report.devices.push_back(judge_device(chain == chains.end() ? kNothing : chain->second, device,
                                          words.at(device.key), log.believed));
  }
  report.events = events.reports;
  report.log = std::move(log.report);
  return report;
}

}  // namespace vigil::verify
