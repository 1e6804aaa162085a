// SPDX-License-Identifier: Apache-2.0
#include "app/office/opening_keys.h"

#include "core/vault/settings.h"

namespace vigil::office {

Result<std::vector<crypto::age::Identity>> opening_keys(vault::Vault& vault) {
  std::vector<crypto::age::Identity> found;
  for (const std::string_view name :
       {vault::kOpeningIdentitySecret, vault::kRestrictedIdentitySecret}) {
    VIGIL_ASSIGN(const bool has, vault::has_secret(vault, name));
    if (!has) continue;
    VIGIL_ASSIGN(const auto text, vault::get_secret(vault, name));
    VIGIL_ASSIGN(auto identities, crypto::age::Identity::parse_file(text.view()));
    for (crypto::age::Identity& identity : identities) found.push_back(std::move(identity));
  }
  return found;
}

}  // namespace vigil::office
