// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "forms/xlsform/sheet_stack.h"
#include "forms/xlsform/text.h"
#include "forms/xlsform/workbook.h"

namespace vigil::forms::xlsform {
namespace {

struct Record {
  int line = 0;  // of its first character
  std::vector<std::string> fields;
};

std::unexpected<Error> too_large() {
  return fail(ErrorKind::kInvalid, "xlsform.limit",
              "This .csv has more rows, columns or text than a form may have.");
}

// Reads one field from `at` on; leaves `at` behind its separator's position.
Status read_field(std::string_view text, std::size_t& at, int& line, std::string& field) {
  if (at < text.size() && text[at] == '"') {
    const int opened = line;
    ++at;
    while (true) {
      if (at >= text.size()) {
        return fail(ErrorKind::kInvalid, "xlsform.csv",
                    fmt::format("The quotation mark opened in line {} of the .csv is never closed.",
                                opened));
      }
      if (text[at] == '"') {
        if (at + 1 < text.size() && text[at + 1] == '"') {
          field += '"';
          at += 2;
          continue;
        }
        ++at;
        break;
      }
      if (text[at] == '\n') ++line;
      if (text[at] != '\r') field += text[at];
      ++at;
    }
  }
  // Text after a closing quotation mark is kept, as spreadsheet programs do.
  while (at < text.size() && text[at] != ',' && text[at] != '\n') {
    if (text[at] != '\r') field += text[at];
    ++at;
  }
  return {};
}

Result<std::vector<Record>> read_records(std::string_view text, const WorkbookLimits& limits) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > limits.file_bytes) return too_large();
  if (!is_utf8(text)) {
    return fail(ErrorKind::kInvalid, "xlsform.encoding",
                "This .csv is not UTF-8: save it as \"CSV UTF-8\" and try again.");
  }
  std::vector<Record> records;
  std::size_t cells = 0;
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    Record record{line, {}};
    while (true) {
      std::string field;
      VIGIL_TRY(read_field(text, at, line, field));
      if (field.size() > limits.cell_bytes || ++cells > limits.cells ||
          record.fields.size() >= static_cast<std::size_t>(limits.columns)) {
        return too_large();
      }
      record.fields.push_back(std::move(field));
      if (at < text.size() && text[at] == ',') {
        ++at;
        // A separator at the very end leaves one more, empty field.
        if (at < text.size()) continue;
        record.fields.emplace_back();
      } else if (at < text.size()) {
        ++at;
        ++line;
      }
      break;
    }
    if (records.size() >= static_cast<std::size_t>(limits.rows)) return too_large();
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<Sheet> read_csv_sheet(std::string_view text, std::string sheet_name,
                             const WorkbookLimits& limits) {
  VIGIL_ASSIGN(auto records, read_records(text, limits));
  Sheet sheet{std::move(sheet_name), {}};
  int number = 0;
  for (Record& record : records) {
    ++number;
    const bool blank = std::ranges::all_of(
        record.fields, [](const std::string& cell) { return trimmed(cell).empty(); });
    if (!blank) sheet.rows.push_back({number, std::move(record.fields)});
  }
  return sheet;
}

Result<Workbook> read_csv_workbook(std::string_view text, const WorkbookLimits& limits) {
  VIGIL_ASSIGN(auto records, read_records(text, limits));
  const auto is_header = [](const Record& record) {
    return std::ranges::any_of(
        record.fields, [](const std::string& cell) { return lower_case(trimmed(cell)) == "type"; });
  };
  if (!records.empty() && is_header(records.front()) &&
      !trimmed(records.front().fields.front()).empty()) {
    VIGIL_ASSIGN(auto sheet, read_csv_sheet(text, "survey", limits));
    Workbook workbook;
    workbook.sheets.push_back(std::move(sheet));
    return workbook;
  }
  SheetStack stack;
  for (Record& record : records) stack.add(std::move(record.fields));
  return std::move(stack).workbook();
}

}  // namespace vigil::forms::xlsform
