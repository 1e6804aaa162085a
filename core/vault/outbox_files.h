// SPDX-License-Identifier: Apache-2.0
//
// The files in outbox/ against the rows that name them. core/vault's own. Only what this vault
// itself noted down is ever removed: a file without a row may be the only copy of a visit, where an
// older vault.db was put back.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/vault/ids.h"
#include "core/vault/store.h"

namespace vigil::vault {

inline constexpr std::string_view kBundleTail = ".vigil";

[[nodiscard]] std::string outbox_path(const Store& store, const bundle::BundleId& id);
// The name a bundle has until it is sealed whole.
[[nodiscard]] std::string sealing_path(const Store& store);

// Notes durably that a bundle is about to get its name in outbox/, and removes what earlier
// sealings left that never got their row.
[[nodiscard]] Status begin_sealing(Store& store, const bundle::BundleId& id);
// Its row is there. Within the caller's transaction.
[[nodiscard]] Status end_sealing(Store& store);
// Its row in the outbox, sealed today. Within the caller's transaction.
struct QueuedBundle {
  std::uint64_t sequence = 0;
  bundle::BundleId id;
  VisitId visit;
  std::uint64_t size_bytes = 0;
};
[[nodiscard]] Status queue_bundle(Store& store, const QueuedBundle& bundle);
// Removes what a crash left: a sealing without its row, and bundles that were erased already.
[[nodiscard]] Status remove_leftovers(Store& store);
// Takes unknown bundles back into the outbox that this device signed and that go on where its chain
// ends. A vault without a device key has none.
[[nodiscard]] Status adopt_bundles(Vault& vault);

}  // namespace vigil::vault
