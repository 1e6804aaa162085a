// SPDX-License-Identifier: Apache-2.0
//
// What a workbook holds, whatever its file format: named sheets of text cells. Numbers, dates and
// booleans are already the text that a spreadsheet program shows. Thread: values, pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::forms::xlsform {

// One row that has a cell with text. `number` counts from 1 as the spreadsheet program shows it.
struct SheetRow {
  int number = 0;
  std::vector<std::string> cells;  // by column; shorter than the header where the rest is empty
};

struct Sheet {
  std::string name;
  std::vector<SheetRow> rows;  // rows without text left out
};

struct Workbook {
  std::vector<Sheet> sheets;
};

// Bounds on what one workbook may ask of us. Real forms reach 20,000 rows and 60 columns; a form
// of 5,000 questions is under 1 MiB of XML.
struct WorkbookLimits {
  std::size_t file_bytes = std::size_t{32} << 20;
  std::size_t part_bytes = std::size_t{24} << 20;   // one part of the zip, unpacked
  std::size_t total_bytes = std::size_t{64} << 20;  // all parts read, unpacked
  std::size_t compression_ratio = 400;              // of one part; XML text reaches some 60
  // Of one part: they bound the memory that its parsed form takes (some 64 bytes each).
  std::size_t tags = 2'400'000;
  std::size_t attributes = 2'000'000;
  std::size_t sheets = 64;
  int rows = 100'000;
  int columns = 1'024;
  std::size_t cells = 400'000;
  std::size_t cell_bytes = 32'767 * 4;  // a cell holds 32,767 characters
};

// Kinds of workbook, told by the ending of the file name.
enum class WorkbookKind { kXlsx, kXls, kCsv, kMarkdown, kUnknown };
[[nodiscard]] WorkbookKind workbook_kind(std::string_view file_name);

// Each fails kInvalid: "xlsform.zip", "xlsform.limit", "xlsform.xml", "xlsform.encoding",
// "xlsform.csv", "xlsform.kind".
[[nodiscard]] Result<Workbook> read_xlsx(ByteView content, const WorkbookLimits& limits = {});
// One sheet from comma separated values (RFC 4180).
[[nodiscard]] Result<Sheet> read_csv_sheet(std::string_view text, std::string sheet_name,
                                           const WorkbookLimits& limits = {});
// Several sheets in one file: a row with only its first cell filled names the sheet, the rows of
// the sheet follow with their first cell empty. A file whose first row holds a `type` column is a
// survey sheet alone.
[[nodiscard]] Result<Workbook> read_csv_workbook(std::string_view text,
                                                 const WorkbookLimits& limits = {});
// Tables of `| cell | cell |`, laid out as in read_csv_workbook.
[[nodiscard]] Result<Workbook> read_markdown_workbook(std::string_view text,
                                                      const WorkbookLimits& limits = {});
// By the ending of `file_name`.
[[nodiscard]] Result<Workbook> read_workbook(ByteView content, std::string_view file_name,
                                             const WorkbookLimits& limits = {});
// A file or a folder of .csv on disk; kNotFound where there is none.
[[nodiscard]] Result<Workbook> read_workbook_from_disk(const std::string& path,
                                                       const WorkbookLimits& limits = {});

}  // namespace vigil::forms::xlsform
