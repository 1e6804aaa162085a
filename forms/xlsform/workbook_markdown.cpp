// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "forms/xlsform/sheet_stack.h"
#include "forms/xlsform/text.h"
#include "forms/xlsform/workbook.h"

namespace vigil::forms::xlsform {
namespace {

// The cells between the bars; `\|` is a bar within a cell.
std::vector<std::string> split_cells(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '|') {
      cell += '|';
      ++at;
    } else if (line[at] == '|') {
      cells.emplace_back(trimmed(cell));
      cell.clear();
    } else {
      cell += line[at];
    }
  }
  if (!trimmed(cell).empty()) cells.emplace_back(trimmed(cell));
  return cells;
}

// The line of dashes that Markdown wants below a table's header.
bool is_rule(const std::vector<std::string>& cells) {
  bool dashes = false;
  for (const std::string& cell : cells) {
    if (cell.find_first_not_of("-: ") != std::string::npos) return false;
    dashes = dashes || cell.find("--") != std::string::npos;
  }
  return dashes;
}

}  // namespace

Result<Workbook> read_markdown_workbook(std::string_view text, const WorkbookLimits& limits) {
  if (text.size() > limits.file_bytes) {
    return fail(ErrorKind::kInvalid, "xlsform.limit", "This .md is larger than a form may be.");
  }
  if (!is_utf8(text)) {
    return fail(ErrorKind::kInvalid, "xlsform.encoding", "This .md is not UTF-8 text.");
  }
  SheetStack stack;
  std::size_t cells_read = 0;
  int rows = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with('|')) continue;
    std::vector<std::string> cells = split_cells(line);
    if (is_rule(cells)) continue;
    cells_read += cells.size();
    if (++rows > limits.rows || cells_read > limits.cells ||
        cells.size() > static_cast<std::size_t>(limits.columns)) {
      return fail(ErrorKind::kInvalid, "xlsform.limit",
                  "This .md has more rows or columns than a form may have.");
    }
    stack.add(std::move(cells));
  }
  return std::move(stack).workbook();
}

}  // namespace vigil::forms::xlsform
