// SPDX-License-Identifier: Apache-2.0
//
// The files in outbox/ against the rows that name them. core/vault's own.
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/vault/store.h"

namespace vigil::vault {

[[nodiscard]] std::string outbox_path(const Store& store, const bundle::BundleId& id);
// The name a bundle has until it is sealed whole.
[[nodiscard]] std::string sealing_path(const Store& store);
// Removes what no row names (a sealing that a crash undid, a bundle already erased).
[[nodiscard]] Status remove_orphans(Store& store);

}  // namespace vigil::vault
