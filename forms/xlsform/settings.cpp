// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// esri="http://esri.com/xforms" enk="http://enketo.org/xforms"
void read_namespaces(std::string_view text, Settings& settings, const Place& place,
                     Problems& problems) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == ',') {
      ++at;
      continue;
    }
    const std::size_t equals = text.find('=', at);
    const char mark = equals + 1 < text.size() ? text[equals + 1] : '\0';
    const bool quoted = equals != std::string_view::npos && (mark == '"' || mark == '\'');
    const std::size_t end = quoted ? text.find(mark, equals + 2) : std::string_view::npos;
    const std::string_view prefix =
        equals == std::string_view::npos ? std::string_view{} : text.substr(at, equals - at);
    if (end == std::string_view::npos || !is_xml_name(prefix)) {
      problems.error(place, "Namespaces are written prefix=\"uri\", with a space between several.");
      return;
    }
    settings.namespaces.emplace_back(prefix, text.substr(equals + 2, end - equals - 2));
    at = end + 1;
  }
}

bool is_yes(const std::string& value) {
  return yes_or_no(value) == YesNo::kYes;
}

// form_title has one language; ours has the others beside it, in columns that pyxform passes over.
void read_titles(const Table& table, const SheetRow& row, Settings& settings, Problems& problems) {
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    const Column& column = table.columns[at];
    if (column.slot != Slot::kVigil) continue;
    if (column.key != "title" || column.language.empty()) {
      problems.warning({"settings", row.number, column.header},
                       fmt::format("The column \"{}\" is not known and is ignored; was "
                                   "\"vigil::title::LANGUAGE\" meant?",
                                   column.header));
      continue;
    }
    std::string title = at < row.cells.size() ? table.clean(row.cells[at]) : std::string();
    if (!title.empty()) settings.titles.emplace_back(column.language, std::move(title));
  }
}

void check_names(const Settings& settings, const Table& table, const SheetRow& row,
                 Problems& problems) {
  if (!is_xml_name(settings.root_name)) {
    problems.error(table.place(row, Slot::kPlain, "name"),
                   fmt::format("\"{}\" cannot name the form's root: a letter or _ first, then "
                               "letters, digits, _, - or periods.",
                               settings.root_name));
  }
}

}  // namespace

bool take_setting_row(std::string_view type, const std::string& value, Settings& settings) {
  const std::string key = snake_case(type);
  if (key == "form_title" || key == "set_form_title") {
    settings.title = value;
  } else if (key == "form_id" || key == "set_form_id") {
    settings.id = value;
  } else if (key == "public_key") {
    settings.public_key = value;
  } else if (key == "submission_url") {
    settings.submission_url = value;
  } else if (key == "auto_send") {
    settings.auto_send = value;
  } else if (key == "auto_delete") {
    settings.auto_delete = value;
  } else {
    return key == "sms_keyword" || key == "sms_separator";
  }
  return true;
}

void read_settings(const Table& table, std::string_view fallback_id, FormModel& model,
                   Problems& problems) {
  Settings& settings = model.settings;
  const auto cell = [&](std::string_view key) {
    return table.rows.empty() ? std::string{} : table.cell(table.rows.front(), Slot::kPlain, key);
  };
  settings.id = cell("id");
  settings.title = cell("title");
  if (settings.id.empty()) settings.id = fallback_id;
  if (settings.title.empty()) settings.title = settings.id;
  if (const std::string name = cell("name"); !name.empty()) settings.root_name = name;
  settings.version = cell("version");
  settings.default_language = cell("default_language");
  settings.style = cell("style");
  settings.instance_name = cell("instance_name");
  settings.instance_xmlns = cell("instance_xmlns");
  settings.public_key = cell("public_key");
  settings.submission_url = cell("submission_url");
  settings.auto_send = cell("auto_send");
  settings.auto_delete = cell("auto_delete");
  settings.prefix = cell("prefix");
  settings.delimiter = cell("delimiter");
  if (const std::string preload = cell("instance_id"); !preload.empty())
    settings.instance_id = preload;
  settings.clean_text = yes_or_no(cell("clean_text_values")) != YesNo::kNo;
  settings.omit_instance_id = is_yes(cell("omit_instanceid"));
  settings.allow_choice_duplicates = is_yes(cell("allow_choice_duplicates"));
  settings.client_editable = is_yes(cell("client_editable"));
  if (table.rows.empty()) return;
  const SheetRow& row = table.rows.front();
  settings.row = row.number;
  settings.instance_name_header = table.place(row, Slot::kPlain, "instance_name").column;
  read_namespaces(cell("namespaces"), settings, table.place(row, Slot::kPlain, "namespaces"),
                  problems);
  read_titles(table, row, settings, problems);
  for (std::size_t at = 0; at < table.columns.size() && at < row.cells.size(); ++at) {
    if (table.columns[at].slot != Slot::kAttribute) continue;
    std::string value = table.clean(row.cells[at]);
    if (value.empty()) continue;
    settings.attributes.push_back(
        {table.columns[at].key, std::move(value), table.columns[at].header});
  }
  check_names(settings, table, row, problems);
  if (settings.omit_instance_id && !settings.public_key.empty()) {
    problems.error(table.place(row, Slot::kPlain, "omit_instanceid"),
                   "The instanceID cannot be left out where a public_key asks for encryption.");
  }
  if (table.rows.size() > 1) {
    problems.warning({"settings", table.rows[1].number, ""},
                     "Only the first row below the header of the settings sheet counts.");
  }
}

}  // namespace vigil::forms::xlsform
