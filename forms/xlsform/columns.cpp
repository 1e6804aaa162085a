// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/columns.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

struct Alias {
  std::string_view header;  // in snake_case
  Slot slot;
  std::string_view key;
};

constexpr std::array kSurveyColumns{
    Alias{"type", Slot::kPlain, "type"},
    Alias{"command", Slot::kPlain, "type"},
    Alias{"name", Slot::kPlain, "name"},
    Alias{"tag", Slot::kPlain, "name"},
    Alias{"value", Slot::kPlain, "name"},
    Alias{"label", Slot::kPlain, "label"},
    Alias{"caption", Slot::kPlain, "label"},
    Alias{"hint", Slot::kPlain, "hint"},
    Alias{"guidance_hint", Slot::kPlain, "guidance_hint"},
    Alias{"default", Slot::kPlain, "default"},
    Alias{"choice_filter", Slot::kPlain, "choice_filter"},
    Alias{"trigger", Slot::kPlain, "trigger"},
    Alias{"parameters", Slot::kPlain, "parameters"},
    Alias{"disabled", Slot::kPlain, "disabled"},
    Alias{"list_name", Slot::kPlain, "list_name"},
    Alias{"repeat_count", Slot::kPlain, "repeat_count"},
    Alias{"count", Slot::kPlain, "repeat_count"},
    Alias{"jr:count", Slot::kPlain, "repeat_count"},
    Alias{"read_only", Slot::kBind, "readonly"},
    Alias{"readonly", Slot::kBind, "readonly"},
    Alias{"relevant", Slot::kBind, "relevant"},
    Alias{"relevance", Slot::kBind, "relevant"},
    Alias{"required", Slot::kBind, "required"},
    Alias{"constraint", Slot::kBind, "constraint"},
    Alias{"constraint_message", Slot::kBind, "jr:constraintMsg"},
    Alias{"constraining_message", Slot::kBind, "jr:constraintMsg"},
    Alias{"required_message", Slot::kBind, "jr:requiredMsg"},
    Alias{"requiredmsg", Slot::kBind, "jr:requiredMsg"},
    Alias{"noapperrorstring", Slot::kBind, "jr:noAppErrorString"},
    Alias{"no_app_error_string", Slot::kBind, "jr:noAppErrorString"},
    Alias{"calculation", Slot::kBind, "calculate"},
    Alias{"calculate", Slot::kBind, "calculate"},
    Alias{"save_to", Slot::kBind, "entities:saveto"},
    Alias{"appearance", Slot::kBody, "appearance"},
    Alias{"autoplay", Slot::kBody, "autoplay"},
    Alias{"rows", Slot::kBody, "rows"},
    Alias{"intent", Slot::kBody, "intent"},
    Alias{"compact_tag", Slot::kInstance, "odk:tag"},
    Alias{"image", Slot::kMedia, "image"},
    Alias{"big-image", Slot::kMedia, "big-image"},
    Alias{"audio", Slot::kMedia, "audio"},
    Alias{"video", Slot::kMedia, "video"},
};

constexpr std::array kChoicesColumns{
    Alias{"list_name", Slot::kPlain, "list_name"}, Alias{"name", Slot::kPlain, "name"},
    Alias{"value", Slot::kPlain, "name"},          Alias{"label", Slot::kPlain, "label"},
    Alias{"caption", Slot::kPlain, "label"},       Alias{"image", Slot::kMedia, "image"},
    Alias{"big-image", Slot::kMedia, "big-image"}, Alias{"audio", Slot::kMedia, "audio"},
    Alias{"video", Slot::kMedia, "video"},
};

constexpr std::array kSettingsColumns{
    Alias{"form_title", Slot::kPlain, "title"},
    Alias{"set_form_title", Slot::kPlain, "title"},
    Alias{"title", Slot::kPlain, "title"},
    Alias{"form_id", Slot::kPlain, "id"},
    Alias{"set_form_id", Slot::kPlain, "id"},
    Alias{"id_string", Slot::kPlain, "id"},
    Alias{"name", Slot::kPlain, "name"},
    Alias{"version", Slot::kPlain, "version"},
    Alias{"default_language", Slot::kPlain, "default_language"},
    Alias{"public_key", Slot::kPlain, "public_key"},
    Alias{"submission_url", Slot::kPlain, "submission_url"},
    Alias{"auto_send", Slot::kPlain, "auto_send"},
    Alias{"auto_delete", Slot::kPlain, "auto_delete"},
    Alias{"style", Slot::kPlain, "style"},
    Alias{"instance_name", Slot::kPlain, "instance_name"},
    Alias{"instance_xmlns", Slot::kPlain, "instance_xmlns"},
    Alias{"instance_id", Slot::kPlain, "instance_id"},
    Alias{"omit_instanceid", Slot::kPlain, "omit_instanceid"},
    Alias{"allow_choice_duplicates", Slot::kPlain, "allow_choice_duplicates"},
    Alias{"namespaces", Slot::kPlain, "namespaces"},
    Alias{"client_editable", Slot::kPlain, "client_editable"},
    Alias{"prefix", Slot::kPlain, "prefix"},
    Alias{"delimiter", Slot::kPlain, "delimiter"},
    Alias{"sms_keyword", Slot::kPlain, "sms_keyword"},
    Alias{"sms_separator", Slot::kPlain, "sms_separator"},
    Alias{"sms_allow_media", Slot::kPlain, "sms_allow_media"},
    Alias{"sms_date_format", Slot::kPlain, "sms_date_format"},
    Alias{"sms_datetime_format", Slot::kPlain, "sms_datetime_format"},
    Alias{"sms_response", Slot::kPlain, "sms_response"},
    Alias{"clean_text_values", Slot::kPlain, "clean_text_values"},
};

constexpr std::array kEntitiesColumns{
    Alias{"list_name", Slot::kPlain, "list_name"}, Alias{"dataset", Slot::kPlain, "list_name"},
    Alias{"label", Slot::kPlain, "label"},         Alias{"entity_id", Slot::kPlain, "entity_id"},
    Alias{"create_if", Slot::kPlain, "create_if"}, Alias{"update_if", Slot::kPlain, "update_if"},
};

std::span<const Alias> aliases_of(SheetKind kind) {
  switch (kind) {
    case SheetKind::kSurvey:
      return kSurveyColumns;
    case SheetKind::kSettings:
      return kSettingsColumns;
    case SheetKind::kEntities:
      return kEntitiesColumns;
    default:
      return kChoicesColumns;
  }
}

const Alias* find_alias(SheetKind kind, std::string_view header) {
  const std::span<const Alias> aliases = aliases_of(kind);
  const std::string snake = snake_case(header);
  const auto found = std::ranges::find(aliases, snake, &Alias::header);
  return found == aliases.end() ? nullptr : &*found;
}

Slot slot_of_prefix(SheetKind kind, std::string_view prefix) {
  const std::string name = lower_case(prefix);
  if (name == "media" && kind != SheetKind::kSettings) return Slot::kMedia;
  if (kind == SheetKind::kSettings && name == "attribute") return Slot::kAttribute;
  if (kind == SheetKind::kSettings && name == "vigil") return Slot::kVigil;
  if (kind != SheetKind::kSurvey) return Slot::kUnknown;
  if (name == "bind") return Slot::kBind;
  if (name == "body" || name == "control") return Slot::kBody;
  if (name == "instance") return Slot::kInstance;
  if (name == "vigil") return Slot::kVigil;
  return Slot::kUnknown;
}

std::vector<std::string> split_header(std::string_view header, bool double_colons) {
  std::vector<std::string> parts;
  const std::string_view separator = double_colons ? "::" : ":";
  while (true) {
    const std::size_t at = header.find(separator);
    parts.emplace_back(trimmed(header.substr(0, at)));
    if (at == std::string_view::npos) break;
    header.remove_prefix(at + separator.size());
  }
  // A namespace prefix is no column of its own: bind:jr:constraintMsg.
  for (std::size_t at = 0; !double_colons && at + 1 < parts.size(); ++at) {
    if (parts[at] != "jr" && parts[at] != "odk" && parts[at] != "orx") continue;
    parts[at] += ":" + parts[at + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
  return parts;
}

// A bind or body attribute written with its prefix may still use a column's name for it.
std::string attribute_key(Slot slot, const std::string& name) {
  const Alias* alias = find_alias(SheetKind::kSurvey, name);
  return alias != nullptr && alias->slot == slot ? std::string(alias->key) : name;
}

Column understand(SheetKind kind, std::string_view written, bool double_colons) {
  Column column;
  column.header = trimmed(written);
  column.key = column.header;
  if (const Alias* alias = find_alias(kind, column.header)) {
    column.slot = alias->slot;
    column.key = alias->key;
    return column;
  }
  std::vector<std::string> parts = split_header(column.header, double_colons);
  if (parts.size() < 2) return column;
  const Slot slot = slot_of_prefix(kind, parts.front());
  std::size_t used = 1;
  if (slot != Slot::kUnknown) {
    column.slot = slot;
    column.key = slot == Slot::kMedia || slot == Slot::kVigil ? snake_case(parts[1])
                                                              : attribute_key(slot, parts[1]);
    if (slot == Slot::kBody && column.key == "jr:count") {
      column.slot = Slot::kPlain;
      column.key = "repeat_count";
    }
    used = 2;
  } else if (const Alias* alias = find_alias(kind, parts.front())) {
    column.slot = alias->slot;
    column.key = alias->key;
  } else {
    return column;
  }
  for (std::size_t at = used; at < parts.size(); ++at) {
    if (at > used) column.language += "::";
    column.language += parts[at];
  }
  return column;
}

void report_same_columns(const Table& table, int header_row, Problems& problems) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& a = table.columns[i];
    if (a.header.empty()) continue;
    for (std::size_t j = 0; j < i; ++j) {
      const Column& b = table.columns[j];
      if (a.slot != b.slot || a.key != b.key || a.language != b.language) continue;
      problems.error({sheet_name(table.kind), header_row, a.header},
                     fmt::format("The columns \"{}\" and \"{}\" mean the same: keep one of them.",
                                 b.header, a.header));
      break;
    }
  }
}

// form_id and id_string may stand side by side in old workbooks: the first name counts.
void prefer_form_id(Table& table, int header_row, Problems& problems) {
  const auto column = [&](std::string_view header) {
    return std::ranges::find_if(
        table.columns, [&](const Column& one) { return snake_case(one.header) == header; });
  };
  const auto old_name = column("id_string");
  if (old_name == table.columns.end() || column("form_id") == table.columns.end()) return;
  old_name->slot = Slot::kUnknown;
  problems.warning({"settings", header_row, old_name->header},
                   "The settings sheet has form_id and id_string: only form_id counts.");
}

void report_unknown_columns(const Table& table, int header_row, Problems& problems) {
  if (table.kind != SheetKind::kSurvey && table.kind != SheetKind::kSettings) return;
  std::vector<std::string_view> known;
  for (const Alias& alias : aliases_of(table.kind)) known.push_back(alias.header);
  for (const Column& column : table.columns) {
    if (column.slot != Slot::kUnknown || column.header.empty()) continue;
    const std::string meant = nearest_name(snake_case(column.header), known);
    if (meant.empty()) continue;
    problems.warning({sheet_name(table.kind), header_row, column.header},
                     fmt::format("The column \"{}\" is not known and is ignored; was \"{}\" meant?",
                                 column.header, meant));
  }
}

constexpr std::array<std::pair<std::string_view, char>, 4> kCurlyMarks{
    {{"\xE2\x80\x98", '\''}, {"\xE2\x80\x99", '\''}, {"\xE2\x80\x9C", '"'}, {"\xE2\x80\x9D", '"'}}};

}  // namespace

std::string_view sheet_name(SheetKind kind) {
  switch (kind) {
    case SheetKind::kSurvey:
      return "survey";
    case SheetKind::kChoices:
      return "choices";
    case SheetKind::kSettings:
      return "settings";
    case SheetKind::kExternalChoices:
      return "external_choices";
    case SheetKind::kEntities:
      return "entities";
    case SheetKind::kOsm:
      return "osm";
  }
  return "";
}

std::string cleaned(std::string_view cell, Spacing spacing) {
  const std::string_view inner = trimmed(cell);
  std::string text = without_control_characters(spacing == Spacing::kSingle ? single_spaced(inner)
                                                                            : std::string(inner));
  // A no-break space is no space to an expression, and nobody sees the difference.
  for (std::size_t at = text.find("\xC2\xA0"); at != std::string::npos;
       at = text.find("\xC2\xA0", at)) {
    text.replace(at, 2, 1, ' ');
  }
  if (text.find("\xE2\x80") == std::string::npos) return text;
  // Spreadsheet programs curl the quotation marks of expressions as one types.
  for (const auto& [curly, straight] : kCurlyMarks) {
    for (std::size_t at = text.find(curly); at != std::string::npos; at = text.find(curly, at)) {
      text.replace(at, curly.size(), 1, straight);
    }
  }
  return text;
}

bool Table::has(Slot slot, std::string_view key) const {
  return std::ranges::any_of(
      columns, [&](const Column& column) { return column.slot == slot && column.key == key; });
}

std::string Table::clean(std::string_view cell) const {
  return cleaned(cell, spacing);
}

std::string Table::cell(const SheetRow& row, Slot slot, std::string_view key) const {
  for (std::size_t at = 0; at < columns.size() && at < row.cells.size(); ++at) {
    const Column& column = columns[at];
    if (column.slot != slot || column.key != key || !column.language.empty()) continue;
    std::string value = clean(row.cells[at]);
    if (!value.empty()) return value;
  }
  return {};
}

Place Table::place(const SheetRow& row, Slot slot, std::string_view key) const {
  const auto found = std::ranges::find_if(
      columns, [&](const Column& column) { return column.slot == slot && column.key == key; });
  return {sheet_name(kind), row.number,
          found == columns.end() ? key : std::string_view(found->header)};
}

Table read_table(const Sheet& sheet, SheetKind kind, Problems& problems) {
  Table table;
  table.kind = kind;
  table.spacing = kind == SheetKind::kSurvey ? Spacing::kSingle : Spacing::kAsWritten;
  if (sheet.rows.empty()) return table;
  const SheetRow& header = sheet.rows.front();
  const bool double_colons = std::ranges::any_of(
      header.cells, [](const std::string& cell) { return cell.find("::") != std::string::npos; });
  for (const std::string& cell : header.cells) {
    table.columns.push_back(understand(kind, cleaned(cell), double_colons));
  }
  table.rows = std::span(sheet.rows).subspan(1);
  if (kind == SheetKind::kSettings) prefer_form_id(table, header.number, problems);
  report_same_columns(table, header.number, problems);
  report_unknown_columns(table, header.number, problems);
  return table;
}

}  // namespace vigil::forms::xlsform
