// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/ledger.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace vigil::hub {
namespace {

constexpr std::string_view kBundleEnding = ".vigil";

std::unexpected<Error> no_bundle() {
  return fail(ErrorKind::kNotFound, "hub.no_bundle", "The hub has no bundle with this id.");
}

}  // namespace

std::string_view to_string(Alarm alarm) {
  switch (alarm) {
    case Alarm::kNone:
      return "";
    case Alarm::kFork:
      return "hub.fork";
    case Alarm::kChain:
      return "hub.chain";
    case Alarm::kUnprovenTime:
      return "hub.unproven_time";
  }
  return "";
}

Ledger::Ledger(Files& files, const std::string& folder, log::LogWriter writer, Cosigned cosigned)
    : files_(files),
      log_folder_(folder + "/log"),
      bundles_folder_(folder + "/bundles"),
      writer_(std::move(writer)),
      cosigned_(std::move(cosigned)) {}

Result<std::unique_ptr<Ledger>> Ledger::open(Files& files, const std::string& folder,
                                             log::SignerKey key) {
  VIGIL_TRY(files.make_directories(folder + "/log"));
  VIGIL_TRY(files.make_directories(folder + "/bundles"));
  const log::VerifierKey verifier = key.verifier();
  VIGIL_ASSIGN(log::LogWriter writer, log::LogWriter::open(files, folder + "/log", std::move(key)));
  VIGIL_ASSIGN(Cosigned cosigned, Cosigned::open(files, folder + "/log"));
  std::unique_ptr<Ledger> ledger(new Ledger(files, folder, std::move(writer), std::move(cosigned)));
  VIGIL_ASSIGN(const log::VerifiedCheckpoint now,
               log::verify_checkpoint(ledger->writer_.signed_checkpoint(), verifier, {}, 0));
  log::LogReader reader(files, ledger->log_folder_);
  VIGIL_TRY(reader.visit_entries(
      now.checkpoint.size, now.checkpoint.root,
      [&ledger](std::uint64_t index, ByteView entry) -> Status {
        VIGIL_ASSIGN(const bundle::LogEntryParts parts, bundle::split_log_entry(entry));
        VIGIL_ASSIGN(const bundle::Manifest manifest, bundle::parse_manifest(parts.manifest_json));
        LedgerEntry known;
        known.index = index;
        known.id = bundle::bundle_id(parts.manifest_json);
        known.device = manifest.device;
        known.sequence = manifest.sequence;
        known.previous = manifest.previous;
        ledger->remember(std::move(known));
        return {};
      }));
  VIGIL_TRY(ledger->load());
  return ledger;
}

Status Ledger::load() {
  for (LedgerEntry& entry : entries_) {
    const std::string path = bundle_path(entry.id);
    if (!files_.exists(path)) {
      return fail(ErrorKind::kInvalid, "hub.bundle_missing",
                  fmt::format("The log names bundle {}, but its file is not in bundles/: put it "
                              "back from a backup or from the office's copy.",
                              to_string(entry.id)));
    }
    VIGIL_ASSIGN(const auto file, files_.open(path));
    entry.size_bytes = file->size_bytes();
    if (entry.alarm == Alarm::kNone && files_.exists(unproven_path(entry.id))) {
      entry.alarm = Alarm::kUnprovenTime;
    }
  }
  return {};
}

std::string Ledger::bundle_path(const bundle::BundleId& id) const {
  return bundles_folder_ + "/" + to_string(id) + std::string(kBundleEnding);
}

// The log has no time of arrival, so "came after the revocation" is kept as an empty file.
std::string Ledger::unproven_path(const bundle::BundleId& id) const {
  return bundles_folder_ + "/" + to_string(id) + ".unproven";
}

bool Ledger::chain_broken(const LedgerEntry& entry) const {
  if (entry.sequence <= 1) return false;
  const auto [before, end] = by_place_.equal_range({entry.device, entry.sequence - 1});
  return before != end && std::none_of(before, end, [&](const auto& place) {
           return entries_[place.second].id == entry.previous;
         });
}

const LedgerEntry& Ledger::remember(LedgerEntry entry) {
  const DevicePlace here{entry.device, entry.sequence};
  if (by_place_.contains(here)) {
    entry.alarm = Alarm::kFork;
  } else if (chain_broken(entry)) {
    entry.alarm = Alarm::kChain;
  }
  const std::size_t place = entries_.size();
  by_id_[entry.id] = place;
  by_place_.insert({here, place});
  entries_.push_back(std::move(entry));
  // Carriers change the order: what comes after may have been here first.
  const auto [next, end] = by_place_.equal_range({here.first, here.second + 1});
  for (auto later = next; later != end; ++later) {
    LedgerEntry& known = entries_[later->second];
    if (known.alarm == Alarm::kNone && chain_broken(known)) known.alarm = Alarm::kChain;
  }
  return entries_[place];
}

std::optional<LedgerEntry> Ledger::find(const bundle::BundleId& id) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return entries_[found->second];
}

std::vector<LedgerEntry> Ledger::list(std::optional<std::uint64_t> after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<LedgerEntry> out;
  const std::size_t from =
      after ? static_cast<std::size_t>(std::min<std::uint64_t>(entries_.size(), *after + 1)) : 0;
  for (std::size_t i = from; i < entries_.size() && out.size() < limit; ++i) {
    out.push_back(entries_[i]);
  }
  return out;
}

std::uint64_t Ledger::size() {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

Result<std::string> Ledger::receipt(const bundle::BundleId& id, const WitnessPolicy& policy) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return no_bundle();
  const std::uint64_t index = entries_[found->second].index;
  const std::string note = policy.quorum == 0 ? std::string() : cosigned_.covering(index, policy);
  return note.empty() ? writer_.receipt(index) : writer_.receipt(index, note);
}

Result<Ledger::CosignedAnswer> Ledger::cosign(std::string_view note, const WitnessPolicy& policy) {
  const std::lock_guard lock(mutex_);
  VIGIL_ASSIGN(const log::VerifiedCheckpoint signed_note,
               log::verify_checkpoint(note, policy.log, policy.witnesses, 0));
  VIGIL_ASSIGN(const bool own, writer_.owns(signed_note.checkpoint));
  if (!own)
    return fail(ErrorKind::kConflict, "hub.other_log",
                "This checkpoint is not of the log as it is here: the hub was restored from a "
                "backup, or shows two faces. Keep the checkpoint and tell the office.");
  VIGIL_ASSIGN(const std::size_t witnesses, cosigned_.add(signed_note.checkpoint, note, policy));
  return CosignedAnswer{signed_note.checkpoint.size, witnesses};
}

Result<std::shared_ptr<ReadableFile>> Ledger::open_bundle(const bundle::BundleId& id) {
  if (!find(id)) return no_bundle();
  VIGIL_ASSIGN(std::unique_ptr<ReadableFile> file, files_.open(bundle_path(id)));
  return std::shared_ptr<ReadableFile>(std::move(file));
}

Result<LedgerEntry> Ledger::take(const bundle::CheckedBundle& checked, const std::string& path,
                                 bool unproven_time) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_id_.find(checked.id); found != by_id_.end()) {
    return entries_[found->second];
  }
  if (path != bundle_path(checked.id)) VIGIL_TRY(files_.rename(path, bundle_path(checked.id)));
  if (unproven_time) VIGIL_TRY(files_.write_atomically(unproven_path(checked.id), {}, true));
  const Bytes leaf = bundle::log_entry(checked.manifest_json, checked.signature_file);
  LedgerEntry entry;
  VIGIL_ASSIGN(entry.index, writer_.append({leaf}));
  entry.id = checked.id;
  entry.device = checked.manifest.device;
  entry.sequence = checked.manifest.sequence;
  entry.previous = checked.manifest.previous;
  entry.size_bytes = checked.size_bytes;
  if (unproven_time) entry.alarm = Alarm::kUnprovenTime;
  return remember(std::move(entry));
}

Result<std::vector<std::string>> Ledger::orphans() {
  VIGIL_ASSIGN(const std::vector<std::string> names, files_.list(bundles_folder_));
  std::vector<std::string> out;
  for (const std::string& name : names) {
    if (!name.ends_with(kBundleEnding)) continue;
    const auto id = bundle::parse_bundle_id(name.substr(0, name.size() - kBundleEnding.size()));
    if (!id || !find(*id)) out.push_back(bundles_folder_ + "/" + name);
  }
  return out;
}

}  // namespace vigil::hub
