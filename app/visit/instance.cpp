// SPDX-License-Identifier: Apache-2.0
#include "app/visit/instance.h"

#include <algorithm>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <sstream>

namespace vigil::visit {
namespace {

struct Step {
  std::string name;
  int position = 1;  // from 1
};

// "/data/person[2]/age" in steps; a ref comes from the engine or our own database, so anything
// else is dropped rather than judged.
std::vector<Step> steps_of(std::string_view ref) {
  std::vector<Step> steps;
  while (!ref.empty() && ref.front() == '/') {
    ref.remove_prefix(1);
    const std::size_t end = std::min(ref.find('/'), ref.size());
    std::string_view text = ref.substr(0, end);
    ref.remove_prefix(end);
    Step step;
    if (const std::size_t bracket = text.find('['); bracket != std::string_view::npos) {
      step.position = std::max(1, std::atoi(std::string(text.substr(bracket + 1)).c_str()));
      text = text.substr(0, bracket);
    }
    if (text.empty()) return {};
    step.name = std::string(text);
    steps.push_back(std::move(step));
  }
  return steps;
}

// More instances than any checklist has; a damaged row must not make us allocate for ever.
constexpr int kInstancesLimit = 100'000;

pugi::xml_node child_at(pugi::xml_node parent, const Step& step) {
  int seen = 0;
  for (pugi::xml_node child : parent.children(step.name.c_str()))
    if (++seen == step.position) return child;
  pugi::xml_node last;
  for (; seen < std::min(step.position, kInstancesLimit); ++seen)
    last = parent.append_child(step.name.c_str());
  return last;
}

void collect(pugi::xml_node node, const std::string& ref, std::vector<vault::Answer>& answers) {
  std::map<std::string, int> totals;
  for (pugi::xml_node child : node.children())
    if (child.type() == pugi::node_element) ++totals[child.name()];
  if (totals.empty()) {
    const std::string value = node.text().get();
    if (!value.empty()) answers.push_back({ref, value});
    return;
  }
  std::map<std::string, int> seen;
  for (pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    std::string child_ref = ref + "/" + child.name();
    const int position = ++seen[child.name()];
    if (totals[child.name()] > 1) child_ref += "[" + std::to_string(position) + "]";
    collect(child, child_ref, answers);
  }
}

}  // namespace

std::string instance_from_answers(std::string_view form_id, std::string_view form_version,
                                  const std::vector<vault::Answer>& answers) {
  pugi::xml_document document;
  for (const vault::Answer& answer : answers) {
    const std::vector<Step> steps = steps_of(answer.ref);
    pugi::xml_node node = document;
    for (const Step& step : steps) node = child_at(node, step);
    if (!steps.empty() && !answer.value.empty()) node.text().set(answer.value.c_str());
  }
  pugi::xml_node root = document.document_element();
  if (!root) return {};
  root.append_attribute("id").set_value(std::string(form_id).c_str());
  root.append_attribute("version").set_value(std::string(form_version).c_str());
  std::ostringstream text;
  document.save(text, "", pugi::format_raw | pugi::format_no_declaration);
  return text.str();
}

Result<std::vector<vault::Answer>> answers_from_instance(std::string_view xml) {
  pugi::xml_document document;
  // White space is part of an answer; DOCTYPE is not parsed, so no entity can be declared.
  if (!document.load_buffer(xml.data(), xml.size(),
                            pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata |
                                pugi::parse_ws_pcdata_single)) {
    return fail(
        ErrorKind::kInvalid, "instance.xml",
        "A submission document in this bundle is not XML; ask the sender to seal it again.");
  }
  std::vector<vault::Answer> answers;
  const pugi::xml_node root = document.document_element();
  if (root) collect(root, std::string("/") + root.name(), answers);
  return answers;
}

std::vector<vault::Answer> merge_answers(std::vector<vault::Answer> first,
                                         const std::vector<vault::Answer>& second) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < first.size(); ++i) places.emplace(first[i].ref, i);
  for (const vault::Answer& answer : second) {
    const auto [place, added] = places.emplace(answer.ref, first.size());
    if (added) {
      first.push_back(answer);
    } else if (first[place->second].value.empty()) {
      first[place->second].value = answer.value;
    }
  }
  return first;
}

}  // namespace vigil::visit
