// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/convert.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "forms/xlsform/checks.h"
#include "forms/xlsform/comparison_check.h"
#include "forms/xlsform/expression_check.h"
#include "forms/xlsform/form_model.h"
#include "forms/xlsform/survey.h"
#include "forms/xlsform/text.h"
#include "forms/xlsform/workbook.h"
#include "forms/xlsform/xform_writer.h"

namespace vigil::forms {
namespace {

using namespace xlsform;

constexpr std::size_t kSheetNameSlip = 2;  // edits from a sheet's name that still mean it

// The sheet of that kind; names are compared without regard to case.
const Sheet* find_sheet(const Workbook& workbook, SheetKind kind) {
  const auto found = std::ranges::find_if(workbook.sheets, [&](const Sheet& sheet) {
    return lower_case(trimmed(sheet.name)) == sheet_name(kind);
  });
  return found == workbook.sheets.end() ? nullptr : &*found;
}

// Sheets whose names are nearly `kind`'s; a leading _ says that the author knows.
std::string similar_sheets(const Workbook& workbook, SheetKind kind) {
  std::string similar;
  for (const Sheet& sheet : workbook.sheets) {
    const std::string name = lower_case(trimmed(sheet.name));
    if (name.starts_with('_') || name == sheet_name(kind)) continue;
    if (edit_distance(name, sheet_name(kind), kSheetNameSlip) > kSheetNameSlip) continue;
    if (!similar.empty()) similar += ", ";
    similar += fmt::format("\"{}\"", sheet.name);
  }
  return similar;
}

// Spreadsheet programs in countries with a decimal comma write semicolons into a .csv.
constexpr std::string_view kSemicolons =
    "The cells are separated by semicolons: save it as .csv with commas, or as .xlsx.";

bool has_semicolons(const Sheet& sheet) {
  return !sheet.rows.empty() && sheet.rows.front().cells.size() == 1 &&
         sheet.rows.front().cells.front().find(';') != std::string::npos;
}

Table table_of(const Workbook& workbook, SheetKind kind, Problems& problems) {
  if (const Sheet* sheet = find_sheet(workbook, kind)) {
    if (has_semicolons(*sheet)) problems.error({sheet_name(kind), 1, ""}, std::string(kSemicolons));
    return read_table(*sheet, kind, problems);
  }
  Table none;
  none.kind = kind;
  if (kind == SheetKind::kOsm) return none;
  const std::string similar = similar_sheets(workbook, kind);
  if (!similar.empty()) {
    problems.warning({"", 0, ""}, fmt::format("There is no sheet \"{}\", but there is {}: is it "
                                              "misspelt? Begin its name with _ if it is not.",
                                              sheet_name(kind), similar));
  }
  return none;
}

void check_survey_sheet(const Workbook& workbook, const Table& survey, Problems& problems) {
  if (find_sheet(workbook, SheetKind::kSurvey) == nullptr) {
    const std::string similar = similar_sheets(workbook, SheetKind::kSurvey);
    // In a single .csv a line with one cell names a sheet.
    const bool semicolons = std::ranges::any_of(workbook.sheets, [](const Sheet& sheet) {
      return sheet.name.find(';') != std::string::npos;
    });
    if (semicolons) problems.error({"survey", 1, ""}, std::string(kSemicolons));
    problems.error({"survey", 0, ""},
                   "The workbook has no sheet \"survey\"" +
                       (similar.empty() ? std::string(".") : "; it has " + similar + "."));
  } else if (!survey.has(Slot::kPlain, "type")) {
    problems.error({"survey", 1, "type"},
                   "The survey sheet has no column type: it needs type, name and label.");
  }
}

std::string stem_of(std::string_view file_name) {
  return std::filesystem::path(file_name).stem().string();
}

Conversion convert(const Workbook& workbook, std::string_view file_name,
                   const ConversionOptions& options) {
  Problems problems;
  FormModel model;
  // The tables outlive the model's views into them.
  const Table settings = table_of(workbook, SheetKind::kSettings, problems);
  const Table choices = table_of(workbook, SheetKind::kChoices, problems);
  const Table external = table_of(workbook, SheetKind::kExternalChoices, problems);
  const Table osm = table_of(workbook, SheetKind::kOsm, problems);
  Table survey = table_of(workbook, SheetKind::kSurvey, problems);
  const Table entities = table_of(workbook, SheetKind::kEntities, problems);

  if (!options.root_name.empty()) model.settings.root_name = options.root_name;
  read_settings(settings,
                options.default_form_id.empty() ? stem_of(file_name) : options.default_form_id,
                model, problems);
  if (!model.settings.clean_text) survey.spacing = Spacing::kAsWritten;
  read_choices(choices, model, problems);
  read_osm(osm, model);
  if (find_sheet(workbook, SheetKind::kExternalChoices) != nullptr) {
    read_external_choices(external, model, problems);
  }
  check_survey_sheet(workbook, survey, problems);
  SurveyBuilder(survey, model, problems).build();
  index_names(model, problems);
  link_triggers(model, problems);
  inherit_sensitivity(model);
  read_entities(entities, model, problems);
  warn_about_translations(survey, choices, model, problems);
  warn_about_comparisons(model, problems);

  Conversion conversion;
  XformWriter writer(model, problems);
  std::string xml = writer.write();
  check_expressions(writer.expressions(), model, problems);
  if (!problems.any_error()) {
    conversion.accepted = true;
    conversion.xform_xml = std::move(xml);
    if (!model.itemsets_csv.empty()) {
      conversion.files.push_back({"itemsets.csv", to_bytes(model.itemsets_csv)});
    }
  }
  for_each_node(std::as_const(*model.root), [&](const SurveyNode& node) {
    if (node.row > 0 && !node.path.empty()) conversion.rows.push_back({node.path, node.row});
  });
  conversion.form_id = model.settings.id;
  conversion.version = model.settings.version;
  problems.move_into(conversion);
  return conversion;
}

}  // namespace

Result<Conversion> convert_xlsform(const std::string& path, const ConversionOptions& options) {
  VIGIL_ASSIGN(auto workbook, read_workbook_from_disk(path));
  std::filesystem::path name(path);
  if (name.filename().empty()) name = name.parent_path();
  return convert(workbook, name.filename().string(), options);
}

Result<Conversion> convert_xlsform(ByteView content, std::string_view file_name,
                                   const ConversionOptions& options) {
  VIGIL_ASSIGN(auto workbook, read_workbook(content, file_name));
  return convert(workbook, file_name, options);
}

}  // namespace vigil::forms
