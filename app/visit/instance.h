// SPDX-License-Identifier: Apache-2.0
//
// Between the vault's (ref, value) rows and the instance XML that the form engine restores. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/vault/answers.h"

namespace vigil::visit {

// The instance document that holds these answers. `form_id` and `form_version` become the root's
// attributes. Empty where there are no answers. Requires: refs of one form.
[[nodiscard]] std::string instance_from_answers(std::string_view form_id,
                                                std::string_view form_version,
                                                const std::vector<vault::Answer>& answers);

// Leaves with a value, in document order; [n] on siblings that share a name. kInvalid
// "instance.xml".
[[nodiscard]] Result<std::vector<vault::Answer>> answers_from_instance(std::string_view xml);

// Both lists in one: a value in `second` fills what is empty or absent in `first`.
[[nodiscard]] std::vector<vault::Answer> merge_answers(std::vector<vault::Answer> first,
                                                       const std::vector<vault::Answer>& second);

}  // namespace vigil::visit
