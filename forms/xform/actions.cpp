// SPDX-License-Identifier: Apache-2.0
//
// <setvalue> and <odk:setgeopoint>: what to set, when, and where it is written.
#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

std::uint8_t event_of(std::string_view name) {
  // xforms-ready is what older forms call it: JavaRosa sends it to new instances only.
  if (name == "odk-instance-first-load" || name == "xforms-ready") return kEventFirstLoad;
  if (name == "odk-instance-load") return kEventLoad;
  if (name == "odk-new-repeat" || name == "jr-insert") return kEventNewRepeat;
  if (name == "xforms-value-changed") return kEventValueChanged;
  return 0;
}

Result<std::uint8_t> events_of(const std::string& names) {
  std::uint8_t events = 0;
  std::string unknown;
  std::string_view rest = trimmed(names);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    const std::string_view name = rest.substr(0, end);
    const std::uint8_t event = event_of(name);
    // Sent by other tools at times we do not have (submission); doing nothing is right.
    const bool silent = name == "xforms-revalidate" || name == "odk-submission";
    if (event == 0 && !silent) unknown += (unknown.empty() ? "" : ", ") + std::string(name);
    events = static_cast<std::uint8_t>(events | event);
    rest = trimmed(rest.substr(end));
  }
  if (!unknown.empty())
    return fail(ErrorKind::kInvalid, "xform.event",
                fmt::format("A setvalue waits for an event that does not exist: {}. Known are "
                            "odk-instance-first-load, odk-instance-load, odk-new-repeat and "
                            "xforms-value-changed.",
                            unknown));
  return events;
}

}  // namespace

Status load_action(Loader& loader, const Node& element, SchemaIndex source) {
  const std::string* names = attribute_of(loader, element, "event");
  if (names == nullptr)
    names = attribute_of(loader, element, "event", "http://www.w3.org/2001/xml-events");
  if (names == nullptr) return {};
  Action action;
  action.source = source;
  VIGIL_ASSIGN(action.events, events_of(*names));
  const std::string* target = attribute_of(loader, element, "ref");
  if (target == nullptr) target = attribute_of(loader, element, "nodeset");
  if (target == nullptr) {
    const std::string* bind = attribute_of(loader, element, "bind");
    if (bind == nullptr) return {};
    const auto known = loader.by_bind_id.find(*bind);
    if (known == loader.by_bind_id.end()) return {};
    action.target = known->second;
  } else {
    action.target = resolve_path(loader, source, *target);
    if (action.target != kNone && is_own_id(loader.form, action.target)) {
      loader.form.warnings_.push_back(
          "An action names the form's own id, which no rule may change.");
      return {};
    }
    if (action.target == kNone) {
      VIGIL_ASSIGN(action.target_path, compile_expression(loader, *target, "ref of a setvalue"));
    }
  }
  if (local_name(loader, element) == "setgeopoint") {
    action.only_where_host_knows = true;
  } else if (const std::string* value = attribute_of(loader, element, "value");
             value != nullptr && !trimmed(*value).empty()) {
    VIGIL_ASSIGN(action.value, compile_expression(loader, *value,
                                                  fmt::format("value of the setvalue for {}",
                                                              target == nullptr ? "" : *target)));
  } else {
    action.text = string_value(element);
  }
  loader.form.actions.push_back(std::move(action));
  return {};
}

}  // namespace vigil::forms
