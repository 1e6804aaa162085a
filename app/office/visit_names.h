// SPDX-License-Identifier: Apache-2.0
//
// Which sealed visit is meant. A code is for people on a telephone and there are few of them: two
// tablets may have made the same one for two visits. A bundle is one visit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/vault/vault.h"

namespace vigil::office {

struct SealedVisit {
  bundle::BundleId bundle;
  std::string code;
  std::string tablet;  // its label in the roster; "" where the roster no longer has it
  std::uint64_t bundle_number = 0;
  // What names this visit and no other here: the code; "CODE@tablet-2" where another tablet has the
  // same; "CODE@tablet-2/7" where its own bundle has; else the bundle's id.
  std::string name;
};

// All that were imported, in the order they came.
[[nodiscard]] Result<std::vector<SealedVisit>> sealed_visits(vault::Vault& vault);
// By a name as above, or a bundle's id. kNotFound "visit.absent"; kUsage "visit.ambiguous": its
// message lists the names.
[[nodiscard]] Result<SealedVisit> find_visit(const std::vector<SealedVisit>& visits,
                                             std::string_view name);
// That of this bundle, without a name where it is none of `visits`.
[[nodiscard]] SealedVisit visit_of(const std::vector<SealedVisit>& visits,
                                   const bundle::BundleId& bundle);
// Those of another bundle that have the code of this one.
[[nodiscard]] std::vector<SealedVisit> namesakes(const std::vector<SealedVisit>& visits,
                                                 const SealedVisit& visit);

}  // namespace vigil::office
