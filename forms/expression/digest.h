// SPDX-License-Identifier: Apache-2.0
//
// digest(): checksums that form authors ask for by name. Nothing here protects anything.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/bytes.h"

namespace vigil::forms {

// `algorithm` as in the ODK specification: "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", in any
// case. nullopt for another.
[[nodiscard]] std::optional<Bytes> digest_of(std::string_view text, std::string_view algorithm);

}  // namespace vigil::forms
