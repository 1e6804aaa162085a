// SPDX-License-Identifier: Apache-2.0
//
// Builds the tree from the rows of the survey sheet: sections open and close, loops unroll, tables
// of selects, "specify other", sources. Used by survey.cpp and its parts.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/survey_row.h"

namespace vigil::forms::xlsform {

class SurveyBuilder {
 public:
  SurveyBuilder(const Table& table, FormModel& model, Problems& problems)
      : table_(table), model_(model), problems_(problems) {}

  void build();

 private:
  // A begin row that waits for its end.
  struct Section {
    SurveyNode* node = nullptr;
    ParsedType::Kind end = ParsedType::Kind::kUnknown;
    std::string_view type_header;
    std::string loop_list;    // loops only
    bool table_list = false;  // its selects make one table
    std::string table_list_name;
  };

  void read(const SheetRow& row);
  void begin_section(ReadRow row, const ParsedType& type, const SheetRow& sheet_row);
  void end_section(const ReadRow& row, const ParsedType& type, const SheetRow& sheet_row);
  void add_question(ReadRow row, const ParsedType& type, const SheetRow& sheet_row);
  void close_open_sections();
  void warn_about(const SurveyNode& node, const SheetRow& row);

  void check_name(const std::string& name, const SheetRow& row);
  void set_choices(const ParsedType& type, SurveyNode& node, const SheetRow& row);
  void set_file(const std::string& list_name, SurveyNode& node, const Place& place);
  void check_list_exists(const SurveyNode& node, const Place& place);
  void check_external_list(const SurveyNode& node, const Place& place);
  void check_choice_names(const SurveyNode& node);
  void add_other(SurveyNode& question, const SheetRow& row);
  void add_repeat_count(SurveyNode& repeat, SurveyNode& parent);
  void start_table_list(SurveyNode& group, SurveyNode& first_place, Section& section);
  void join_table_list(SurveyNode& question, Section& section, const Place& place);
  void unroll(SurveyNode& loop, const std::string& list_name);
  void add_sources(ReadRow row, const SheetRow& sheet_row);
  void take_vigil_attributes(const VigilColumns& vigil, SurveyNode& node, const SheetRow& row);
  [[nodiscard]] std::vector<std::string> source_names(const std::string& cell, const Place& place);
  [[nodiscard]] Text source_label(const std::string& source) const;

  SurveyNode& open() { return *sections_.back().node; }
  Place place(const SheetRow& row, std::string_view column) const {
    return {"survey", row.number, column};
  }
  Place type_place(const SheetRow& row) const { return table_.place(row, Slot::kPlain, "type"); }
  Place name_place(const SheetRow& row) const { return table_.place(row, Slot::kPlain, "name"); }

  const Table& table_;
  FormModel& model_;
  Problems& problems_;
  std::vector<Section> sections_;
  int too_deep_ = 0;  // begin rows ignored because they nest beyond the bound
};

}  // namespace vigil::forms::xlsform
