// SPDX-License-Identifier: Apache-2.0
//
// Choices that ODK Collect keeps beside the form rather than in it: search('file', ...) in the
// appearance of a select, and query= of a select_one_external, whose lists stand in itemsets.csv.
// Both become what newer forms write: an itemset over a secondary instance. So does the file of a
// pulldata() that no instance declares.
#include <algorithm>

#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

constexpr std::string_view kItemsetsFile = "itemsets.csv";

bool has_instance(const Form& form, std::string_view id) {
  return std::any_of(form.secondary.begin(), form.secondary.end(),
                     [id](const auto& known) { return known.first == id; });
}

// The arguments of search(...) as they are written; `end` is behind its closing parenthesis.
struct SearchCall {
  std::vector<std::string> arguments;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<SearchCall> find_search(std::string_view text) {
  SearchCall call;
  call.begin = text.find("search(");
  if (call.begin == std::string_view::npos) return std::nullopt;
  std::string argument;
  int depth = 0;
  char quote = '\0';
  for (std::size_t at = call.begin + 7; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && depth-- == 0) {
      call.arguments.emplace_back(trimmed(argument));
      call.end = at + 1;
      return call;
    } else if (c == ',' && depth == 0) {
      call.arguments.emplace_back(trimmed(argument));
      argument.clear();
      continue;
    }
    argument += c;
  }
  return std::nullopt;
}

std::optional<std::string> quoted(std::string_view text) {
  if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') ||
      text.back() != text.front())
    return std::nullopt;
  return std::string(text.substr(1, text.size() - 2));
}

std::vector<std::string> columns_of(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (const std::string_view name = trimmed(list.substr(0, comma)); !name.empty())
      out.emplace_back(name);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

// Seen from an item, "../x" would be the item's; it is the question's.
std::string seen_from_question(std::string_view text) {
  if (text.starts_with("../") || text.starts_with("./")) return "current()/" + std::string(text);
  return std::string(text);
}

// As Collect's database compares: upper and lower case of a to z are one.
std::string folded(std::string_view expression) {
  return fmt::format("translate({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')",
                     expression);
}

std::optional<std::string> condition(std::string_view kind, const std::string& columns,
                                     std::string_view wanted) {
  const std::string value = seen_from_question(wanted);
  std::string out;
  for (const std::string& column : columns_of(columns)) {
    if (!out.empty()) out += " or ";
    if (kind == "matches") {
      out += fmt::format("{} = {}", column, value);
    } else if (kind == "contains") {
      out += fmt::format("contains({}, {})", folded(column), folded(value));
    } else if (kind == "startswith") {
      out += fmt::format("starts-with({}, {})", folded(column), folded(value));
    } else if (kind == "endswith") {
      out += fmt::format("ends-with({}, {})", folded(column), folded(value));
    } else {
      return std::nullopt;
    }
  }
  return out;
}

// search(file), search(file, kind, columns, text), search(file, kind, columns, text, column, value)
std::optional<std::string> nodes_of(const SearchCall& call, const std::string& file) {
  const std::vector<std::string>& given = call.arguments;
  std::string out = fmt::format("instance('{}')/root/item", file);
  if (given.size() == 1) return out;
  if (given.size() != 4 && given.size() != 6) return std::nullopt;
  if (given.size() == 6) {
    const auto column = quoted(given[4]);
    if (!column.has_value()) return std::nullopt;
    out += fmt::format("[{} = {}]", *column, seen_from_question(given[5]));
  }
  const auto kind = quoted(given[1]);
  const auto columns = quoted(given[2]);
  if (!kind.has_value() || !columns.has_value()) return std::nullopt;
  const auto filter = condition(*kind, *columns, given[3]);
  if (!filter.has_value()) return std::nullopt;
  return out + "[" + *filter + "]";
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// What the author wrote as the label: names of columns, in the first language.
std::string literal_of(const Form& form, const TextSource& label) {
  const TextParts* parts = &label.parts;
  if (label.kind == TextSource::Kind::kItext) {
    if (form.translations.empty()) return {};
    const auto& forms = form.translations.front().texts[label.text_id];
    if (forms.empty()) return {};
    parts = &forms.front().second;
  }
  return parts->empty() ? std::string() : parts->front().literal;
}

std::string label_expression(const std::vector<std::string>& columns) {
  if (columns.size() == 1) return columns.front();
  std::string out = "concat(";
  for (std::size_t i = 0; i < columns.size(); ++i) out += (i == 0 ? "" : ", ', ', ") + columns[i];
  return out + ")";
}

Result<bool> load_file(Loader& loader, const std::string& id, std::string_view file) {
  if (has_instance(loader.form, id)) return true;
  std::optional<Bytes> bytes;
  if (loader.media) bytes = loader.media(file);
  if (!bytes.has_value()) {
    std::string warning =
        fmt::format("The file \"{}\" that answers are looked up in is not there.", file);
    std::vector<std::string>& all = loader.form.warnings_;
    if (std::find(all.begin(), all.end(), warning) == all.end()) all.push_back(std::move(warning));
    return false;
  }
  VIGIL_ASSIGN(auto document, load_csv(as_text(*bytes), loader.form.names));
  document->freeze();
  loader.form.secondary.emplace_back(id, std::move(document));
  return true;
}

Status add_itemset(Loader& loader, Control& control, const std::string& nodes,
                   const std::string& value, const std::string& label) {
  const std::string where = loader.form.schema[control.node].path;
  Itemset itemset;
  VIGIL_ASSIGN(itemset.nodes, compile_expression(loader, nodes, "search of " + where));
  VIGIL_ASSIGN(itemset.value, compile_expression(loader, value, "choice value of " + where));
  itemset.label.kind = TextSource::Kind::kExpression;
  VIGIL_ASSIGN(itemset.label.expression,
               compile_expression(loader, label, "choice label of " + where));
  control.itemset = static_cast<std::uint32_t>(loader.form.itemsets.size());
  loader.form.itemsets.push_back(std::move(itemset));
  return {};
}

// itemsets.csv holds all lists, told apart by list_name: each becomes an instance of its own.
Status load_itemsets(Loader& loader) {
  VIGIL_ASSIGN(const bool there, load_file(loader, std::string(kItemsetsFile), kItemsetsFile));
  if (!there) return {};
  Form& form = loader.form;
  const LocalId list_name = form.names->intern_local("list_name");
  const NameId label = form.names->intern("", "label");
  std::vector<std::pair<std::string, std::unique_ptr<Document>>> lists;
  std::unordered_map<std::string, std::size_t> known;
  const Node* root = form.secondary.back().second->root_element();
  for (const Node* item = root->first_child(); item != nullptr; item = item->next_sibling()) {
    const Node* list = item->child_by_local(list_name);
    if (list == nullptr || has_instance(form, list->value())) continue;
    const auto [slot, added] = known.emplace(list->value(), lists.size());
    if (added) {
      auto document = std::make_unique<Document>(form.names);
      document->append(document->root(), document->create_element(form.names->intern("", "root")));
      lists.emplace_back(list->value(), std::move(document));
    }
    Document& document = *lists[slot->second].second;
    Node& copy = document.copy(*item);
    // Lists in several languages have label::English (en), ... alone: the first is shown.
    if (copy.child_by_name(label) == nullptr)
      for (const Node* child = copy.first_child(); child != nullptr; child = child->next_sibling())
        if (form.names->local(child->name()).starts_with("label:")) {
          document.append(copy, document.create_element(label, child->value()));
          break;
        }
    document.append(*document.root_element(), copy);
  }
  for (auto& [id, document] : lists) {
    document->freeze();
    form.secondary.emplace_back(id, std::move(document));
  }
  return {};
}

}  // namespace

Status load_search(Loader& loader, const Node& element, Control& control) {
  const std::string* appearance = attribute_of(loader, element, "appearance");
  if (appearance == nullptr || !control.offers_choices()) return {};
  const auto call = find_search(*appearance);
  if (!call.has_value()) return {};
  const std::string where = loader.form.schema[control.node].path;
  auto file = quoted(call->arguments.front());
  const auto nodes = file.has_value() ? nodes_of(*call, *file) : std::nullopt;
  if (!nodes.has_value())
    return fail(ErrorKind::kInvalid, "xform.search",
                fmt::format("The search() of {} is not one of search('file'), search('file', "
                            "'contains', 'column', text) and the same with a further column and "
                            "the value it must have; 'contains' may be 'startswith', 'endswith' "
                            "or 'matches'.",
                            where));
  VIGIL_ASSIGN(const bool there, load_file(loader, *file, *file + ".csv"));
  // Without the file, the names of the columns are shown, as other engines do.
  if (!there) return {};
  const auto columns =
      std::find_if(control.choices.begin(), control.choices.end(),
                   [](const StaticChoice& choice) { return !is_number(choice.value); });
  if (columns == control.choices.end()) return {};
  const std::string value = columns->value;
  const auto labels = columns_of(literal_of(loader.form, columns->label));
  control.choices.erase(columns);
  control.appearances.clear();
  std::string rest = *appearance;
  rest.replace(call->begin, call->end - call->begin, " ");
  for (std::string_view left = trimmed(rest); !left.empty();) {
    const std::size_t space = std::min(left.find(' '), left.size());
    control.appearances.emplace_back(left.substr(0, space));
    left = trimmed(left.substr(space));
  }
  return add_itemset(loader, control, *nodes, value,
                     labels.empty() ? value : label_expression(labels));
}

Status load_pulldata(Loader& loader) {
  constexpr std::string_view kCall = "pulldata(";
  for (std::size_t i = 0; i < loader.form.expressions.size(); ++i) {
    const std::string& text = loader.form.expressions[i].text();
    for (std::size_t at = text.find(kCall); at != std::string::npos;
         at = text.find(kCall, at + kCall.size())) {
      const std::string_view rest = trimmed(std::string_view(text).substr(at + kCall.size()));
      if (rest.empty() || (rest.front() != '\'' && rest.front() != '"')) continue;
      const std::size_t end = rest.find(rest.front(), 1);
      if (end == std::string_view::npos) continue;
      const std::string id(rest.substr(1, end - 1));
      VIGIL_ASSIGN(const bool there, load_file(loader, id, id + ".csv"));
      if (there) continue;
      auto empty = std::make_unique<Document>(loader.form.names);
      empty->append(empty->root(), empty->create_element(loader.form.names->intern("", "root")));
      empty->freeze();
      loader.form.secondary.emplace_back(id, std::move(empty));
    }
  }
  return {};
}

Status load_query(Loader& loader, const Node& element, Control& control) {
  const std::string* query = attribute_of(loader, element, "query");
  if (query == nullptr || control.element != "input") return {};
  if (!has_instance(loader.form, kItemsetsFile)) VIGIL_TRY(load_itemsets(loader));
  if (!has_instance(loader.form, kItemsetsFile)) return {};
  control.element = "select1";
  return add_itemset(loader, control, *query, "name", "label");
}

}  // namespace vigil::forms
