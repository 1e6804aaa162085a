// SPDX-License-Identifier: Apache-2.0
//
// vigil::sensitivity follows the answers: what is made from an answer tells that answer.
#pragma once

#include <vector>

#include "forms/xform/reads.h"

namespace vigil::forms {

// Raises every node to the level of what it is made from, however long the way: calculated, set by
// an action, chosen from a list of answers, copied from the last saved record. An author may state
// a lower level (hours out of two confidential times), but nothing made from a restricted answer
// can be lowered, since a copy is a copy. Warns of questions asked only because of one.
// `reads` are those of each rule.
void spread_sensitivity(const std::vector<Rule>& rules, const std::vector<std::vector<Read>>& reads,
                        const ReadFinder& finder, Form& form);

}  // namespace vigil::forms
