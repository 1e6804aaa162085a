// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/visit_about.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/ui/utf8.h"
#include "app/words/visit_words.h"
#include "core/vault/answers.h"

namespace vigil::tablet {
namespace {

constexpr int kLargestTeam = 12;  // needs.md, 2.3, has eight; delegations are larger
constexpr std::size_t kPlacesShown = 8;

std::string place_label(const Place& place) {
  return place.type.empty() ? place.name : place.name + " · " + place.type;
}

}  // namespace

std::string team_note(vault::Vault& vault, const vault::Visit& visit) {
  if (visit.team.said()) return {};
  const auto records = vault::records(vault, visit.id);
  if (!records || records->empty()) return {};
  const auto flags = vault::flags(vault, records->front().id);
  for (const vault::Flag& flag : flags.value_or(std::vector<vault::Flag>())) {
    // The root's note: no question has a ref of one step.
    if (flag.kind == vault::FlagKind::kNote && flag.ref.find('/', 1) == std::string::npos) {
      return flag.text;
    }
  }
  return {};
}

std::string team_line(const words::Words& words, const vault::Visit& visit,
                      const std::string& note) {
  if (!visit.team.said()) return note;
  return words::team_words(words, visit.team.persons, visit.team.tasks);
}

VisitAboutModel about_model(const words::Words& words, const Draft& draft,
                            const std::vector<Place>& places) {
  VisitAboutModel model;
  model.place = draft.place;
  // Choosing moves nothing under the finger: the list goes by what was typed, in its own order.
  for (const Place& place : places) {
    if (!ui::holds_folded(place.name + " " + place.type, draft.looked_for)) continue;
    if (model.places.size() == kPlacesShown) {
      model.more_places = true;
      break;
    }
    model.places.push_back({place.name, place_label(place), place.name == draft.place});
  }
  const auto chosen = std::ranges::find(places, draft.place, &Place::name);
  const bool shown =
      std::ranges::find(model.places, draft.place, &ui::Option::value) != model.places.end();
  if (chosen != places.end() && !shown) {
    model.places.push_back({chosen->name, place_label(*chosen), true});
  }
  for (const std::string_view kind : words::kVisitKinds) {
    model.kinds.push_back({std::string(kind), words::kind_word(words, kind), draft.kind == kind});
  }
  for (int persons = 1; persons <= kLargestTeam; ++persons) {
    const std::string number = fmt::format("{}", persons);
    model.team.push_back({number, number, draft.team.persons == persons});
  }
  for (const std::string_view task : words::kVisitTasks) {
    const bool done = std::ranges::find(draft.team.tasks, task) != draft.team.tasks.end();
    model.tasks.push_back({std::string(task), words::task_word(words, task), done});
  }
  return model;
}

Status keep_about(vault::Vault& vault, vault::VisitId visit, const Draft& draft) {
  VIGIL_TRY(vault::set_place(vault, visit, draft.place, draft.kind));
  return vault::set_team(vault, visit, draft.team);
}

}  // namespace vigil::tablet
