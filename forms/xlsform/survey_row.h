// SPDX-License-Identifier: Apache-2.0
//
// One row of the survey sheet taken apart, and the node it makes. Used by survey.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "forms/xlsform/form_model.h"

namespace vigil::forms::xlsform {

// The vigil:: columns of a row.
struct VigilColumns {
  Attribute sources;
  Attribute sensitivity;
  Attribute standard;
  Attribute limit;
};

struct ReadRow {
  std::string type;
  std::string name;
  bool disabled = false;
  std::string parameters;
  std::string_view parameters_header = "parameters";
  std::string list_name;
  VigilColumns vigil;
  std::unique_ptr<SurveyNode> node;  // all but its type
};

[[nodiscard]] ReadRow read_row(const Table& table, const SheetRow& row);

// Puts what the type brings before what the row says.
void apply_type(SurveyNode& node, const QuestionType& type);

// A copy of the node and all below it, without a parent.
[[nodiscard]] std::unique_ptr<SurveyNode> copied(const SurveyNode& node);

}  // namespace vigil::forms::xlsform
