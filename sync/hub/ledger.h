// SPDX-License-Identifier: Apache-2.0
//
// The bundles the hub has taken: bundles/<id>.vigil and one leaf each in log/. The log is the
// index: what is in memory is rebuilt from it at every start. A bundle is taken when its leaf is
// under a signed checkpoint, not before. Thread: safe from any.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/bundle/check.h"
#include "core/log/tiles.h"
#include "sync/hub/cosigned.h"

namespace vigil::hub {

// Something both sides must hear about a bundle that was taken nevertheless: evidence is never
// dropped. kFork: the device has another bundle of this sequence (a restored tablet, or a copied
// key). kChain: it does not name the device's bundle before it. kUnprovenTime: it came after its
// key was revoked, with a sequence from before.
enum class Alarm { kNone, kFork, kChain, kUnprovenTime };
[[nodiscard]] std::string_view to_string(Alarm alarm);  // "", "hub.fork", "hub.chain", ...

struct LedgerEntry {
  std::uint64_t index = 0;  // in the log
  bundle::BundleId id;
  crypto::minisign::PublicKey device;
  std::uint64_t sequence = 0;
  bundle::BundleId previous;
  std::uint64_t size_bytes = 0;
  Alarm alarm = Alarm::kNone;
};

class Ledger {
 public:
  // Opens log/ and bundles/ in `folder`. kInvalid "hub.bundle_missing": the log names a bundle
  // whose file is gone (restore it from a backup, or the office's copy).
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(Files& files, const std::string& folder,
                                                            log::SignerKey key);

  [[nodiscard]] std::optional<LedgerEntry> find(const bundle::BundleId& id);
  // Entries with an index above `after`, in order, at most `limit`.
  [[nodiscard]] std::vector<LedgerEntry> list(std::optional<std::uint64_t> after,
                                              std::size_t limit);
  [[nodiscard]] std::uint64_t size();
  // tlog-proof: where the policy demands witnesses, against the newest checkpoint that they signed
  // and that covers the bundle, else against the newest. kNotFound "hub.no_bundle".
  [[nodiscard]] Result<std::string> receipt(const bundle::BundleId& id,
                                            const WitnessPolicy& policy);
  // Takes a checkpoint of this log that witnesses signed. Returns how many of those that the roster
  // names have signed it now. kConflict "hub.other_log": this log does not begin with it: it was
  // restored from a backup, or has two faces; codes of Cosigned::add().
  struct CosignedAnswer {
    std::uint64_t size = 0;
    std::size_t witnesses = 0;
  };
  [[nodiscard]] Result<CosignedAnswer> cosign(std::string_view note, const WitnessPolicy& policy);
  [[nodiscard]] Result<std::shared_ptr<ReadableFile>> open_bundle(const bundle::BundleId& id);

  // Moves the checked file at `path` in and appends its leaf; a bundle that is already here is
  // returned as it is, without a second leaf.
  [[nodiscard]] Result<LedgerEntry> take(const bundle::CheckedBundle& checked,
                                         const std::string& path, bool unproven_time);
  // Files in bundles/ that no leaf names: a crash came between the move and the leaf.
  [[nodiscard]] Result<std::vector<std::string>> orphans();
  [[nodiscard]] std::string bundle_path(const bundle::BundleId& id) const;

 private:
  Ledger(Files& files, const std::string& folder, log::LogWriter writer, Cosigned cosigned);
  Status load();
  const LedgerEntry& remember(LedgerEntry entry);
  [[nodiscard]] bool chain_broken(const LedgerEntry& entry) const;
  [[nodiscard]] std::string unproven_path(const bundle::BundleId& id) const;

  Files& files_;
  const std::string log_folder_;
  const std::string bundles_folder_;
  std::mutex mutex_;
  log::LogWriter writer_;
  Cosigned cosigned_;
  std::vector<LedgerEntry> entries_;  // by index
  std::map<bundle::BundleId, std::size_t> by_id_;
  using DevicePlace = std::pair<crypto::minisign::PublicKey, std::uint64_t>;
  std::multimap<DevicePlace, std::size_t> by_place_;  // device and sequence
};

}  // namespace vigil::hub
