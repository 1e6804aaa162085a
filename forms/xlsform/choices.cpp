// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

int medium_index(std::string_view key) {
  const auto found = std::ranges::find(kMediumNames, key);
  return found == kMediumNames.end() ? -1 : static_cast<int>(found - kMediumNames.begin());
}

Choice read_choice(const Table& table, const SheetRow& row) {
  Choice choice;
  choice.row = row.number;
  for (std::size_t at = 0; at < table.columns.size() && at < row.cells.size(); ++at) {
    const Column& column = table.columns[at];
    std::string value = table.clean(row.cells[at]);
    if (value.empty() || column.header.empty()) continue;
    if (column.slot == Slot::kPlain && column.key == "name") {
      choice.name = std::move(value);
    } else if (column.slot == Slot::kPlain && column.key == "label") {
      choice.label.add(column.language, std::move(value), column.header);
    } else if (const int medium = medium_index(column.key);
               column.slot == Slot::kMedia && medium >= 0) {
      choice.media[static_cast<std::size_t>(medium)].add(column.language, std::move(value),
                                                         column.header);
    } else if (column.slot == Slot::kUnknown && is_xml_name(column.header)) {
      choice.extra.emplace_back(column.header, std::move(value));
    }
  }
  return choice;
}

ChoiceList& list_for(const std::string& name, FormModel& model) {
  ChoiceList*& list = model.list_by_name[name];
  if (list == nullptr) {
    model.lists.push_back({name, {}, false, false, false});
    list = &model.lists.back();
  }
  return *list;
}

void check_headers(const Table& table, Problems& problems) {
  for (const Column& column : table.columns) {
    if (column.slot != Slot::kUnknown || column.header.empty()) continue;
    if (!is_xml_name(column.header)) {
      problems.warning(
          {"choices", 1, column.header},
          fmt::format("The column \"{}\" is ignored: a column's name has no spaces and "
                      "begins with a letter or _.",
                      column.header));
    }
  }
  for (const std::string_view key : {"list_name", "name"}) {
    if (table.columns.empty() || table.has(Slot::kPlain, key)) continue;
    problems.error({"choices", 1, key},
                   fmt::format("The choices sheet has no column {}: it needs list_name, name and "
                               "label.",
                               key));
  }
}

void check_list(const ChoiceList& list, const FormModel& model, Problems& problems) {
  std::unordered_set<std::string_view> names;
  for (const Choice& choice : list.choices) {
    const Place place{"choices", choice.row, "name"};
    if (choice.name.empty()) {
      problems.error(place, fmt::format("This choice of the list {} has no name.", list.name));
    } else if (!names.insert(choice.name).second && !model.settings.allow_choice_duplicates) {
      problems.error(
          place,
          fmt::format("The list {} has the choice {} twice. If that is wanted, put yes under "
                      "allow_choice_duplicates on the settings sheet.",
                      list.name, choice.name));
    }
    if (choice.label.empty()) {
      problems.warning(
          {"choices", choice.row, "label"},
          fmt::format("The choice {} of the list {} has no label.", choice.name, list.name));
    }
  }
}

bool has_reference(const Text& text) {
  return std::ranges::any_of(text.versions, [](const Translation& version) {
    return version.text.find("${") != std::string::npos;
  });
}

bool needs_itext(const Choice& choice) {
  return choice.label.translated() || has_reference(choice.label) ||
         std::ranges::any_of(choice.media, [](const Text& text) { return !text.empty(); });
}

}  // namespace

const ChoiceList* FormModel::list(std::string_view name) const {
  const auto found = list_by_name.find(std::string(name));
  return found == list_by_name.end() ? nullptr : found->second;
}

void read_choices(const Table& table, FormModel& model, Problems& problems) {
  check_headers(table, problems);
  if (!table.has(Slot::kPlain, "list_name")) return;
  for (const SheetRow& row : table.rows) {
    const std::string name = table.cell(row, Slot::kPlain, "list_name");
    if (name.empty()) {
      problems.warning(table.place(row, Slot::kPlain, "list_name"),
                       "This choice belongs to no list and is ignored.");
      continue;
    }
    list_for(name, model).choices.push_back(read_choice(table, row));
  }
  for (ChoiceList& list : model.lists) {
    check_list(list, model, problems);
    list.in_itext = std::ranges::any_of(list.choices, needs_itext);
  }
}

void read_osm(const Table& table, FormModel& model) {
  for (const SheetRow& row : table.rows) {
    const std::string name = table.cell(row, Slot::kPlain, "list_name");
    if (name.empty()) continue;
    auto list = std::ranges::find(model.osm_lists, name, &ChoiceList::name);
    if (list == model.osm_lists.end()) {
      model.osm_lists.push_back({name, {}, false, false, false});
      list = std::prev(model.osm_lists.end());
    }
    list->choices.push_back(read_choice(table, row));
  }
}

void read_external_choices(const Table& table, FormModel& model, Problems& problems) {
  model.has_external_choices = true;
  for (const std::string_view key : {"list_name", "name"}) {
    if (table.columns.empty() || table.has(Slot::kPlain, key)) continue;
    problems.error({"external_choices", 1, key},
                   fmt::format("The external_choices sheet has no column {}.", key));
  }
  const auto add_row = [&](const auto& cell_at) {
    std::string line;
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      if (table.columns[at].header.empty()) continue;
      if (!line.empty()) line += ',';
      line += '"';
      for (const char c : std::string(cell_at(at))) {
        if (c == '"') line += '"';
        line += c;
      }
      line += '"';
    }
    model.itemsets_csv += line + "\n";
  };
  add_row([&](std::size_t at) {
    const Column& column = table.columns[at];
    return column.slot == Slot::kUnknown || !column.language.empty() ? column.header : column.key;
  });
  for (const SheetRow& row : table.rows) {
    model.external_lists.insert(table.cell(row, Slot::kPlain, "list_name"));
    add_row([&](std::size_t at) {
      return at < row.cells.size() ? table.clean(row.cells[at]) : std::string{};
    });
  }
}

}  // namespace vigil::forms::xlsform
