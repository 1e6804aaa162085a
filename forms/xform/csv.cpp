// SPDX-License-Identifier: Apache-2.0
//
// A list kept as CSV (RFC 4180, comma or semicolon): root/item with one child a column.
#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

struct CsvReader {
  std::string_view text;
  char separator = ',';
  std::size_t at = 0;
  bool unclosed = false;  // a quotation mark that nothing ends

  // false at the end of the file.
  bool record(std::vector<std::string>& fields) {
    fields.clear();
    if (at >= text.size()) return false;
    std::string field;
    for (;;) {
      const bool more = read_field(field);
      fields.push_back(std::move(field));
      field.clear();
      if (!more) return true;
    }
  }

 private:
  bool read_field(std::string& field) {
    if (at < text.size() && text[at] == '"') read_quoted(field);
    if (unclosed) return false;
    while (at < text.size() && text[at] != separator && text[at] != '\n' && text[at] != '\r')
      field += text[at++];
    if (at >= text.size()) return false;
    if (text[at] == separator) {
      ++at;
      return true;
    }
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    ++at;
    return false;
  }

  void read_quoted(std::string& field) {
    for (++at; at < text.size(); ++at) {
      if (text[at] != '"') {
        field += text[at];
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        field += '"';
        ++at;
      } else {
        ++at;
        return;
      }
    }
    unclosed = true;
  }
};

}  // namespace

Result<std::unique_ptr<Document>> load_csv(std::string_view text,
                                           const std::shared_ptr<NameTable>& names) {
  if (text.size() > kMaxDocumentBytes)
    return fail(ErrorKind::kInvalid, "xform.csv", "The file is too large.");
  CsvReader reader{text};
  const std::string_view first = text.substr(0, text.find('\n'));
  if (first.find(',') == std::string_view::npos && first.find(';') != std::string_view::npos)
    reader.separator = ';';

  auto document = std::make_unique<Document>(names);
  Node& root = document->create_element(names->intern("", "root"));
  document->append(document->root(), root);
  std::vector<std::string> fields;
  std::vector<NameId> columns;
  if (reader.record(fields))
    for (const std::string& field : fields) columns.push_back(names->intern("", trimmed(field)));
  const NameId item_name = names->intern("", "item");
  std::size_t nodes = 0;
  while (reader.record(fields)) {
    if (fields.size() == 1 && trimmed(fields[0]).empty()) continue;
    // Short rows get all the columns too: a wide header makes many nodes of few bytes.
    nodes += 1 + columns.size();
    if (nodes > kMaxDocumentMarks)
      return fail(ErrorKind::kInvalid, "xform.csv",
                  fmt::format("The file has more than {} cells.", kMaxDocumentMarks));
    Node& item = document->create_element(item_name);
    document->append(root, item);
    for (std::size_t column = 0; column < columns.size(); ++column)
      document->append(
          item, document->create_element(columns[column], column < fields.size()
                                                              ? std::string_view(fields[column])
                                                              : std::string_view()));
  }
  if (reader.unclosed)
    return fail(ErrorKind::kInvalid, "xform.csv",
                "A quotation mark in it is never closed: the rest of the file would be one cell.");
  return document;
}

}  // namespace vigil::forms
