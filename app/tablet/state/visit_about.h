// SPDX-License-Identifier: Apache-2.0
//
// What a visit is, before its first question: where, of which kind, by how many, what for.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/places.h"
#include "app/words/words.h"
#include "core/base/error.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

// Of a new visit, or of the open one while it is being changed.
struct Draft {
  std::string place;
  std::string looked_for;  // among the places: what was typed, not what was chosen
  std::string kind;
  vault::Team team;
  std::set<std::string> forms;  // to begin with
  bool of_open = false;         // of the open one: each change is kept at once

  void leave_open() {
    if (of_open) *this = {};
  }
  void toggle_team(int persons) { team.persons = team.persons == persons ? 0 : persons; }
  void toggle_task(const std::string& task) {
    if (std::erase(team.tasks, task) == 0) team.tasks.push_back(task);
  }
};

// Of a visit begun before team and tasks had places of their own: a note on its first checklist.
// "" where they are said.
[[nodiscard]] std::string team_note(vault::Vault& vault, const vault::Visit& visit);
// All of it in a line, or the note.
[[nodiscard]] std::string team_line(const words::Words& words, const vault::Visit& visit,
                                    const std::string& note);

[[nodiscard]] VisitAboutModel about_model(const words::Words& words, const Draft& draft,
                                          const std::vector<Place>& places);
// Into an open visit, as vault::set_place() and set_team().
[[nodiscard]] Status keep_about(vault::Vault& vault, vault::VisitId visit, const Draft& draft);

}  // namespace vigil::tablet
