// SPDX-License-Identifier: Apache-2.0
//
// How visits and their checklists are called at the top of a page. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/words/words.h"
#include "core/vault/visits.h"
#include "forms/session/session.h"

namespace vigil::tablet {

// What was not given leaves no gap.
[[nodiscard]] std::string joined(std::initializer_list<std::string_view> parts);
// A visit is called by its place; by its code where no place was given.
[[nodiscard]] const std::string& title_of(const vault::Visit& visit);
// The code, where the title does not say it.
[[nodiscard]] std::string_view code_beside(const vault::Visit& visit);

// Whom a checklist is about: its first answer to a question called "code"; "" where it has none.
[[nodiscard]] std::string case_code(const std::vector<forms::NodeState>& nodes);

// place and about of an open checklist. `visit` nullptr: the vault could not say.
void name_checklist(ChecklistModel& model, const words::Words& words, const vault::Visit* visit,
                    const forms::FormSession& session, const std::vector<forms::NodeState>& nodes);

}  // namespace vigil::tablet
