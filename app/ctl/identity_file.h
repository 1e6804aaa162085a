// SPDX-License-Identifier: Apache-2.0
//
// A file of age identities, plain or itself locked with a passphrase (as `age -p` makes it).
#pragma once

#include <string>

#include "app/ctl/command.h"
#include "core/crypto/age.h"

namespace vigil::ctl {

// Asks for the passphrase only where the file is locked. kNotFound, kStorage; kInvalid
// "age.identity"; as crypto::age::decrypt() where the passphrase is wrong.
[[nodiscard]] Result<crypto::age::IdentityFile> read_identity_file(
    const std::string& path, const PassphraseOptions& passphrase);

}  // namespace vigil::ctl
