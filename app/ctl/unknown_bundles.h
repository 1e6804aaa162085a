// SPDX-License-Identifier: Apache-2.0
//
// How a tablet's commands say that bundles lie in its outbox which its vault does not know.
#pragma once

#include "core/base/json.h"
#include "core/vault/outbox.h"

namespace vigil::ctl {

// Their names.
[[nodiscard]] Json::List unknown_bundles_json(const std::vector<vault::UnknownBundle>& unknown);
// A line each, and what to do; nothing where there is none.
void print_unknown_bundles(const std::vector<vault::UnknownBundle>& unknown);

}  // namespace vigil::ctl
