// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "forms/xlsform/cell_format.h"
#include "forms/xlsform/text.h"
#include "forms/xlsform/workbook.h"
#include "forms/xlsform/zip_parts.h"

namespace vigil::forms::xlsform {
namespace {

constexpr int kLastRow = 1'048'576;  // of a sheet, in any spreadsheet program
constexpr int kLastColumn = 16'384;

std::unexpected<Error> bad_part(const std::string& name) {
  return fail(ErrorKind::kInvalid, "xlsform.xml",
              fmt::format("The part {} of this workbook is not the XML it should be: open it in a "
                          "spreadsheet program and save it again.",
                          name));
}

std::unexpected<Error> too_large(const std::string& name) {
  return fail(ErrorKind::kInvalid, "xlsform.limit",
              fmt::format("{} has more rows, columns or text than a form may have.", name));
}

// Workbooks may bind the spreadsheet namespace to any prefix.
std::string_view local_name(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
  for (const pugi::xml_node node : parent.children()) {
    if (local_name(node.name()) == name) return node;
  }
  return {};
}

pugi::xml_attribute attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute found : node.attributes()) {
    if (local_name(found.name()) == name) return found;
  }
  return {};
}

// Parses in place. Refuses a DOCTYPE: no spreadsheet program writes one, and entity bombs need it.
Status parse_part(const std::string& name, std::string& text, pugi::xml_document& document,
                  const WorkbookLimits& limits) {
  if (static_cast<std::size_t>(std::ranges::count(text, '<')) > limits.tags ||
      static_cast<std::size_t>(std::ranges::count(text, '=')) > limits.attributes) {
    return too_large(name);
  }
  if (text.find("<!DOCTYPE") != std::string::npos) return bad_part(name);
  const unsigned options = pugi::parse_default | pugi::parse_ws_pcdata;
  if (!document.load_buffer_inplace(text.data(), text.size(), options)) return bad_part(name);
  return {};
}

// Excel writes characters that XML has no room for as _x000D_.
std::string unescaped(std::string text) {
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    unsigned code = 0;
    if (at + 6 >= text.size() || text[at + 6] != '_') continue;
    const auto [end, error] = std::from_chars(&text[at + 2], &text[at + 2] + 4, code, 16);
    if (error != std::errc{} || end != &text[at + 2] + 4 || code >= 0x80) continue;
    text.replace(at, 7, 1, static_cast<char>(code));
  }
  return text;
}

// The text of a shared or inline string: its runs joined, without the phonetic ones.
std::string string_item(pugi::xml_node item) {
  std::string text;
  for (const pugi::xml_node part : item.children()) {
    const std::string_view name = local_name(part.name());
    if (name == "t") text += part.text().get();
    if (name == "r") text += child(part, "t").text().get();
  }
  return unescaped(std::move(text));
}

struct Styles {
  std::vector<NumberFormat> by_cell_style;
};

struct Part {
  std::string sheet_name;
  std::string path;
};

class XlsxReader {
 public:
  XlsxReader(ZipParts parts, const WorkbookLimits& limits)
      : parts_(std::move(parts)), limits_(limits) {}

  Result<Workbook> read() {
    VIGIL_TRY(read_directory());
    VIGIL_TRY(read_shared_strings());
    VIGIL_TRY(read_styles());
    Workbook workbook;
    for (const Part& part : sheets_) {
      VIGIL_ASSIGN(auto sheet, read_sheet(part));
      workbook.sheets.push_back(std::move(sheet));
    }
    return workbook;
  }

 private:
  Status read_directory() {
    std::map<std::string, std::string> targets;
    pugi::xml_document relations;
    const std::string relations_name = "xl/_rels/workbook.xml.rels";
    VIGIL_ASSIGN(auto relations_text, parts_.read(relations_name));
    VIGIL_TRY(parse_part(relations_name, relations_text, relations, limits_));
    for (const pugi::xml_node relation : relations.first_child().children()) {
      std::string target = attribute(relation, "Target").value();
      if (target.starts_with('/')) {
        target.erase(0, 1);
      } else {
        target.insert(0, "xl/");
      }
      const std::string_view kind = attribute(relation, "Type").value();
      if (kind.ends_with("/sharedStrings")) shared_strings_path_ = target;
      if (kind.ends_with("/styles")) styles_path_ = target;
      targets.emplace(attribute(relation, "Id").value(), std::move(target));
    }
    pugi::xml_document book;
    VIGIL_ASSIGN(auto text, parts_.read("xl/workbook.xml"));
    VIGIL_TRY(parse_part("xl/workbook.xml", text, book, limits_));
    const pugi::xml_node root = book.first_child();
    epoch_1904_ = attribute(child(root, "workbookPr"), "date1904").as_bool();
    for (const pugi::xml_node sheet : child(root, "sheets").children()) {
      if (local_name(sheet.name()) != "sheet") continue;
      const auto target = targets.find(attribute(sheet, "id").value());
      // A chart sheet has no cells.
      if (target == targets.end() || target->second.find("chartsheets/") != std::string::npos) {
        continue;
      }
      if (sheets_.size() >= limits_.sheets) return too_large("This workbook");
      sheets_.push_back({attribute(sheet, "name").value(), target->second});
    }
    return {};
  }

  Status read_shared_strings() {
    if (shared_strings_path_.empty() || !parts_.has(shared_strings_path_)) return {};
    VIGIL_ASSIGN(auto text, parts_.read(shared_strings_path_));
    pugi::xml_document document;
    VIGIL_TRY(parse_part(shared_strings_path_, text, document, limits_));
    for (const pugi::xml_node item : document.first_child().children()) {
      if (local_name(item.name()) == "si") shared_strings_.push_back(string_item(item));
    }
    return {};
  }

  Status read_styles() {
    if (styles_path_.empty() || !parts_.has(styles_path_)) return {};
    VIGIL_ASSIGN(auto text, parts_.read(styles_path_));
    pugi::xml_document document;
    VIGIL_TRY(parse_part(styles_path_, text, document, limits_));
    const pugi::xml_node root = document.first_child();
    std::map<int, NumberFormat> custom;
    for (const pugi::xml_node format : child(root, "numFmts").children()) {
      custom.emplace(attribute(format, "numFmtId").as_int(),
                     format_of_code(attribute(format, "formatCode").value()));
    }
    for (const pugi::xml_node style : child(root, "cellXfs").children()) {
      const int id = attribute(style, "numFmtId").as_int();
      const auto found = custom.find(id);
      styles_.by_cell_style.push_back(found == custom.end() ? format_of_builtin(id)
                                                            : found->second);
    }
    return {};
  }

  Result<Sheet> read_sheet(const Part& part) {
    VIGIL_ASSIGN(auto text, parts_.read(part.path));
    pugi::xml_document document;
    VIGIL_TRY(parse_part(part.path, text, document, limits_));
    Sheet sheet{part.sheet_name, {}};
    int number = 0;
    for (const pugi::xml_node row : child(document.first_child(), "sheetData").children()) {
      if (local_name(row.name()) != "row") continue;
      number = std::clamp(row.attribute("r").as_int(number + 1), number + 1, kLastRow);
      SheetRow read{number, {}};
      if (!read_cells(row, read.cells)) return too_large(part.sheet_name);
      if (read.cells.empty()) continue;
      if (sheet.rows.size() >= static_cast<std::size_t>(limits_.rows)) {
        return too_large("The sheet " + part.sheet_name);
      }
      sheet.rows.push_back(std::move(read));
    }
    return sheet;
  }

  // False where there are more or longer cells than the limits allow.
  bool read_cells(pugi::xml_node row, std::vector<std::string>& cells) {
    int column = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (local_name(cell.name()) != "c") continue;
      ++column;
      if (const int named = column_of(cell.attribute("r").value()); named > 0) column = named;
      std::string text = cell_text(cell);
      if (text.size() > limits_.cell_bytes) return false;
      if (trimmed(text).empty()) continue;
      if (column > limits_.columns || ++cells_read_ > limits_.cells) return false;
      const auto index = static_cast<std::size_t>(column - 1);
      if (cells.size() <= index) cells.resize(index + 1);
      cells[index] = std::move(text);
    }
    return true;
  }

  // 28 of "AB12"; 0 where there is no such reference.
  static int column_of(std::string_view reference) {
    int column = 0;
    for (const char c : reference) {
      if (c < 'A' || c > 'Z') break;
      column = column * 26 + (c - 'A' + 1);
      if (column > kLastColumn) return 0;
    }
    return column;
  }

  std::string cell_text(pugi::xml_node cell) const {
    const std::string_view kind = cell.attribute("t").value();
    if (kind == "inlineStr") return string_item(child(cell, "is"));
    const char* value = child(cell, "v").text().get();
    if (kind == "s") {
      std::size_t index = 0;
      const char* end = value + std::strlen(value);
      const auto [stop, error] = std::from_chars(value, end, index);
      const bool known = error == std::errc{} && stop == end && index < shared_strings_.size();
      return known ? shared_strings_[index] : std::string{};
    }
    if (kind == "b") return *value == '1' ? "TRUE" : "FALSE";
    if (kind == "str" || kind == "e" || kind == "d") return unescaped(value);
    const auto style = static_cast<std::size_t>(cell.attribute("s").as_uint());
    const NumberFormat format =
        style < styles_.by_cell_style.size() ? styles_.by_cell_style[style] : NumberFormat::kPlain;
    return shown_number(value, format, epoch_1904_);
  }

  ZipParts parts_;
  WorkbookLimits limits_;
  std::vector<Part> sheets_;
  std::string shared_strings_path_;
  std::string styles_path_;
  std::vector<std::string> shared_strings_;
  Styles styles_;
  bool epoch_1904_ = false;
  std::size_t cells_read_ = 0;
};

}  // namespace

Result<Workbook> read_xlsx(ByteView content, const WorkbookLimits& limits) {
  VIGIL_ASSIGN(auto parts, ZipParts::open(content, limits));
  return XlsxReader(std::move(parts), limits).read();
}

}  // namespace vigil::forms::xlsform
