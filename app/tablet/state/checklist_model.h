// SPDX-License-Identifier: Apache-2.0
//
// The state of a form session as the checklist screen shows it. Pure: the same input gives the same
// screen.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/limits.h"
#include "app/words/words.h"
#include "core/vault/answers.h"
#include "forms/session/session.h"

namespace vigil::tablet {

// What a person typed that no form can store ("31.02."), kept on the screen with the reason.
struct Unstored {
  std::string value;
  std::string message;
  bool storage = false;  // the medium did not take it: it is nowhere else
};

struct ChecklistInput {
  const std::vector<forms::NodeState>& nodes;  // FormSession::state()
  const std::vector<vault::Flag>& flags;
  const std::map<std::string, Unstored, std::less<>>& unstored;
  const std::set<std::string, std::less<>>& open_notes;
  const std::vector<Limit>& limits;
  std::size_t section = 0;
  std::string_view search;  // words of a question that is looked for
  const words::Words& words;
};

// Fills sections, counts and the blocks of the section; place, about and rail_open are the
// caller's.
[[nodiscard]] ChecklistModel checklist_model(const ChecklistInput& input);

// The section that holds `ref`, by number; 0 where none does.
[[nodiscard]] std::size_t section_of(const ChecklistInput& input, std::string_view ref);

// Refs of cards to mend, with mismatches, or marked "later", in document order.
[[nodiscard]] std::vector<std::string> refs_to_mend(const ChecklistInput& input);
[[nodiscard]] std::vector<std::string> refs_with_mismatch(const ChecklistInput& input);
[[nodiscard]] std::vector<std::string> refs_for_later(const ChecklistInput& input);

// The ref of the card that shows `ref`: a cell of a question per source is on its group's card.
[[nodiscard]] std::string card_ref(const std::vector<forms::NodeState>& nodes,
                                   std::string_view ref);

}  // namespace vigil::tablet
