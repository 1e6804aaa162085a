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

// The control that answers a node, and the kind of file an upload takes.
[[nodiscard]] Control control_of(const forms::NodeState& node);
[[nodiscard]] FileKind file_kind_of(const forms::NodeState& node);
// Both, and what the control needs: range, columns, unit.
void describe_control(const forms::NodeState& node, QuestionCard& card);

[[nodiscard]] QuestionCard question_card(const ChecklistInput& input, const forms::NodeState& node);
// The card of the question per source whose group is input.nodes[index].
[[nodiscard]] QuestionCard sources_card(const ChecklistInput& input, std::size_t index,
                                        const std::vector<visit::Mismatch>& mismatches);
// "Sources disagree: staff “Yes”, ..." and the list alone.
[[nodiscard]] std::string mismatch_sentence(const words::Words& words,
                                            const visit::Mismatch& mismatch);
[[nodiscard]] std::string mismatch_list(const words::Words& words, const visit::Mismatch& mismatch);

// A note names the photos beside its answer, a line each, so that the office knows where they
// belong. Whoever writes it sees the words alone; what is written anew keeps the names.
[[nodiscard]] std::string note_words(std::string_view note);
[[nodiscard]] std::string note_with_photos(std::string_view words, std::string_view note_before);

}  // namespace vigil::tablet
