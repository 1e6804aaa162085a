// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/survey.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "forms/xlsform/parameters.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

using Kind = ParsedType::Kind;

// Ten times the longest form we know of; a list of choices may be longer.
constexpr std::size_t kMaxSurveyRows = 50'000;

constexpr std::array<std::string_view, 3> kFileEndings{".csv", ".xml", ".geojson"};

std::string_view kind_word(Kind end) {
  if (end == Kind::kEndGroup) return "group";
  return end == Kind::kEndRepeat ? "repeat" : "loop";
}

bool is_end(Kind kind) {
  return kind == Kind::kEndGroup || kind == Kind::kEndRepeat || kind == Kind::kEndLoop;
}

Kind end_of(Kind begin) {
  if (begin == Kind::kBeginGroup) return Kind::kEndGroup;
  return begin == Kind::kBeginRepeat ? Kind::kEndRepeat : Kind::kEndLoop;
}

bool is_blank(const SheetRow& row) {
  return std::ranges::all_of(row.cells,
                             [](const std::string& cell) { return trimmed(cell).empty(); });
}

// "${q1}" and nothing else.
bool is_single_reference(std::string_view text) {
  return text.starts_with("${") && text.ends_with('}') && text.find('}') == text.size() - 1;
}

}  // namespace

void SurveyBuilder::build() {
  model_.root = std::make_unique<SurveyNode>();
  model_.root->kind = SurveyNode::Kind::kRoot;
  model_.root->name = model_.settings.root_name;
  sections_.push_back({model_.root.get(), Kind::kUnknown, {}, {}, false, {}});
  if (table_.rows.size() > kMaxSurveyRows) {
    problems_.error({"survey", 0, ""},
                    fmt::format("The survey sheet has more than {} rows.", kMaxSurveyRows));
    return;
  }
  for (const SheetRow& row : table_.rows) read(row);
  close_open_sections();
}

void SurveyBuilder::read(const SheetRow& sheet_row) {
  ReadRow row = read_row(table_, sheet_row);
  if (table_.has(Slot::kPlain, "disabled") &&
      !table_.cell(sheet_row, Slot::kPlain, "disabled").empty())
    problems_.warning(place(sheet_row, "disabled"),
                      "The column disabled is no longer part of XLSForm: use relevant.");
  if (row.disabled) return;
  if (row.type.empty()) {
    if (row.name.empty() && row.node->label.empty()) {
      if (!is_blank(sheet_row))
        problems_.warning(type_place(sheet_row),
                          "This row has no type, name or label and is taken for a remark.");
      return;
    }
    problems_.error(type_place(sheet_row), "This row has no type.");
    return;
  }
  // "select_one" with its list in a column of its own.
  if (!row.list_name.empty() && parse_type(row.type).kind == Kind::kUnknown) {
    row.type += " " + row.list_name;
  }
  if (take_setting_row(row.type, row.name, model_.settings)) return;
  const ParsedType type = parse_type(row.type);
  if (is_end(type.kind)) {
    end_section(row, type, sheet_row);
    return;
  }
  switch (type.kind) {
    case Kind::kUnknown: {
      const std::vector<std::string_view> known = known_type_names();
      if (std::ranges::find(known, std::string_view(row.type)) != known.end()) {
        problems_.error(type_place(sheet_row),
                        fmt::format("\"{}\" needs the name of a list behind it, as in \"{} "
                                    "yes_no\".",
                                    row.type, row.type));
        return;
      }
      std::string meant = nearest_name(row.type, known_type_names());
      if (const auto space = row.type.find(' '); meant.empty() && space != std::string::npos) {
        meant = nearest_name(row.type.substr(0, space), known_type_names());
      }
      problems_.error(type_place(sheet_row),
                      fmt::format("\"{}\" is not a type of question{}", row.type,
                                  meant.empty() ? "." : ", was " + meant + " meant?"));
      return;
    }
    case Kind::kBeginGroup:
    case Kind::kBeginRepeat:
    case Kind::kBeginLoop:
      begin_section(std::move(row), type, sheet_row);
      return;
    default:
      add_question(std::move(row), type, sheet_row);
  }
}

void SurveyBuilder::check_name(const std::string& name, const SheetRow& row) {
  if (name.empty()) {
    problems_.error(name_place(row), "This row has no name.");
  } else if (!is_xml_name(name)) {
    problems_.error(name_place(row),
                    fmt::format("\"{}\" cannot be a name: a letter or _ first, then letters, "
                                "digits, underscores, hyphens or periods.",
                                name));
  } else if (name == "meta") {
    problems_.error(name_place(row), "The name meta is kept for what the form says of itself.");
  }
}

void SurveyBuilder::begin_section(ReadRow row, const ParsedType& type, const SheetRow& sheet_row) {
  if (too_deep_ > 0 || static_cast<int>(sections_.size()) >= kMaxNesting) {
    ++too_deep_;
    problems_.error(type_place(sheet_row),
                    fmt::format("Groups and repeats nest deeper than {} here.", kMaxNesting));
    return;
  }
  check_name(row.name, sheet_row);
  SurveyNode& parent = open();
  SurveyNode* node = parent.add_child(std::move(row.node));
  node->name = row.name;
  node->kind =
      type.kind == Kind::kBeginRepeat ? SurveyNode::Kind::kRepeat : SurveyNode::Kind::kGroup;
  take_vigil_attributes(row.vigil, *node, sheet_row);
  if (!row.vigil.sources.value.empty()) {
    problems_.error(place(sheet_row, row.vigil.sources.header),
                    "Only a question can be asked per source, not a group.");
  }
  if (node->bind_attribute("entities:saveto") != nullptr) {
    problems_.error(table_.place(sheet_row, Slot::kBind, "entities:saveto"),
                    "A group or repeat cannot be saved to an entity: move this to a question.");
  }
  Section section{node,
                  end_of(type.kind),
                  table_.place(sheet_row, Slot::kPlain, "type").column,
                  type.list_name,
                  false,
                  {}};
  if (type.kind == Kind::kBeginLoop) {
    const ChoiceList* list = model_.list(type.list_name);
    if (list == nullptr) {
      problems_.error(type_place(sheet_row),
                      fmt::format("The loop goes over the list \"{}\", which is not on the choices "
                                  "sheet.",
                                  type.list_name));
    }
  }
  if (node->kind == SurveyNode::Kind::kRepeat) {
    if (node->label.empty() && !node->has_media())
      problems_.warning(place(sheet_row, "label"),
                        fmt::format("The repeat \"{}\" has no label, so nobody reads what is "
                                    "repeated.",
                                    node->name));
    add_repeat_count(*node, parent);
  }
  if (node->kind == SurveyNode::Kind::kGroup &&
      node->body_attribute("appearance").find("table-list") != std::string_view::npos) {
    section.table_list = true;
    start_table_list(*node, *node, section);
  }
  sections_.push_back(std::move(section));
}

void SurveyBuilder::end_section(const ReadRow& row, const ParsedType& type,
                                const SheetRow& sheet_row) {
  if (row.node->bind_attribute("entities:saveto") != nullptr) {
    problems_.error(table_.place(sheet_row, Slot::kBind, "entities:saveto"),
                    "A group or repeat cannot be saved to an entity: move this to a question.");
  }
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  const Section& section = sections_.back();
  if (sections_.size() == 1 || section.end != type.kind) {
    problems_.error(
        type_place(sheet_row),
        sections_.size() == 1
            ? fmt::format("This ends a {} that never began.", kind_word(type.kind))
            : fmt::format("This ends a {}, but the {} \"{}\" begun in row {} is still open.",
                          kind_word(type.kind), kind_word(section.end), section.node->name,
                          section.node->row));
    return;
  }
  SurveyNode* node = section.node;
  const std::string loop_list = type.kind == Kind::kEndLoop ? section.loop_list : std::string{};
  sections_.pop_back();
  if (type.kind == Kind::kEndLoop) unroll(*node, loop_list);
}

void SurveyBuilder::close_open_sections() {
  for (std::size_t at = 1; at < sections_.size(); ++at) {
    const Section& section = sections_[at];
    problems_.error(
        {"survey", section.node->row, section.type_header},
        fmt::format("The {} \"{}\" begun here is never ended: it needs an end_{} row.",
                    kind_word(section.end), section.node->name, kind_word(section.end)));
  }
}

void SurveyBuilder::add_question(ReadRow row, const ParsedType& type, const SheetRow& sheet_row) {
  SurveyNode& node = *row.node;
  apply_type(node, *type.type);
  if (node.type->special == Special::kAudit) {
    if (!row.name.empty() && row.name != "audit") {
      problems_.error(name_place(sheet_row), "An audit is always named audit.");
    }
    row.name = "audit";
    node.in_meta = true;
  }
  if (row.name.empty() && node.type->special == Special::kNote) {
    row.name = fmt::format("generated_note_name_{}", sheet_row.number);
  }
  check_name(row.name, sheet_row);
  node.name = row.name;
  set_choices(type, node, sheet_row);
  read_parameters(row.parameters, place(sheet_row, row.parameters_header), node, problems_);
  if (node.type->special == Special::kRange) {
    check_range(node, model_, place(sheet_row, row.parameters_header), problems_);
    const bool decimal = std::ranges::any_of(node.parameters, [](const auto& parameter) {
      return parameter.first != "tick_labelset" && parameter.second.find('.') != std::string::npos;
    });
    if (decimal) node.set_bind("type", "decimal", row.parameters_header);
  }
  warn_about(node, sheet_row);
  take_vigil_attributes(row.vigil, node, sheet_row);
  Section& section = sections_.back();
  if (section.table_list) join_table_list(node, section, type_place(sheet_row));
  if (!row.vigil.sources.value.empty()) {
    add_sources(std::move(row), sheet_row);
    return;
  }
  SurveyNode* added = open().add_child(std::move(row.node));
  if (type.or_other) add_other(*added, sheet_row);
}

void SurveyBuilder::warn_about(const SurveyNode& node, const SheetRow& row) {
  switch (node.type->special) {
    case Special::kImage:
      if (node.parameter("max-pixels") == nullptr)
        problems_.warning(place(row, "parameters"),
                          fmt::format("The picture \"{}\" is kept as large as the camera takes "
                                      "it: max-pixels=1024 makes it small to store and send.",
                                      node.name));
      return;
    case Special::kMetadata:
      if (node.type->preload_params == "simserial" || node.type->preload_params == "subscriberid")
        problems_.warning(type_place(row), fmt::format("Hardly any device tells its {} any more.",
                                                       node.type->preload_params));
      return;
    case Special::kSelectExternal:
      if (node.choice_filter.value.empty())
        problems_.warning(type_place(row),
                          "select_one_external is meant for long lists with a choice_filter: "
                          "without one, select_one does the same.");
      return;
    default:
      return;
  }
}

void SurveyBuilder::set_choices(const ParsedType& type, SurveyNode& node, const SheetRow& row) {
  const Place where = type_place(row);
  if (type.type->special == Special::kOsm) {
    node.list_name = type.list_name;
    return;
  }
  if (type.kind != Kind::kSelect && type.kind != Kind::kSelectFromFile) return;
  node.list_name = type.list_name;
  if (type.or_other &&
      (type.kind == Kind::kSelectFromFile || is_single_reference(type.list_name))) {
    problems_.error(where,
                    "or_other adds a choice to a list of the choices sheet: this question "
                    "takes its choices from elsewhere.");
  }
  const bool searches = node.body_attribute("appearance").find("search(") != std::string_view::npos;
  if (type.or_other && !node.choice_filter.value.empty()) {
    problems_.error(place(row, node.choice_filter.header),
                    "A choice filter does not go together with or_other.");
  }
  if (type.kind == Kind::kSelectFromFile) {
    set_file(type.list_name, node, where);
    if (searches) {
      problems_.error(where, "A select from a file cannot use search() too: use one of them.");
    }
  } else if (type.type->special == Special::kSelectExternal) {
    node.choices = ChoiceSource::kExternal;
    if (!model_.has_external_choices) {
      problems_.error(where, "A select_one_external needs a sheet external_choices.");
    } else {
      check_external_list(node, where);
    }
  } else if (is_single_reference(type.list_name)) {
    node.choices = ChoiceSource::kRepeat;
    node.repeat_question = type.list_name.substr(2, type.list_name.size() - 3);
  } else {
    node.choices = searches ? ChoiceSource::kSearch : ChoiceSource::kList;
    check_list_exists(node, where);
    if (type.type->control == Control::kSelectMany) check_choice_names(node);
    const auto list = model_.list_by_name.find(node.list_name);
    if (list != model_.list_by_name.end() && searches) list->second->by_search = true;
  }
}

void SurveyBuilder::set_file(const std::string& list_name, SurveyNode& node, const Place& where) {
  node.choices = ChoiceSource::kFile;
  node.file_name = list_name;
  const std::size_t dot = list_name.rfind('.');
  node.list_name = list_name.substr(0, dot);
  const std::string ending = dot == std::string::npos ? "" : list_name.substr(dot);
  if (std::ranges::find(kFileEndings, ending) == kFileEndings.end()) {
    problems_.error(where, fmt::format("The choices' file \"{}\" must be a .csv, .xml or .geojson.",
                                       list_name));
  }
  const bool geojson = ending == ".geojson";
  node.file_value = geojson ? "id" : "name";
  node.file_label = geojson ? "title" : "label";
}

void SurveyBuilder::check_list_exists(const SurveyNode& node, const Place& where) {
  if (model_.list(node.list_name) != nullptr) return;
  std::vector<std::string_view> names;
  for (const ChoiceList& list : model_.lists) names.push_back(list.name);
  const std::string meant = nearest_name(node.list_name, names);
  const std::string file = node.list_name.find('.') == std::string::npos
                               ? ""
                               : " For choices from a file use select_one_from_file.";
  problems_.error(where,
                  fmt::format("The list \"{}\" is not on the choices sheet{}{}", node.list_name,
                              meant.empty() ? "." : ", was " + meant + " meant?", file));
}

void SurveyBuilder::check_external_list(const SurveyNode& node, const Place& where) {
  if (model_.external_lists.contains(node.list_name)) return;
  const std::vector<std::string_view> names(model_.external_lists.begin(),
                                            model_.external_lists.end());
  const std::string meant = nearest_name(node.list_name, names);
  problems_.error(
      where, fmt::format("The list \"{}\" is not on the external_choices sheet{}", node.list_name,
                         meant.empty() ? "." : ", was " + meant + " meant?"));
}

// Several answers stand in one value with spaces between, so a choice's name can have none.
void SurveyBuilder::check_choice_names(const SurveyNode& node) {
  const auto found = model_.list_by_name.find(node.list_name);
  if (found == model_.list_by_name.end() || found->second->for_many) return;
  found->second->for_many = true;
  for (const Choice& choice : found->second->choices)
    if (choice.name.find(' ') != std::string::npos)
      problems_.error({"choices", choice.row, "name"},
                      fmt::format("The choice \"{}\" has a space in its name, and the "
                                  "select_multiple \"{}\" keeps its answers with spaces between: "
                                  "write _ instead.",
                                  choice.name, node.name));
}

void SurveyBuilder::add_other(SurveyNode& question, const SheetRow& row) {
  model_.uses_or_other = true;
  const auto found = model_.list_by_name.find(question.list_name);
  if (found != model_.list_by_name.end()) {
    ChoiceList& list = *found->second;
    if (std::ranges::find(list.choices, "other", &Choice::name) == list.choices.end()) {
      Choice other;
      other.name = "other";
      std::vector<std::string> languages;
      for (const Choice& choice : list.choices) {
        for (const Translation& version : choice.label.versions) {
          if (std::ranges::find(languages, version.language) == languages.end()) {
            languages.push_back(version.language);
          }
        }
      }
      if (languages.empty()) languages.emplace_back();
      for (const std::string& language : languages) other.label.add(language, "Other", "label");
      list.choices.push_back(std::move(other));
    }
  }
  auto other = std::make_unique<SurveyNode>();
  other->row = row.number;
  other->generated = true;
  other->name = question.name + "_other";
  apply_type(*other, *find_question_type("text"));
  other->label.add("", "Specify other.", "type");
  other->set_bind("relevant", fmt::format("selected(../{}, 'other')", question.name), "type");
  open().add_child(std::move(other));
}

void SurveyBuilder::add_repeat_count(SurveyNode& repeat, SurveyNode& parent) {
  if (repeat.repeat_count.value.empty() || is_single_reference(repeat.repeat_count.value)) return;
  // A count that is not one question's answer is calculated in a node of its own, before the
  // repeat.
  auto count = std::make_unique<SurveyNode>();
  count->row = repeat.row;
  count->generated = true;
  count->name = repeat.name + "_count";
  apply_type(*count, *find_question_type("calculate"));
  count->set_bind("readonly", "true()", repeat.repeat_count.header);
  count->set_bind("calculate", repeat.repeat_count.value, repeat.repeat_count.header);
  repeat.repeat_count.value = fmt::format("${{{}}}", count->name);
  repeat.repeat_count.name = "generated";
  auto self = std::move(parent.children.back());
  parent.children.pop_back();
  parent.add_child(std::move(count));
  parent.add_child(std::move(self));
}

}  // namespace vigil::forms::xlsform
