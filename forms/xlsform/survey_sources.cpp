// SPDX-License-Identifier: Apache-2.0
//
// Vigil's own columns: a question asked once per source, how sensitive its answer is, the norm and
// the limit behind it.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "forms/xlsform/survey.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// Whose word an answer is, in the languages for which we have words.
struct SourceWords {
  std::string_view name;
  std::string_view english;
  std::string_view russian;
};
constexpr std::array kSources{
    SourceWords{"seen", "Seen", "Видели сами"},
    SourceWords{"staff", "Staff", "Сотрудники"},
    SourceWords{"detainee", "Detainee", "Задержанный"},
    SourceWords{"register", "Register", "Журнал"},
};

constexpr std::string_view kSourcesList = "vigil_sources";

bool is_russian(std::string_view language) {
  return language.find("(ru)") != std::string_view::npos || language == "ru" ||
         language.starts_with("Russian") || language.starts_with("Русский");
}

const Choice* listed_source(const FormModel& model, std::string_view source) {
  const ChoiceList* list = model.list(kSourcesList);
  if (list == nullptr) return nullptr;
  const auto found = std::ranges::find(list->choices, source, &Choice::name);
  return found == list->choices.end() ? nullptr : &*found;
}

bool is_identifier(std::string_view text) {
  return std::ranges::all_of(text, is_name_character);
}

}  // namespace

std::vector<std::string> SurveyBuilder::source_names(const std::string& cell, const Place& where) {
  std::vector<std::string> names;
  std::vector<std::string_view> known;
  for (const SourceWords& source : kSources) known.push_back(source.name);
  if (const ChoiceList* list = model_.list(kSourcesList)) {
    for (const Choice& choice : list->choices) known.push_back(choice.name);
  }
  for (const std::string_view word : words(cell)) {
    if (std::ranges::find(known, word) == known.end() || !is_xml_name(word)) {
      const std::string meant = nearest_name(word, known);
      problems_.error(where, fmt::format("\"{}\" is not a source{} The sources are {}.", word,
                                         meant.empty() ? "." : ", was " + meant + " meant?",
                                         fmt::join(known, ", ")));
    } else if (std::ranges::find(names, word) != names.end()) {
      problems_.error(where, fmt::format("The source {} stands here twice.", word));
    } else {
      names.emplace_back(word);
    }
  }
  return names;
}

Text SurveyBuilder::source_label(const std::string& source) const {
  if (const Choice* listed = listed_source(model_, source);
      listed != nullptr && !listed->label.empty()) {
    return listed->label;
  }
  const auto found = std::ranges::find(kSources, source, &SourceWords::name);
  const std::string_view english =
      found == kSources.end() ? std::string_view(source) : found->english;
  const std::string_view russian = found == kSources.end() ? english : found->russian;
  Text label;
  for (const Column& column : table_.columns) {
    if (column.slot != Slot::kPlain || column.key != "label") continue;
    label.add(column.language, std::string(is_russian(column.language) ? russian : english),
              "label");
  }
  if (label.empty()) label.add("", std::string(english), "label");
  return label;
}

void SurveyBuilder::add_sources(ReadRow row, const SheetRow& sheet_row) {
  const Place where = place(sheet_row, row.vigil.sources.header);
  const std::vector<std::string> names = source_names(row.vigil.sources.value, where);
  SurveyNode& question = *row.node;
  if (question.type->control == Control::kNone || question.type->special == Special::kNote) {
    problems_.error(where, "Only a question that takes an answer can be asked per source.");
    return;
  }
  if (question.bind_attribute("calculate") != nullptr || !question.trigger.value.empty()) {
    problems_.error(where, "A calculated question cannot be asked per source.");
    return;
  }
  auto group = std::make_unique<SurveyNode>();
  group->kind = SurveyNode::Kind::kGroup;
  group->row = sheet_row.number;
  group->name = question.name;
  group->label = std::move(question.label);
  group->hint = std::move(question.hint);
  group->guidance = std::move(question.guidance);
  group->media = std::move(question.media);
  question.label = {};
  question.hint = {};
  question.guidance = {};
  question.media = {};
  group->body.push_back({"appearance", "field-list", "appearance"});
  group->body.push_back(
      {"vigil:sources", fmt::format("{}", fmt::join(names, " ")), row.vigil.sources.header});
  if (const Attribute* relevant = question.bind_attribute("relevant")) {
    group->bind.push_back(*relevant);
    std::erase_if(question.bind, [](const Attribute& at) { return at.name == "relevant"; });
  }
  // That the question was asked is as sensitive as its answers.
  if (const Attribute* level = question.bind_attribute("vigil:sensitivity"))
    group->bind.push_back(*level);
  // "Required" means that somebody was asked: one source's answer is enough, since a team is
  // seldom shown all of them.
  std::string nobody_answered;
  for (const std::string& name : names) nobody_answered += " and string(../" + name + ") = ''";
  for (const std::string& name : names) {
    auto control = copied(question);
    if (const Attribute* required = control->bind_attribute("required")) {
      control->set_bind("required", "(" + required->value + ")" + nobody_answered,
                        required->header);
    }
    control->name = name;
    control->is_source = true;
    control->label = source_label(name);
    group->add_child(std::move(control));
  }
  model_.uses_vigil = true;
  open().add_child(std::move(group));
}

void SurveyBuilder::take_vigil_attributes(const VigilColumns& vigil, SurveyNode& node,
                                          const SheetRow& row) {
  const auto set = [&](std::string_view name, const Attribute& attribute) {
    model_.uses_vigil = true;
    node.set_bind(name, attribute.value, attribute.header);
  };
  if (!vigil.sensitivity.value.empty()) {
    if (vigil.sensitivity.value.size() == 1 && vigil.sensitivity.value >= "0" &&
        vigil.sensitivity.value <= "3") {
      set("vigil:sensitivity", vigil.sensitivity);
    } else {
      problems_.error(place(row, vigil.sensitivity.header),
                      fmt::format("The sensitivity is \"{}\": it must be 0 (may be published in "
                                  "aggregate), 1 (internal), 2 (confidential) or 3 (medical or "
                                  "identifying).",
                                  vigil.sensitivity.value));
    }
  }
  if (!vigil.standard.value.empty()) set("vigil:standard", vigil.standard);
  if (vigil.limit.value.empty()) return;
  if (is_identifier(vigil.limit.value)) {
    set("vigil:limit", vigil.limit);
  } else {
    problems_.error(place(row, vigil.limit.header),
                    fmt::format("The limit is \"{}\": it must be the id of a row of limits.csv "
                                "(letters, digits, underscores, hyphens and periods).",
                                vigil.limit.value));
  }
}

}  // namespace vigil::forms::xlsform
