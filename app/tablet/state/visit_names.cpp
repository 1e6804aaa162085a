// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/visit_names.h"

#include "app/tablet/state/overview.h"

namespace vigil::tablet {
namespace {

constexpr std::string_view kInjuries = "injury";  // one person's, filled beside that person

}  // namespace

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

std::string case_code(const std::vector<forms::NodeState>& nodes) {
  for (const forms::NodeState& node : nodes) {
    if (node.ref.ends_with("/code") && !node.value.empty()) return node.value;
  }
  return {};
}

void name_checklist(ChecklistModel& model, const words::Words& words, const vault::Visit* visit,
                    const forms::FormSession& session, const std::vector<forms::NodeState>& nodes) {
  const std::string code = case_code(nodes);
  const std::string title = nodes.empty() || nodes.front().label.empty()
                                ? session.form().title_in(session.language())
                                : nodes.front().label;
  model.interview = is_interview(session.form().id());
  if (model.interview || session.form().id() == kInjuries) {
    // Whoever looks over a shoulder learns no place and no visit.
    model.place = model.interview ? std::string(words("Private interview")) : title;
    if (!code.empty()) model.about = words::fill(words("code {0}"), {code});
    return;
  }
  if (visit != nullptr) model.place = title_of(*visit);
  model.about = joined({title, !code.empty()      ? std::string_view(code)
                               : visit != nullptr ? code_beside(*visit)
                                                  : std::string_view()});
}

}  // namespace vigil::tablet
