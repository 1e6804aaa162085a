// SPDX-License-Identifier: Apache-2.0
#include "app/verify/log_evidence.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/log/tiles.h"

namespace vigil::verify {
namespace {

constexpr std::string_view kLogClaims[] = {"checkpoint", "entries", "entry_signatures", "once"};
constexpr std::size_t kNamesListed = 5;

bool is_unreadable(const Error& error) {
  return error.kind != ErrorKind::kInvalid && error.kind != ErrorKind::kDenied;
}

// The claims that follow `after` can only be "could not be checked".
void leave_unchecked(LogReport& report, std::size_t from, const std::string& reason) {
  for (std::size_t i = from; i < std::size(kLogClaims); ++i)
    report.claims.push_back(unchecked(kLogClaims[i], reason));
}

std::string join(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < std::min(numbers.size(), kNamesListed); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", numbers[i]);
  return numbers.size() > kNamesListed ? text + ", ..." : text;
}

void note_sights(LogEvidence& evidence, const log::VerifiedCheckpoint& checkpoint) {
  for (const log::Cosignature& cosignature : checkpoint.cosignatures) {
    auto found = std::ranges::find(evidence.sights, cosignature.witness, &WitnessSight::witness);
    if (found == evidence.sights.end())
      found = evidence.sights.insert(found, {cosignature.witness, 0, 0});
    if (checkpoint.checkpoint.size >= found->size)
      *found = {cosignature.witness, checkpoint.checkpoint.size, cosignature.time_s};
  }
}

// Sorts entries as they pass.
struct EntrySorter {
  const std::vector<crypto::minisign::PublicKey> keys;
  LogEvidence& evidence;
  std::set<std::uint64_t>& sizes;
  log::RunningRoot running;
  std::vector<std::uint64_t> broken;
  std::vector<std::uint64_t> strangers;
  std::vector<std::uint64_t> repeated;

  void note_root() {
    if (sizes.contains(running.size())) evidence.roots[running.size()] = running.root();
  }
  void take(std::uint64_t index, ByteView entry) {
    running.add(log::leaf_hash(entry));
    note_root();
    const auto parts = bundle::split_log_entry(entry);
    if (!parts) {
      broken.push_back(index);
      return;
    }
    if (!evidence.first_index.emplace(bundle::bundle_id(parts->manifest_json), index).second)
      repeated.push_back(index);
    auto manifest = bundle::check_manifest(parts->manifest_json, parts->signature_file, keys);
    if (manifest) {
      evidence.bundles.push_back({index, std::move(*manifest)});
    } else if (manifest.error().kind == ErrorKind::kDenied) {
      strangers.push_back(index);
    } else {
      broken.push_back(index);
    }
  }
};

void report_entries(LogReport& report, const EntrySorter& sorter) {
  if (!sorter.broken.empty()) {
    report.claims.push_back(does_not_hold(
        "entry_signatures", fmt::format("{} of {} entries are no signed manifests (entries {})",
                                        sorter.broken.size(), report.size, join(sorter.broken))));
  } else if (!sorter.strangers.empty()) {
    report.claims.push_back(unchecked(
        "entry_signatures",
        fmt::format("{} of {} entries are by devices that this roster does not name (entries {})",
                    sorter.strangers.size(), report.size, join(sorter.strangers))));
  } else {
    report.claims.push_back(
        holds("entry_signatures", fmt::format("all {} signatures hold", report.size)));
  }
  report.claims.push_back(
      sorter.repeated.empty()
          ? holds("once", fmt::format("{} entries, {} bundles", report.size, report.size))
          : does_not_hold("once",
                          fmt::format("entries {} repeat earlier ones", join(sorter.repeated))));
}

std::string iso_date(std::uint64_t time_s) {
  // Civil date from days, after the proleptic Gregorian calendar's 400-year cycle.
  const auto days = static_cast<std::int64_t>(time_s / 86400) + 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_index = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const std::int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const std::uint64_t second = time_s % 86400;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, second / 3600,
                     second / 60 % 60, second % 60);
}

}  // namespace

LogEvidence read_log(const Question& question, const trust::Roster& roster,
                     std::set<std::uint64_t> sizes, const Progress& progress) {
  LogEvidence evidence;
  LogReport& report = evidence.report;
  if (question.log_files == nullptr) {
    leave_unchecked(report, 0, "no log was given");
    return evidence;
  }
  report.given = true;
  log::LogReader reader(*question.log_files, question.log_folder);
  const auto note = reader.checkpoint();
  if (!note) {
    evidence.unreadable = true;
    leave_unchecked(report, 0, "the log could not be read: " + note.error().message);
    return evidence;
  }
  const auto verified = log::verify_checkpoint(*note, roster.log, roster.witnesses, 0);
  if (!verified) {
    report.claims.push_back(does_not_hold("checkpoint", verified.error().message));
    leave_unchecked(report, 1, "the checkpoint does not hold");
    return evidence;
  }
  report.origin = verified->checkpoint.origin;
  report.size = verified->checkpoint.size;
  report.root = base64_encode(verified->checkpoint.root);
  note_sights(evidence, *verified);
  report.claims.push_back(
      holds("checkpoint", fmt::format("{}, {} entries", report.origin, report.size)));

  EntrySorter sorter{roster.device_keys(), evidence, sizes, {}, {}, {}, {}};
  sorter.note_root();
  const Status visited = reader.visit_entries(report.size, verified->checkpoint.root,
                                              [&](std::uint64_t index, ByteView entry) -> Status {
                                                sorter.take(index, entry);
                                                progress("log entries", index + 1, report.size);
                                                return {};
                                              });
  if (!visited) {
    evidence.unreadable = is_unreadable(visited.error());
    report.claims.push_back(
        evidence.unreadable
            ? unchecked("entries", "the log could not be read: " + visited.error().message)
            : does_not_hold("entries", visited.error().message));
    leave_unchecked(report, 2, "the entries are not those of the checkpoint");
    return evidence;
  }
  report.claims.push_back(
      holds("entries",
            fmt::format("the root recomputed from {} entries is the signed one", report.size)));
  report_entries(report, sorter);
  evidence.believed = true;
  return evidence;
}

std::vector<VerifiedHeld> verify_held(const Question& question, const trust::Roster& roster) {
  std::vector<VerifiedHeld> held;
  for (const HeldCheckpoint& checkpoint : question.checkpoints)
    held.push_back({checkpoint.name, false,
                    log::verify_checkpoint(checkpoint.note, roster.log, roster.witnesses, 0)});
  if (question.log_files == nullptr) return held;
  const auto own =
      question.log_files->read(question.log_folder + "/cosigned", log::kNoteLimitBytes);
  if (own)
    held.push_back(
        {"cosigned", true, log::verify_checkpoint(as_text(*own), roster.log, roster.witnesses, 0)});
  return held;
}

namespace {

Claim judge_consistency(const LogEvidence& evidence, const VerifiedHeld& held) {
  if (!held.checkpoint)
    return does_not_hold("consistency", held.name + ": " + held.checkpoint.error().message);
  const log::Checkpoint& checkpoint = held.checkpoint->checkpoint;
  if (!evidence.believed)
    return unchecked("consistency",
                     "there is no log that " + held.name + " could be compared with");
  const std::uint64_t size = evidence.report.size;
  if (checkpoint.size > size)
    return does_not_hold("consistency",
                         fmt::format("{} was signed for {} entries, and the log given has only {}",
                                     held.name, checkpoint.size, size));
  if (evidence.roots.at(checkpoint.size) != checkpoint.root)
    return does_not_hold("consistency",
                         fmt::format("the log has two faces: its first {} entries are not those "
                                     "that {} was signed for",
                                     checkpoint.size, held.name));
  return holds("consistency",
               fmt::format("the first {} entries are those of {}", checkpoint.size, held.name));
}

Claim judge_witnesses(const LogEvidence& evidence, const trust::Roster& roster) {
  if (!evidence.believed) return unchecked("witnesses", "there is no log to be witnessed");
  std::string names;
  std::size_t whole = 0;
  std::uint64_t furthest = 0;
  for (const WitnessSight& sight : evidence.sights) {
    names += fmt::format("{}{} saw {} entries at {}", names.empty() ? "" : ", ", sight.witness,
                         sight.size, iso_date(sight.time_s));
    if (sight.size == evidence.report.size) ++whole;
    furthest = std::max(furthest, sight.size);
  }
  const auto quorum = static_cast<std::size_t>(roster.policy.witness_quorum);
  if (whole < quorum)
    return does_not_hold(
        "witnesses", fmt::format("policy demands {} for the whole log, {} signed", quorum, whole));
  if (whole > 0) return holds("witnesses", names);
  if (furthest > 0)
    return unchecked("witnesses",
                     fmt::format("only the first {} entries were witnessed ({})", furthest, names));
  return unchecked("witnesses",
                   "no witness signed, and the roster demands none: others may have been shown "
                   "another log");
}

}  // namespace

void compare_with_held(LogEvidence& evidence, const std::vector<VerifiedHeld>& held,
                       const trust::Roster& roster) {
  LogReport& report = evidence.report;
  if (std::ranges::all_of(held, &VerifiedHeld::of_log))
    report.claims.push_back(
        unchecked("consistency", "no older checkpoint was given (--checkpoint)"));
  for (const VerifiedHeld& one : held) {
    Claim claim = judge_consistency(evidence, one);
    const bool seen = claim.verdict == Verdict::kHolds;
    // What the log brings itself is worth saying only where it convicts the log.
    if (!one.of_log || claim.verdict == Verdict::kDoesNotHold)
      report.claims.push_back(std::move(claim));
    if (seen) note_sights(evidence, *one.checkpoint);
  }
  report.claims.push_back(judge_witnesses(evidence, roster));
}

}  // namespace vigil::verify
