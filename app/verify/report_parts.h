// SPDX-License-Identifier: Apache-2.0
//
// What the reports on bundles and on evidence have in common. Internal to app/verify.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/verify/claim.h"
#include "core/base/json.h"

namespace vigil::verify {

[[nodiscard]] std::string claim_lines(const std::vector<Claim>& claims);
[[nodiscard]] std::string tally_text(const Tally& sum);
[[nodiscard]] Json claims_json(const std::vector<Claim>& claims);
[[nodiscard]] Json tally_json(const Tally& sum);
[[nodiscard]] std::string claims_table(const std::vector<Claim>& claims);
// Text of somebody else's (a file name, a reason) that can neither steer a terminal nor pass for
// another line of the report.
[[nodiscard]] std::string one_line(std::string_view text);
// The same for a page: line breaks stay, as they mean nothing there.
[[nodiscard]] std::string escaped(std::string_view text);
// From the doctype to the opening of <body> and the page's heading. `title` is escaped here.
[[nodiscard]] std::string page_start(std::string_view title, std::string_view heading);

}  // namespace vigil::verify
