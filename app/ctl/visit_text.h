// SPDX-License-Identifier: Apache-2.0
//
// A checklist as people read it on a terminal, and as programs read it.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/vault/answers.h"
#include "core/vault/inbox.h"
#include "core/vault/team.h"
#include "core/vault/vault.h"
#include "forms/session/session.h"

namespace vigil::ctl {

// Sections, questions with their answers in words, the cells of questions per source, then the
// places where sources disagree.
[[nodiscard]] std::string checklist_text(const std::vector<forms::NodeState>& state);
[[nodiscard]] Json checklist_json(const std::vector<forms::NodeState>& state,
                                  const std::vector<vault::Flag>& flags);
// Notes, findings and "later", a line each.
[[nodiscard]] std::string flags_text(const std::vector<vault::Flag>& flags);

// "team of 4: interviews, registers"; empty where nobody said.
[[nodiscard]] std::string team_text(const vault::Team& team);
// "team" and "tasks", always there, so that a program need not ask.
void add_team(Json::Object& object, const vault::Team& team);

// An imported submission as the form shows it. kNotFound "form.absent" where the office does not
// have that form in that version.
[[nodiscard]] Result<std::vector<forms::NodeState>> submission_state(
    vault::Vault& vault, const vault::ImportedSubmission& submission, const std::string& language);

}  // namespace vigil::ctl
