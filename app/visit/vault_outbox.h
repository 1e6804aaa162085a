// SPDX-License-Identifier: Apache-2.0
//
// The vault's sealed bundles, as the transports see them. A bundle is erased only after its receipt
// was verified, and then as the roster's retention says. Where the hub raised an alarm with it, the
// bundle goes on waiting: a fork is in the log, yet no office imports it. A receipt that comes back
// on a stick (which the office lays beside what it has imported) ends that.
#pragma once

#include "core/base/files.h"
#include "core/vault/outbox.h"
#include "core/vault/vault.h"
#include "sync/outbox.h"

namespace vigil::visit {

class VaultOutbox final : public sync::Outbox {
 public:
  // Both outlive it. `retention_days`: how long a received bundle stays; 0 erases it at once.
  VaultOutbox(vault::Vault& vault, Files& files, int retention_days)
      : vault_(vault), files_(files), retention_days_(retention_days) {}

  Result<std::vector<Item>> waiting() override;
  Result<std::unique_ptr<ReadableFile>> open(const bundle::BundleId& id) override;
  Status progressed(const bundle::BundleId& id, std::uint64_t sent_bytes) override;
  Status acknowledged(const sync::Delivery& delivery) override;
  Status refused(const bundle::BundleId& id, const Error& reason) override;

 private:
  vault::Vault& vault_;
  Files& files_;
  int retention_days_;
};

}  // namespace vigil::visit
