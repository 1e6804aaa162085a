// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "forms/xlsform/text.h"
#include "forms/xlsform/xform_writer.h"

namespace vigil::forms::xlsform {
namespace {

const SurveyNode* innermost_repeat(const SurveyNode& node) {
  for (const SurveyNode* at = &node; at != nullptr; at = at->parent) {
    if (at->kind == SurveyNode::Kind::kRepeat) return at;
  }
  return nullptr;
}

}  // namespace

std::string XformWriter::filter_of(const SurveyNode& node, const SurveyNode* items) {
  if (node.choice_filter.value.empty()) return {};
  Context context = context_of(node, node.choice_filter.header);
  context.filter = true;
  context.items = items;
  return "[" + expression(node.choice_filter.value, context, nullptr, "choice_filter") + "]";
}

void XformWriter::write_itemset(const SurveyNode& node, std::string nodeset, std::string_view value,
                                std::string_view label, XmlText& xml) {
  const std::string* randomize = node.parameter("randomize");
  if (randomize != nullptr && yes_or_no(*randomize) == YesNo::kYes) {
    std::string seed;
    if (const std::string* given = node.parameter("seed")) {
      seed = ", " +
             std::string(trimmed(references_.expression(*given, context_of(node, "parameters"))));
    }
    nodeset = fmt::format("randomize({}{})", nodeset, seed);
  }
  xml.start("itemset").attribute("nodeset", nodeset).children();
  xml.start("value").attribute("ref", value).close();
  xml.start("label").attribute("ref", label).close();
  xml.end();
}

// The choices are the answers that `question` has in the instances of `repeat`.
void XformWriter::write_from_repeat(const SurveyNode& node, const SurveyNode& repeat,
                                    const std::string& question, XmlText& xml) {
  std::string filter = filter_of(node, &repeat);
  if (filter.empty()) filter = fmt::format("[./{} != '']", question);
  const std::string path = references_.path_to(repeat, context_of(node, "type"), false);
  write_itemset(node, path + filter, question, question, xml);
}

void XformWriter::write_choices(const SurveyNode& node, XmlText& xml) {
  switch (node.choices) {
    case ChoiceSource::kList: {
      const ChoiceList* list = model_.list(node.list_name);
      const bool in_itext = list != nullptr && list->in_itext;
      write_itemset(
          node, fmt::format("instance('{}')/root/item{}", node.list_name, filter_of(node, nullptr)),
          "name", in_itext ? "jr:itext(itextId)" : "label", xml);
      break;
    }
    case ChoiceSource::kFile:
      write_itemset(
          node, fmt::format("instance('{}')/root/item{}", node.list_name, filter_of(node, nullptr)),
          node.file_value, node.file_label, xml);
      break;
    case ChoiceSource::kRepeat: {
      const Place place{"survey", node.row, "type"};
      const SurveyNode* question = references_.find(node.repeat_question, place);
      if (question == nullptr) break;
      const SurveyNode* repeat = innermost_repeat(*question);
      if (repeat == nullptr || repeat == question) {
        problems_.error(place, fmt::format("\"{}\" is not a question inside a repeat: its answers "
                                           "cannot be the choices here.",
                                           node.repeat_question));
        break;
      }
      write_from_repeat(node, *repeat, question->path.substr(repeat->path.size() + 1), xml);
      break;
    }
    case ChoiceSource::kSearch:
      write_search_items(node, xml);
      break;
    default:
      break;
  }
  if (const std::string* labels = node.parameter("tick_labelset")) {
    const ChoiceList* list = model_.list(*labels);
    write_itemset(node, fmt::format("instance('{}')/root/item", *labels), "name",
                  list != nullptr && list->in_itext ? "jr:itext(itextId)" : "label", xml);
  }
  if (node.parameter("reference-geometry") != nullptr) write_reference_geometry(node, xml);
  if (node.type->special == Special::kOsm) write_osm_tags(node, xml);
}

void XformWriter::write_search_items(const SurveyNode& node, XmlText& xml) {
  const ChoiceList* list = model_.list(node.list_name);
  if (list == nullptr) return;
  for (std::size_t at = 0; at < list->choices.size(); ++at) {
    const Choice& choice = list->choices[at];
    xml.start("item").children();
    if (list->in_itext) {
      xml.start("label").attribute("ref", fmt::format("jr:itext('{}-{}')", list->name, at)).close();
    } else {
      xml.start("label").content(
          escaped_text(choice.label.empty() ? "" : choice.label.versions.front().text));
    }
    xml.start("value").content(escaped_text(choice.name));
    xml.end();
  }
}

void XformWriter::write_reference_geometry(const SurveyNode& node, XmlText& xml) {
  const std::string& source = *node.parameter("reference-geometry");
  const Place place{"survey", node.row, "parameters"};
  if (source.starts_with("${") && source.ends_with('}')) {
    const std::string_view name = std::string_view(source).substr(2, source.size() - 3);
    const SurveyNode* target = is_reference(name) ? references_.find(name, place) : nullptr;
    if (target == nullptr) {
      if (!is_reference(name)) problems_.error(place, "reference-geometry is not a reference.");
      return;
    }
    const SurveyNode* repeat = target->kind == SurveyNode::Kind::kRepeat ? target : nullptr;
    const bool has_geometry =
        repeat != nullptr && std::ranges::any_of(repeat->children, [](const auto& child) {
          return child->name == "geometry";
        });
    if (!has_geometry) {
      problems_.error(place, fmt::format("reference-geometry takes a repeat that has a question "
                                         "called geometry; \"{}\" is none.",
                                         name));
      return;
    }
    write_from_repeat(node, *repeat, "geometry", xml);
    return;
  }
  if (!instances_.has_file_or_list(source)) {
    problems_.error(place, fmt::format("reference-geometry names \"{}\", which is no list of the "
                                       "choices sheet, no attached file and no repeat.",
                                       source));
    return;
  }
  const ChoiceList* list = model_.list(source);
  write_itemset(node, fmt::format("instance('{}')/root/item{}", source, filter_of(node, nullptr)),
                "name", list != nullptr && list->in_itext ? "jr:itext(itextId)" : "label", xml);
}

void XformWriter::write_osm_tags(const SurveyNode& node, XmlText& xml) {
  const auto list = std::ranges::find(model_.osm_lists, node.list_name, &ChoiceList::name);
  if (list == model_.osm_lists.end()) return;
  for (const Choice& tag : list->choices) {
    xml.start("tag").attribute("key", tag.name).children();
    xml.start("label").content(
        escaped_text(tag.label.empty() ? "" : tag.label.versions.front().text));
    xml.end();
  }
}

void XformWriter::add_choices_to_itext() {
  for (const ChoiceList& list : model_.lists) {
    if (!list.in_itext) continue;
    for (std::size_t at = 0; at < list.choices.size(); ++at) {
      const Choice& choice = list.choices[at];
      const std::string id = fmt::format("{}-{}", list.name, at);
      const Context context{{"choices", choice.row, "label"}, nullptr, 0, false, nullptr};
      add_to_itext(id, "", choice.label, context);
      add_media_to_itext(id, choice.media, context);
    }
  }
}

void XformWriter::add_to_itext(const std::string& id, std::string_view form, const Text& text,
                               const Context& context, std::string_view prefix) {
  for (const Translation& version : text.versions) {
    Context place = context;
    place.place.column = version.header;
    const bool address = version.text.find("://") != std::string::npos;
    const std::string whole = (address ? "" : std::string(prefix)) + version.text;
    std::string markup = references_.markup(whole, place);
    itext_.add(id, form, version.language, std::move(markup));
  }
}

void XformWriter::add_media_to_itext(const std::string& id, const Media& media,
                                     const Context& context) {
  constexpr std::array<std::string_view, 4> kAddresses{"jr://images/", "jr://images/",
                                                       "jr://audio/", "jr://video/"};
  for (std::size_t at = 0; at < media.size(); ++at) {
    add_to_itext(id, kMediumNames[at], media[at], context, kAddresses[at]);
  }
}

}  // namespace vigil::forms::xlsform
