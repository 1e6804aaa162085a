// SPDX-License-Identifier: Apache-2.0
//
// Random, speakable names for visits: a word and two digits, "RIVER-08". core/vault's own.
#pragma once

#include <string>

namespace vigil::vault {

// Random only: nothing of the visit is in it.
[[nodiscard]] std::string random_visit_code();

}  // namespace vigil::vault
