// SPDX-License-Identifier: Apache-2.0
//
// How every command that speaks to a hub is told which one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/trust/hub_address.h"
#include "core/vault/vault.h"
#include "sync/hub_link.h"

namespace CLI {
class App;
}

namespace vigil::ctl {

struct HubOptions {
  trust::HubAddress hub;
};
// --hub and --pin; `required` where there is no vault that could know the hub.
void add_hub_options(CLI::App& command, HubOptions& options, bool required = false);

// The hub that was said, else the one that `vault` knows (app/visit/hub.h). kUsage "hub.absent":
// neither; else as sync::HubLink::open().
[[nodiscard]] Result<std::unique_ptr<sync::HubLink>> open_hub(const HubOptions& options,
                                                              vault::Vault* vault);

// A person waits at a terminal: after five failures in a row, some eight seconds with the waits,
// he is told.
[[nodiscard]] sync::Patience hub_patience();

}  // namespace vigil::ctl
