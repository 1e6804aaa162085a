// SPDX-License-Identifier: Apache-2.0
//
// One question of a form session as a card. Pure.
#pragma once

#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/checklist_model.h"
#include "app/visit/sources.h"
#include "forms/session/session.h"

namespace vigil::tablet {

[[nodiscard]] QuestionCard question_card(const ChecklistInput& input, const forms::NodeState& node);
// The card of the question per source whose group is input.nodes[index].
[[nodiscard]] QuestionCard sources_card(const ChecklistInput& input, std::size_t index,
                                        const std::vector<visit::Mismatch>& mismatches);
// "Sources disagree: staff “Yes”, ..." and the list alone.
[[nodiscard]] std::string mismatch_sentence(const ui::Words& words,
                                            const visit::Mismatch& mismatch);
[[nodiscard]] std::string mismatch_list(const ui::Words& words, const visit::Mismatch& mismatch);

}  // namespace vigil::tablet
