// SPDX-License-Identifier: Apache-2.0
//
// The roster this vault acts on: kept as signed text, verified again with the pinned root key each
// time it is read.
#pragma once

#include "core/base/error.h"
#include "core/trust/kit.h"
#include "core/trust/roster.h"
#include "core/vault/vault.h"

namespace vigil::visit {

struct CurrentRoster {
  trust::SignedRoster signed_roster;
  trust::Roster roster;
};

// kNotFound "roster.absent": not enrolled yet.
[[nodiscard]] Result<CurrentRoster> current_roster(vault::Vault& vault);

// The root key this vault trusts. kNotFound "roster.absent".
[[nodiscard]] Result<crypto::minisign::PublicKey> pinned_root(vault::Vault& vault);

// Takes a verified kit: roster, forms, country data, and where the hub is; a hub that somebody had
// typed here yields to the kit's. The first one pins the root key; later ones
// must come from the same root, or one it handed over to, and may not be older. kConflict
// "roster.rollback", "kit.rollback" (another kit of the same version); kInvalid
// "kit.form": a form in it does not load. Installs nothing unless all of it is fit.
struct AcceptedKit {
  std::uint64_t roster_version = 0;
  std::vector<std::string> forms;  // "title (version)"
  std::optional<trust::HubAddress> hub;
};
[[nodiscard]] Result<AcceptedKit> accept_kit(vault::Vault& vault, ByteView archive,
                                             const trust::VerifiedKit& kit);

}  // namespace vigil::visit
