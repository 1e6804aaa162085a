// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/record_views.h"

#include <algorithm>

namespace vigil::tablet {
namespace {

// What a page needs of a node: thirteen checklists with all their choices and hints are many
// megabytes.
void slim(forms::NodeState& node) {
  std::erase_if(node.choices, [&](const forms::Choice& choice) {
    return (" " + node.value + " ").find(" " + choice.value + " ") == std::string::npos;
  });
  node.choices.shrink_to_fit();
  for (std::string* text : {&node.hint, &node.guidance, &node.standard}) std::string().swap(*text);
}

}  // namespace

Result<bool> RecordViews::gather(vault::Vault& vault, const Clock& clock, visit::OpenForms& forms,
                                 const std::vector<vault::Record>& records,
                                 std::string_view language, std::int64_t pause_ms) {
  if (language != language_) {
    clear();
    language_ = language;
  }
  const std::int64_t until_ms = clock.monotonic_ms() + pause_ms;
  for (const vault::Record& record : records) {
    const auto known = views_.find(record.id.value);
    if (known != views_.end()) {
      known->second.record = record;
      VIGIL_ASSIGN(known->second.flags, vault::flags(vault, record.id));
      continue;
    }
    VIGIL_ASSIGN(auto view, view_record(vault, clock, record, language, &forms));
    for (forms::NodeState& node : view.nodes) slim(node);
    views_.emplace(record.id.value, std::move(view));
    if (clock.monotonic_ms() >= until_ms && pause_ms > 0) break;
  }
  return std::ranges::all_of(records, [&](const vault::Record& record) { return has(record.id); });
}

std::vector<const RecordView*> RecordViews::list(const std::vector<vault::Record>& records) const {
  std::vector<const RecordView*> views;
  for (const vault::Record& record : records) {
    const auto known = views_.find(record.id.value);
    if (known != views_.end()) views.push_back(&known->second);
  }
  return views;
}

}  // namespace vigil::tablet
