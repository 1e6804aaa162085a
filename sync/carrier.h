// SPDX-License-Identifier: Apache-2.0
//
// The stick instead of the network: the same bundles, the same receipts, in a folder. The tablet
// copies out; whoever sits at a network pushes the folder to the hub and the receipts land beside
// the bundles; the tablet takes them in. Thread: one thread at a time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/trust/roster.h"
#include "sync/outbox.h"

namespace vigil::sync {

// The bundles in a folder, whatever their files are called (a copy may be "Visit (2).vigil");
// <id>.receipt in it says that one was delivered.
class FolderOutbox final : public Outbox {
 public:
  FolderOutbox(Files& files, std::string folder) : files_(files), folder_(std::move(folder)) {}
  // Reads every file, and every bundle whole: what is not sound does not wait.
  Result<std::vector<Item>> waiting() override;
  Result<std::unique_ptr<ReadableFile>> open(const bundle::BundleId& id) override;
  Status progressed(const bundle::BundleId&, std::uint64_t) override { return {}; }
  // Writes the receipt, for which a tablet erases the bundle: none where the hub raised an alarm.
  // The bundle stays: the stick's owner decides.
  Status acknowledged(const Delivery& delivery) override;
  Status refused(const bundle::BundleId&, const Error&) override { return {}; }

  // As of the last waiting(): files that are called like bundles, or begin like one, and are none
  // that is sound.
  [[nodiscard]] const std::vector<std::string>& passed_over() const { return passed_over_; }
  // As of the last waiting(): how many have their receipt already.
  [[nodiscard]] std::size_t received() const { return received_; }

 private:
  Files& files_;
  const std::string folder_;
  std::map<bundle::BundleId, std::string> names_;
  std::vector<std::string> passed_over_;
  std::size_t received_ = 0;
};

[[nodiscard]] std::unexpected<Error> stick_gone();

// Copies everything that waits to `folder`, each file whole or not at all: checked to be what was
// sealed, read back and compared. What is there already, byte for byte, is not written again. One
// that cannot be copied does not hold up the others: `left` says why it stayed, "sync.missing" or
// "sync.damaged" (sealed_file.h), "sync.stick" or what the stick answered. kNotFound
// "sync.stick_gone": no such folder; none is made, for a mount point without its stick is a folder
// of this machine.
struct LeftBehind {
  bundle::BundleId id;
  Error reason;
};
struct CarriedOut {
  std::vector<bundle::BundleId> copied;  // those that are there now
  std::vector<LeftBehind> left;
};
[[nodiscard]] Result<CarriedOut> carry_out(Outbox& outbox, Files& files, const std::string& folder);

// Takes the receipts that lie in `folder` for what waits in the outbox. Each must verify: one that
// does not is skipped and named in `bad`.
struct CarriedReceipts {
  std::vector<bundle::BundleId> acknowledged;
  std::vector<bundle::BundleId> bad;
};
[[nodiscard]] Result<CarriedReceipts> carry_receipts_in(Outbox& outbox, Files& files,
                                                        const std::string& folder,
                                                        const trust::Roster& roster);

}  // namespace vigil::sync
