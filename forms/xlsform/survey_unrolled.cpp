// SPDX-License-Identifier: Apache-2.0
//
// Rows that stand for several nodes: tables of selects, loops over a list.
#include <algorithm>

#include <fmt/format.h>

#include "forms/xlsform/survey.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// The choice's label in the language, else without a language, else its name.
std::string_view label_in(const Choice& choice, const std::string& language) {
  std::string_view found = choice.name;
  for (const Translation& version : choice.label.versions) {
    if (version.language == language) return version.text;
    if (version.language.empty()) found = version.text;
  }
  return found;
}

void fill_in(Text& text, const Choice& choice) {
  for (Translation& version : text.versions) {
    replace_all(version.text, "%(name)s", choice.name);
    replace_all(version.text, "%(label)s", label_in(choice, version.language));
  }
}

void fill_in(SurveyNode& node, const Choice& choice) {
  for (Text* text : {&node.label, &node.hint, &node.guidance, &node.constraint_message,
                     &node.required_message}) {
    fill_in(*text, choice);
  }
  for (Text& text : node.media) fill_in(text, choice);
  for (auto* attributes : {&node.bind, &node.body, &node.instance}) {
    for (Attribute& attribute : *attributes) {
      replace_all(attribute.value, "%(name)s", choice.name);
      replace_all(attribute.value, "%(label)s", label_in(choice, ""));
    }
  }
  for (const auto& child : node.children) fill_in(*child, choice);
}

std::size_t size_of(const SurveyNode& node) {
  std::size_t size = 1;
  for (const auto& child : node.children) size += size_of(*child);
  return size;
}

constexpr std::size_t kMostUnrolled = 200'000;  // nodes; loops within loops multiply

std::string without_word(std::string_view text, std::string_view unwanted) {
  std::string out;
  for (const std::string_view word : words(text)) {
    if (word == unwanted) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace

void SurveyBuilder::start_table_list(SurveyNode& group, SurveyNode& first_place, Section&) {
  for (Attribute& attribute : group.body) {
    if (attribute.name != "appearance") continue;
    const std::string rest = without_word(attribute.value, "table-list");
    attribute.value = rest.empty() ? "field-list" : "field-list " + rest;
  }
  if (group.label.empty() && group.hint.empty()) return;
  // The table's title is a note above it: a group of selects side by side has no room for one.
  auto title = std::make_unique<SurveyNode>();
  title->row = group.row;
  title->generated = true;
  title->name = fmt::format("generated_table_list_label_{}", group.row);
  apply_type(*title, *find_question_type("note"));
  title->label = std::move(group.label);
  title->hint = std::move(group.hint);
  group.label = {};
  group.hint = {};
  first_place.add_child(std::move(title));
}

void SurveyBuilder::join_table_list(SurveyNode& question, Section& section, const Place& where) {
  if (question.choices == ChoiceSource::kNone) return;
  if (section.table_list_name.empty()) {
    section.table_list_name = question.list_name;
    if (!question.choice_filter.value.empty()) {
      problems_.error({"survey", question.row, question.choice_filter.header},
                      "A choice filter does not go together with a table-list.");
    }
    auto header = std::make_unique<SurveyNode>();
    header->row = question.row;
    header->generated = true;
    header->name = fmt::format("reserved_name_for_field_list_labels_{}", question.row);
    apply_type(*header, *question.type);
    header->choices = question.choices;
    header->list_name = question.list_name;
    header->file_name = question.file_name;
    header->file_value = question.file_value;
    header->file_label = question.file_label;
    header->repeat_question = question.repeat_question;
    header->label.add("", " ", "type");
    header->body.push_back({"appearance", "label", "appearance"});
    section.node->add_child(std::move(header));
  } else if (section.table_list_name != question.list_name) {
    problems_.error(where,
                    fmt::format("All selects of a table-list share one list: this one uses {}, the "
                                "first uses {}.",
                                question.list_name, section.table_list_name));
  }
  const auto appearance = std::ranges::find(question.body, "appearance", &Attribute::name);
  if (appearance == question.body.end()) {
    question.body.push_back({"appearance", "list-nolabel", "appearance"});
  } else {
    appearance->value = "list-nolabel";
  }
}

void SurveyBuilder::unroll(SurveyNode& loop, const std::string& list_name) {
  const ChoiceList* list = model_.list(list_name);
  if (list == nullptr) return;
  const std::vector<std::unique_ptr<SurveyNode>> pattern = std::move(loop.children);
  loop.children.clear();
  std::size_t size = 1;
  for (const auto& node : pattern) size += size_of(*node);
  if (size * list->choices.size() > kMostUnrolled) {
    problems_.error(
        {"survey", loop.row, "type"},
        fmt::format("The loop \"{}\" unrolls to more questions than a form may have.", loop.name));
    return;
  }
  for (const Choice& choice : list->choices) {
    auto group = std::make_unique<SurveyNode>();
    group->kind = SurveyNode::Kind::kGroup;
    group->row = loop.row;
    group->generated = true;
    group->name = choice.name;
    group->label = choice.label;
    for (const auto& node : pattern) {
      auto copy = copied(*node);
      fill_in(*copy, choice);
      group->add_child(std::move(copy));
    }
    if (!is_xml_name(choice.name)) {
      problems_.error({"choices", choice.row, "name"},
                      fmt::format("The loop \"{}\" makes a group of each choice, and \"{}\" cannot "
                                  "name one.",
                                  loop.name, choice.name));
    }
    loop.add_child(std::move(group));
  }
}

}  // namespace vigil::forms::xlsform
