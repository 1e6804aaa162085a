// SPDX-License-Identifier: Apache-2.0
//
// randomize(): the order that every ODK tool gives for the same seed. Not for other folders.
#pragma once

#include <cstdint>

#include "forms/expression/evaluator.h"

namespace vigil::forms {

// The seed that a value stands for: whole part of a number; a text that is none is hashed.
[[nodiscard]] std::int64_t seed_from(const Evaluator& evaluator, const Value& value);

// Fisher-Yates from the front with the Park-Miller generator (16807, 2^31 - 1).
void shuffle(NodeSet& nodes, std::int64_t seed);

}  // namespace vigil::forms
