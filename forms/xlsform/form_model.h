// SPDX-License-Identifier: Apache-2.0
//
// All that a workbook says, sheet by sheet, ready to be written as an XForm. The model keeps views
// into the tables it was read from; both live in convert.cpp. Thread: built by one, then read only.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "forms/xlsform/problems.h"
#include "forms/xlsform/survey_tree.h"

namespace vigil::forms::xlsform {

struct Settings {
  std::string title;
  std::vector<std::pair<std::string, std::string>> titles;  // vigil::title: language, text
  std::string id;
  std::string root_name = "data";
  std::string version;
  std::string default_language;  // "" where the sheet gives none
  std::string style;
  std::string instance_name;
  std::string instance_xmlns;
  std::string public_key;
  std::string submission_url;
  std::string auto_send;
  std::string auto_delete;
  std::string prefix;
  std::string delimiter;
  std::string instance_id = "uid";  // the preload that makes the instance's id
  bool omit_instance_id = false;
  bool clean_text = true;
  bool allow_choice_duplicates = false;
  bool client_editable = false;
  std::vector<std::pair<std::string, std::string>> namespaces;  // prefix, uri
  std::vector<Attribute> attributes;                            // of the instance's root
  int row = 0;
  std::string instance_name_header;
};

struct Choice {
  std::string name;
  int row = 0;
  Text label;
  Media media;
  std::vector<std::pair<std::string_view, std::string>> extra;  // header, value
};

struct ChoiceList {
  std::string name;
  std::vector<Choice> choices;
  bool in_itext = false;   // labels are translated, or have media or references
  bool for_many = false;   // a select_multiple uses it, and its names were looked at
  bool by_search = false;  // its choices stand in the controls that use it with search()
};

struct EntityDeclaration {
  std::string list_name;
  Attribute label;
  Attribute entity_id;
  Attribute create_if;
  Attribute update_if;
  int row = 0;
  SurveyNode* container = nullptr;
};

// A table that is not our sheet's: external_choices, written out as itemsets.csv; osm tags.
struct FormModel {
  Settings settings;
  std::unique_ptr<SurveyNode> root;
  std::deque<ChoiceList> lists;  // in the order of the sheet; addresses stay
  std::unordered_map<std::string, ChoiceList*> list_by_name;
  std::deque<ChoiceList> osm_lists;
  std::deque<EntityDeclaration> entities;
  Table external_choices;
  bool has_external_choices = false;
  std::unordered_set<std::string> external_lists;  // the list names of external_choices
  std::string itemsets_csv;
  // Every named node; more than one where a name is used in several places.
  std::unordered_map<std::string_view, std::vector<SurveyNode*>> nodes_by_name;
  bool uses_vigil = false;
  bool uses_or_other = false;

  [[nodiscard]] const ChoiceList* list(std::string_view name) const;
};

// Visits `node` and all below it, parents first.
template <typename Visit>
void for_each_node(SurveyNode& node, const Visit& visit) {
  visit(node);
  for (const auto& child : node.children) for_each_node(*child, visit);
}
template <typename Visit>
void for_each_node(const SurveyNode& node, const Visit& visit) {
  visit(node);
  for (const auto& child : node.children) for_each_node(std::as_const(*child), visit);
}

// Each reads its sheet into the model.
void read_settings(const Table& table, std::string_view fallback_id, FormModel& model,
                   Problems& problems);
// A row of the survey sheet may give a setting, its type the setting's name and its name the value
// (the oldest XLSForms do). False where `type` names none.
[[nodiscard]] bool take_setting_row(std::string_view type, const std::string& value,
                                    Settings& settings);
void read_choices(const Table& table, FormModel& model, Problems& problems);
void read_osm(const Table& table, FormModel& model);
void read_external_choices(const Table& table, FormModel& model, Problems& problems);
void read_survey(const Table& table, FormModel& model, Problems& problems);
void read_entities(const Table& table, FormModel& model, Problems& problems);

}  // namespace vigil::forms::xlsform
