// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/survey_row.h"

#include <algorithm>
#include <array>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// yes and no in the columns that hold expressions.
constexpr std::array<std::string_view, 5> kExpressionColumns{"readonly", "required", "relevant",
                                                             "constraint", "calculate"};

std::string expression_value(std::string_view key, std::string value) {
  if (std::ranges::find(kExpressionColumns, key) == kExpressionColumns.end()) return value;
  switch (yes_or_no(value)) {
    case YesNo::kYes:
      return "true()";
    case YesNo::kNo:
      return "false()";
    default:
      return value;
  }
}

void take_bind(const Column& column, std::string value, SurveyNode& node) {
  if (column.key == "jr:constraintMsg") {
    node.constraint_message.add(column.language, std::move(value), column.header);
  } else if (column.key == "jr:requiredMsg") {
    node.required_message.add(column.language, std::move(value), column.header);
  } else if (column.key == "jr:noAppErrorString") {
    node.no_app_message.add(column.language, std::move(value), column.header);
  } else {
    value = expression_value(column.key, std::move(value));
    node.bind.push_back({column.key, std::move(value), column.header});
  }
}

void take_plain(const Column& column, std::string value, ReadRow& row) {
  SurveyNode& node = *row.node;
  const std::string& key = column.key;
  if (key == "type") {
    row.type = std::move(value);
  } else if (key == "name") {
    row.name = std::move(value);
  } else if (key == "label") {
    node.label.add(column.language, std::move(value), column.header);
  } else if (key == "hint") {
    node.hint.add(column.language, std::move(value), column.header);
  } else if (key == "guidance_hint") {
    node.guidance.add(column.language, std::move(value), column.header);
  } else if (key == "default") {
    node.default_value = {key, std::move(value), column.header};
  } else if (key == "trigger") {
    node.trigger = {key, std::move(value), column.header};
  } else if (key == "choice_filter") {
    node.choice_filter = {key, std::move(value), column.header};
  } else if (key == "repeat_count") {
    node.repeat_count = {key, std::move(value), column.header};
  } else if (key == "parameters") {
    row.parameters = std::move(value);
    row.parameters_header = column.header;
  } else if (key == "list_name") {
    row.list_name = std::move(value);
  } else if (key == "disabled") {
    row.disabled = yes_or_no(value) == YesNo::kYes;
  }
}

void take_vigil(const Column& column, std::string value, VigilColumns& vigil) {
  Attribute attribute{column.key, std::move(value), column.header};
  if (column.key == "sources") vigil.sources = std::move(attribute);
  if (column.key == "sensitivity") vigil.sensitivity = std::move(attribute);
  if (column.key == "standard") vigil.standard = std::move(attribute);
  if (column.key == "limit") vigil.limit = std::move(attribute);
}

void take_medium(const Column& column, std::string value, SurveyNode& node) {
  const auto found = std::ranges::find(kMediumNames, column.key);
  if (found == kMediumNames.end()) return;
  node.media[static_cast<std::size_t>(found - kMediumNames.begin())].add(
      column.language, std::move(value), column.header);
}

}  // namespace

ReadRow read_row(const Table& table, const SheetRow& row) {
  ReadRow read;
  read.node = std::make_unique<SurveyNode>();
  read.node->row = row.number;
  for (std::size_t at = 0; at < table.columns.size() && at < row.cells.size(); ++at) {
    if (row.cells[at].empty()) continue;
    const Column& column = table.columns[at];
    std::string value = table.clean(row.cells[at]);
    if (value.empty()) continue;
    switch (column.slot) {
      case Slot::kPlain:
        take_plain(column, std::move(value), read);
        break;
      case Slot::kBind:
        take_bind(column, std::move(value), *read.node);
        break;
      case Slot::kBody:
        read.node->body.push_back({column.key, std::move(value), column.header});
        break;
      case Slot::kInstance:
        read.node->instance.push_back({column.key, std::move(value), column.header});
        break;
      case Slot::kMedia:
        take_medium(column, std::move(value), *read.node);
        break;
      case Slot::kVigil:
        take_vigil(column, std::move(value), read.vigil);
        break;
      default:
        break;
    }
  }
  return read;
}

void apply_type(SurveyNode& node, const QuestionType& type) {
  node.type = &type;
  std::vector<Attribute> from_row = std::move(node.bind);
  node.bind.clear();
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) node.bind.push_back({std::string(name), std::string(value), "type"});
  };
  if (type.special == Special::kNote) add("readonly", "true()");
  add("jr:preload", type.preload);
  add("type", type.bind_type);
  add("jr:preloadParams", type.preload_params);
  add("constraint", type.constraint);
  for (Attribute& attribute : from_row) {
    node.set_bind(attribute.name, std::move(attribute.value), attribute.header);
  }
  if (node.hint.empty() && !type.hint.empty()) node.hint.add("", std::string(type.hint), "type");
}

std::unique_ptr<SurveyNode> copied(const SurveyNode& node) {
  auto copy = std::make_unique<SurveyNode>();
  copy->kind = node.kind;
  copy->name = node.name;
  copy->row = node.row;
  copy->type = node.type;
  copy->label = node.label;
  copy->hint = node.hint;
  copy->guidance = node.guidance;
  copy->media = node.media;
  copy->constraint_message = node.constraint_message;
  copy->required_message = node.required_message;
  copy->no_app_message = node.no_app_message;
  copy->bind = node.bind;
  copy->body = node.body;
  copy->instance = node.instance;
  copy->default_value = node.default_value;
  copy->trigger = node.trigger;
  copy->choice_filter = node.choice_filter;
  copy->repeat_count = node.repeat_count;
  copy->parameters = node.parameters;
  copy->choices = node.choices;
  copy->list_name = node.list_name;
  copy->file_name = node.file_name;
  copy->repeat_question = node.repeat_question;
  copy->file_value = node.file_value;
  copy->file_label = node.file_label;
  copy->generated = node.generated;
  copy->in_meta = node.in_meta;
  copy->is_source = node.is_source;
  for (const auto& child : node.children) copy->add_child(copied(*child));
  return copy;
}

}  // namespace vigil::forms::xlsform
