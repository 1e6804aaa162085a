// SPDX-License-Identifier: Apache-2.0
//
// One report, three forms. The same claims in the same order in each.
#pragma once

#include <string>

#include "app/verify/claim.h"

namespace vigil::verify {

// For a terminal. Past kFullBundles bundles those with nothing wrong take one line each.
inline constexpr std::size_t kFullBundles = 50;
[[nodiscard]] std::string report_text(const Report& report);

// {"office","roster_version","roster_digest","bundles":[...],"devices":[...],"log":{...},"tally"};
// docs/auditor.md lists every member.
[[nodiscard]] std::string report_json(const Report& report);

// One self-contained page (no script, no link, no font from elsewhere) fit for a court file.
// `made_at` is shown as this computer's own, unproven, time.
[[nodiscard]] std::string report_html(const Report& report, const std::string& made_at);

}  // namespace vigil::verify
