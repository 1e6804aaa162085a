// SPDX-License-Identifier: Apache-2.0
//
// A checklist as people read it on a terminal, and as programs read it.
#pragma once

#include <string>
#include <vector>

#include "app/words/words.h"
#include "core/base/json.h"
#include "core/vault/answers.h"
#include "core/vault/inbox.h"
#include "core/vault/team.h"
#include "core/vault/vault.h"
#include "forms/session/session.h"

namespace vigil::ctl {

// An answer that the form's constraint refuses; a visit may be sealed with such.
[[nodiscard]] bool breaks_rule(const forms::NodeState& node);

// Sections, questions with their answers in words, the cells of questions per source, then the
// places where sources disagree, then the answers that break the form's rules (a visit may be
// sealed with them). `state` knows the rules: nothing of that was sent.
[[nodiscard]] std::string checklist_text(const std::vector<forms::NodeState>& state,
                                         const words::Words& words);
[[nodiscard]] Json checklist_json(const std::vector<forms::NodeState>& state,
                                  const std::vector<vault::Flag>& flags);
// Notes, findings and "later", a line each, by the questions of `state`; by ref where it has none.
[[nodiscard]] std::string flags_text(const std::vector<vault::Flag>& flags,
                                     const std::vector<forms::NodeState>& state,
                                     const words::Words& words);

// "team" and "tasks", always there, so that a program need not ask.
void add_team(Json::Object& object, const vault::Team& team);

}  // namespace vigil::ctl
