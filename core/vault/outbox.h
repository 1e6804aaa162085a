// SPDX-License-Identifier: Apache-2.0
//
// Sealed bundles on their way: queued -> uploading -> acknowledged (a verified receipt) | refused.
// The ciphertext is erased only after acknowledge(), which callers make only once the receipt has
// verified against the roster's log key: never on a status code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/vault/ids.h"
#include "core/vault/vault.h"

namespace vigil::vault {

enum class UploadState { kQueued, kUploading, kAcknowledged, kRefused };
[[nodiscard]] std::string_view to_string(UploadState state);  // "queued", ...

struct OutboxEntry {
  bundle::BundleId id;
  std::uint64_t sequence = 0;
  VisitId visit;
  std::string path;  // empty once erased
  std::uint64_t size_bytes = 0;
  WallTime sealed;  // the device's clock, only the day
  UploadState state = UploadState::kQueued;
  std::string upload_url;        // the hub's resource while uploading
  std::uint64_t sent_bytes = 0;  // acknowledged by the hub
  std::string refusal;           // why the hub refused, its words
  std::string receipt;           // tlog-proof text once acknowledged
};

// By sequence, erased ones included.
[[nodiscard]] Result<std::vector<OutboxEntry>> outbox(Vault& vault);
[[nodiscard]] Result<OutboxEntry> outbox_entry(
    Vault& vault, const bundle::BundleId& id);  // kNotFound "outbox.absent"

// Bundles in outbox/ that no row names, by name: an older vault.db was put back, or somebody laid
// them there. They are never erased. Opening takes those back into the outbox that this device
// signed and that go on where its chain ends; what is listed here can only be carried by hand.
struct UnknownBundle {
  std::string name;
  std::string path;
  std::uint64_t size_bytes = 0;
};
[[nodiscard]] Result<std::vector<UnknownBundle>> unknown_bundles(Vault& vault);

// Queued, uploading or refused. kConflict "outbox.acknowledged": it was acknowledged already.
struct UploadProgress {
  UploadState state = UploadState::kUploading;
  std::string upload_url;
  std::uint64_t sent_bytes = 0;
  std::string refusal;
};
[[nodiscard]] Status set_upload_progress(Vault& vault, const bundle::BundleId& id,
                                         const UploadProgress& progress);
// Keeps the verified receipt. The same again is fine.
[[nodiscard]] Status acknowledge(Vault& vault, const bundle::BundleId& id,
                                 std::string_view receipt);
// Removes the ciphertext of an acknowledged bundle; its row and receipt stay. kConflict
// "outbox.unacknowledged".
[[nodiscard]] Status erase_sent(Vault& vault, const bundle::BundleId& id);
// Erases every acknowledged bundle sealed `days` or more ago by the device's clock (the roster's
// retention policy; 0: all acknowledged). Returns how many.
[[nodiscard]] Result<int> apply_retention(Vault& vault, int days);

}  // namespace vigil::vault
