// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/instances.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

std::string source_of_file(std::string_view name) {
  return fmt::format("jr://file{}/{}", name.ends_with(".csv") ? "-csv" : "", name);
}

// Lists that only controls with search() use have their choices there.
bool used_without_search(const SurveyNode& root, const ChoiceList& list) {
  bool used = false;
  for_each_node(root, [&](const SurveyNode& node) {
    used = used || (node.choices == ChoiceSource::kList && node.list_name == list.name);
  });
  return used;
}

}  // namespace

void Instances::add(std::string id, std::string source, Origin origin, const Place& place) {
  const auto found = std::ranges::find(externals_, id, &External::id);
  if (found == externals_.end()) {
    const ChoiceList* list = model_.list(id);
    if (list != nullptr && is_written(*list)) {
      problems_.error(place,
                      fmt::format("The data \"{}\" would come from {} and from the choices sheet: "
                                  "give one of them another name.",
                                  id, source));
    }
    externals_.push_back({std::move(id), std::move(source), origin});
  } else if (found->source != source) {
    problems_.error(place,
                    fmt::format("The data \"{}\" would come from {} and from {}: give one of "
                                "them another name.",
                                id, found->source, source));
  }
}

// pulldata('file', ...) reads file.csv.
void Instances::add_pulldata(std::string_view expression, const Place& place) {
  constexpr std::string_view kCall = "pulldata";
  for (std::size_t at = expression.find(kCall); at != std::string_view::npos;
       at = expression.find(kCall, at + 1)) {
    if (at > 0 && is_name_character(expression[at - 1])) continue;
    std::string_view rest = trimmed(expression.substr(at + kCall.size()));
    if (!rest.starts_with('(')) continue;
    rest = trimmed(rest.substr(1));
    if (rest.empty() || (rest.front() != '\'' && rest.front() != '"')) continue;
    const std::size_t end = rest.find(rest.front(), 1);
    if (end == std::string_view::npos) continue;
    const std::string id(trimmed(rest.substr(1, end - 1)));
    if (!id.empty()) add(id, fmt::format("jr://file-csv/{}.csv", id), Origin::kPulldata, place);
  }
}

void Instances::collect() {
  for_each_node(*model_.root, [&](const SurveyNode& node) {
    const Place place{"survey", node.row, "type"};
    if (node.type != nullptr && node.type->special == Special::kCsvExternal) {
      add(node.name, fmt::format("jr://file-csv/{}.csv", node.name), Origin::kExternal, place);
    } else if (node.type != nullptr && node.type->special == Special::kXmlExternal) {
      add(node.name, fmt::format("jr://file/{}.xml", node.name), Origin::kExternal, place);
    }
    if (node.choices == ChoiceSource::kFile) {
      add(node.list_name, source_of_file(node.file_name), Origin::kFile, place);
    }
    for (const Attribute& attribute : node.bind) {
      add_pulldata(attribute.value, {"survey", node.row, attribute.header});
    }
    for (const Attribute* attribute : {&node.default_value, &node.choice_filter}) {
      add_pulldata(attribute->value, {"survey", node.row, attribute->header});
    }
  });
}

void Instances::add_last_saved() {
  add("__last-saved", "jr://instance/last-saved", Origin::kLastSaved, {"survey", 0, ""});
}

bool Instances::has_file_or_list(std::string_view id) const {
  if (model_.list(id) != nullptr) return true;
  return std::ranges::any_of(externals_, [&](const External& external) {
    return external.id == id && external.origin != Origin::kPulldata &&
           external.origin != Origin::kLastSaved;
  });
}

bool Instances::is_written(const ChoiceList& list) const {
  return !list.by_search || used_without_search(*model_.root, list);
}

void Instances::write_list(const ChoiceList& list, XmlText& xml) const {
  xml.start("instance").attribute("id", list.name).children();
  xml.start("root").children();
  for (std::size_t at = 0; at < list.choices.size(); ++at) {
    const Choice& choice = list.choices[at];
    xml.start("item").children();
    if (list.in_itext)
      xml.start("itextId").content(escaped_text(fmt::format("{}-{}", list.name, at)));
    xml.start("name").content(escaped_text(choice.name));
    if (!list.in_itext && !choice.label.empty()) {
      xml.start("label").content(escaped_text(choice.label.versions.front().text));
    }
    for (const auto& [header, value] : choice.extra) xml.start(header).content(escaped_text(value));
    xml.end();
  }
  xml.end();
  xml.end();
}

void Instances::write(XmlText& xml) const {
  for (const External& external : externals_) {
    xml.start("instance").attribute("id", external.id).attribute("src", external.source).close();
  }
  for (const ChoiceList& list : model_.lists) {
    if (is_written(list)) write_list(list, xml);
  }
}

}  // namespace vigil::forms::xlsform
