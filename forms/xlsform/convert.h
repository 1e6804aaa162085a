// SPDX-License-Identifier: Apache-2.0
//
// XLSForm in, XForm XML out. An author's workbook (.xlsx, .xlsm, a folder of .csv, one .csv or .md)
// becomes the standard XForm that any ODK tool loads. Everything that is wrong is reported in one
// go, by sheet, row and column. Thread: pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::forms {

// One thing an author should mend. `row` counts from 1 as the spreadsheet program shows it
// (the header is row 1); 0 where no row is meant. `sheet` and `column` may be empty.
struct FormProblem {
  std::string sheet;
  int row = 0;
  std::string column;
  std::string message;
};

// A file beside the form that the form refers to (itemsets.csv, an image).
struct FormFile {
  std::string name;
  Bytes content;
};

// Which row of the survey sheet made a node.
struct NodeRow {
  std::string path;  // "/data/group/name"
  int row = 0;
};

struct Conversion {
  bool accepted = false;  // false: `errors` is not empty, xform_xml is
  std::string xform_xml;
  std::string form_id;
  std::string version;
  std::vector<FormFile> files;  // generated beside the form: itemsets.csv
  std::vector<FormProblem> errors;
  std::vector<FormProblem> warnings;
  std::vector<NodeRow> rows;  // in the order of the sheet
  // Expressions that no form engine can load (bad syntax, cycles). pyxform lets them pass, so
  // converting does too; checking a form counts them as errors.
  std::vector<FormProblem> expression_errors;
};

struct ConversionOptions {
  // The instance's root element, and the form's id and title where settings give none. Empty: the
  // root is "data", the id and title are the file's name without its ending.
  std::string root_name;
  std::string default_form_id;
};

// Reads the workbook at `path` (a file, or a folder with survey.csv, choices.csv, ...) and converts
// it. The Error is for what could not be read at all (no such file: kNotFound; not a workbook,
// a zip bomb, an old .xls: kInvalid); what an author can mend is in Conversion::errors.
[[nodiscard]] Result<Conversion> convert_xlsform(const std::string& path,
                                                 const ConversionOptions& options = {});

// The same from memory. `file_name` tells the kind by its ending and gives the default form id.
[[nodiscard]] Result<Conversion> convert_xlsform(ByteView content, std::string_view file_name,
                                                 const ConversionOptions& options = {});

}  // namespace vigil::forms
