// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/checks.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "forms/xlsform/references.h"
#include "forms/xlsform/text.h"
#include "forms/xlsform/xform_writer.h"

namespace vigil::forms::xlsform {
namespace {

bool is_external(const SurveyNode& node) {
  return node.type != nullptr && (node.type->special == Special::kCsvExternal ||
                                  node.type->special == Special::kXmlExternal);
}

void check_siblings(const SurveyNode& parent, Problems& problems) {
  std::unordered_set<std::string_view> names;
  std::unordered_set<std::string> folded;
  for (const auto& child : parent.children) {
    if (child->name.empty()) continue;
    const Place place{"survey", child->row, "name"};
    if (!names.insert(child->name).second) {
      problems.error(place, fmt::format("The name \"{}\" is used twice in the same {}: each must "
                                        "have its own.",
                                        child->name,
                                        parent.kind == SurveyNode::Kind::kRoot     ? "form"
                                        : parent.kind == SurveyNode::Kind::kRepeat ? "repeat"
                                                                                   : "group"));
    } else if (!folded.insert(lower_case(child->name)).second) {
      problems.warning(place, fmt::format("The name \"{}\" differs from another only in capital "
                                          "letters: some tools take them for the same.",
                                          child->name));
    }
  }
}

}  // namespace

void index_names(FormModel& model, Problems& problems) {
  std::unordered_set<std::string_view> repeats;
  for_each_node(*model.root, [&](SurveyNode& node) {
    check_siblings(node, problems);
    if (node.parent == nullptr) {
      node.path = "/" + node.name;
      return;
    }
    node.depth = node.parent->depth + 1;
    node.path = node.parent->path + "/" + node.name;
    if (node.in_meta) node.path = model.root->path + "/meta/" + node.name;
    if (!is_external(node) && !node.is_source) model.nodes_by_name[node.name].push_back(&node);
    if (node.kind != SurveyNode::Kind::kRepeat) return;
    const Place place{"survey", node.row, "name"};
    if (!repeats.insert(node.name).second) {
      problems.error(place, fmt::format("The repeat \"{}\" has the name of another repeat: repeats "
                                        "need names of their own in the whole form.",
                                        node.name));
    }
    if (node.name == model.settings.root_name) {
      problems.error(place,
                     fmt::format("The repeat \"{}\" has the name of the form's root: give it "
                                 "another.",
                                 node.name));
    }
  });
}

void link_triggers(FormModel& model, Problems& problems) {
  References references(model, problems);
  for_each_node(*model.root, [&](SurveyNode& node) {
    if (node.kind != SurveyNode::Kind::kQuestion) return;
    const Place place{"survey", node.row,
                      node.trigger.header.empty() ? "trigger" : node.trigger.header};
    const bool geopoint = node.type->special == Special::kBackgroundGeopoint;
    if (node.trigger.value.empty()) {
      if (geopoint) {
        problems.error(place,
                       "A background-geopoint needs a trigger: the question after which the "
                       "place is taken.");
      }
      return;
    }
    if (geopoint && node.bind_attribute("calculate") != nullptr) {
      problems.error(place, "A background-geopoint cannot have a calculation.");
    }
    for (const std::string& name : reference_list(node.trigger.value, place, problems)) {
      const SurveyNode* source = references.find(name, place);
      if (source == nullptr) continue;
      if (!is_visible(*source)) {
        problems.error(place, fmt::format("\"{}\" is never shown, so it cannot trigger \"{}\".",
                                          source->name, node.name));
        continue;
      }
      const_cast<SurveyNode*>(source)->triggered.push_back({&node, geopoint});
    }
  });
}

void inherit_sensitivity(FormModel& model) {
  constexpr std::string_view kName = "vigil:sensitivity";
  for_each_node(*model.root, [&](SurveyNode& node) {
    if (node.parent == nullptr || node.bind_attribute(kName) != nullptr) return;
    // Parents are visited first, so the nearest one that says it is the parent itself.
    if (const Attribute* above = node.parent->bind_attribute(kName)) {
      node.set_bind(kName, above->value, above->header);
    }
  });
}

}  // namespace vigil::forms::xlsform
