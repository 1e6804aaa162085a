// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/visit_names.h"

#include <algorithm>

#include "app/tablet/state/overview.h"

namespace vigil::tablet {

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += " · ";
    text += part;
  }
  return text;
}

const std::string& title_of(const vault::Visit& visit) {
  return visit.place.empty() ? visit.code : visit.place;
}

std::string_view code_beside(const vault::Visit& visit) {
  return visit.place.empty() ? std::string_view() : visit.code;
}

void name_checklist(ChecklistModel& model, const words::Words& words, const vault::Visit* visit,
                    const forms::FormSession& session, const std::vector<forms::NodeState>& nodes) {
  if (is_interview(session.form().id())) {
    // Whoever looks over a shoulder learns no place and no visit.
    model.place = words("Private interview");
    const auto code = std::ranges::find_if(nodes, [](const forms::NodeState& node) {
      return node.ref.ends_with("/code") && !node.value.empty();
    });
    if (code != nodes.end()) model.about = words::fill(words("code {0}"), {code->value});
    return;
  }
  if (visit != nullptr) model.place = title_of(*visit);
  const std::string title = nodes.empty() || nodes.front().label.empty()
                                ? session.form().title_in(session.language())
                                : nodes.front().label;
  model.about = visit != nullptr ? joined({title, code_beside(*visit)}) : title;
}

}  // namespace vigil::tablet
