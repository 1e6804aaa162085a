// SPDX-License-Identifier: Apache-2.0
//
// Pictures of the screens without a display: for the README, the demonstration, and judging.
#pragma once

#include <string>

#include "app/tablet/options.h"
#include "app/tablet/state/app.h"
#include "app/ui/host.h"

namespace vigil::tablet {

// Writes NAME.png for every sample screen.
[[nodiscard]] Status write_sample_pictures(ui::Host& host, Files& files, const Options& options);

// Unlock, visits, and the newest open visit's checklist and review out of a real vault.
// `passphrase` may be nullptr: then only the unlock screen can be drawn.
[[nodiscard]] Status write_vault_pictures(ui::Host& host, Files& files, const Options& options,
                                          App& app, const crypto::SecretBytes* passphrase);

}  // namespace vigil::tablet
