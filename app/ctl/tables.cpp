// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/ctl/shown.h"
#include "app/ctl/visit_text.h"
#include "app/visit/sources.h"

namespace vigil::ctl {
namespace {

using forms::NodeState;
using forms::NodeType;

std::string csv_field(const std::string& text) {
  std::string field = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
      text.find_first_not_of("+-.0123456789") != std::string::npos)
    field += "'";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + "\"";
}

void append_row(std::string& text, const std::vector<std::string>& row, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) {
    if (i > 0) text += ',';
    text += i < row.size() ? csv_field(row[i]) : "\"\"";
  }
  text += "\r\n";
}

using ByRef = std::map<std::string, const NodeState*, std::less<>>;

ByRef by_ref(const std::vector<NodeState>& state) {
  ByRef nodes;
  for (const NodeState& node : state) nodes.emplace(node.ref, &node);
  return nodes;
}

const NodeState* parent_of(const ByRef& nodes, const NodeState& node) {
  const auto found = nodes.find(node.parent_ref);
  return found == nodes.end() ? nullptr : found->second;
}

// "Cells / Cell 2": the labels of what the question stands in. A question per source is not a
// section, it is the question.
std::string section_of(const ByRef& nodes, const NodeState& node) {
  std::string section;
  for (const NodeState* at = parent_of(nodes, node); at != nullptr; at = parent_of(nodes, *at)) {
    if (at->label.empty() || at->type == NodeType::kSources || at->type == NodeType::kRepeatRange)
      continue;
    std::string label = at->label;
    if (at->type == NodeType::kRepeatInstance) {
      const std::size_t bracket = at->ref.rfind('[');
      label += " " + at->ref.substr(bracket + 1, at->ref.size() - bracket - 2);
    }
    section = section.empty() ? label : label + " / " + section;
  }
  return section;
}

std::string record_name(const std::string& prefix) {
  return prefix.ends_with('-') ? prefix.substr(0, prefix.size() - 1) : prefix;
}

// Where a leaf goes among Central's tables.
struct Spot {
  std::string table;  // behind the form's name
  std::string column;
  std::string key;  // behind the instance's id
  std::string parent_key;
};

Spot spot_of(const std::string& ref) {
  Spot spot;
  std::size_t begin = ref.find('/', 1);
  while (begin != std::string::npos) {
    const std::size_t end = std::min(ref.find('/', begin + 1), ref.size());
    const std::string step = ref.substr(begin + 1, end - begin - 1);
    begin = end == ref.size() ? std::string::npos : end;
    const std::size_t bracket = step.find('[');
    if (bracket == std::string::npos) {
      spot.column += (spot.column.empty() ? "" : "-") + step;
      continue;
    }
    // The groups on the way to a repeat stand in no column of its table.
    spot.table += "-" + step.substr(0, bracket);
    spot.parent_key = spot.key;
    spot.key += "/" + step;
    spot.column.clear();
  }
  return spot;
}

class TableWriter {
 public:
  explicit TableWriter(Table& table) : table_(table) {}

  std::size_t column(const std::string& name) {
    const auto found = std::ranges::find(table_.columns, name);
    if (found != table_.columns.end())
      return static_cast<std::size_t>(found - table_.columns.begin());
    table_.columns.push_back(name);
    return table_.columns.size() - 1;
  }
  void set(std::size_t row, const std::string& name, const std::string& value) {
    const std::size_t at = column(name);
    std::vector<std::string>& fields = table_.rows[row];
    if (fields.size() <= at) fields.resize(at + 1);
    fields[at] = value;
  }

 private:
  Table& table_;
};

}  // namespace

std::string csv_text(const Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    text += (i > 0 ? "," : "") + table.columns[i];
  text += "\r\n";
  for (const auto& row : table.rows) append_row(text, row, table.columns.size());
  return text;
}

void keep_up_to(office::SentChecklist& sent, int sensitivity) {
  std::erase_if(sent.submission.flags, [&](const vault::Flag& flag) {
    bool known = false;
    for (const NodeState& node : sent.state) {
      if (node.ref != flag.ref && node.parent_ref != flag.ref) continue;
      known = true;
      if (node.sensitivity > sensitivity) return true;
    }
    return !known;
  });
  std::erase_if(sent.state, [&](const NodeState& node) {
    return node.sensitivity > sensitivity && visit::holds_value(node);
  });
  // Nobody has said how sensitive they are.
  sent.unplaced.clear();
}

Table answers_table(const std::vector<office::SentChecklist>& checklists,
                    const words::Words& words) {
  Table table{{"visit", "record", "form", "code", "section", "question", "value", "value_label",
               "ref", "tablet", "bundle_number"},
              {}};
  for (const office::SentChecklist& sent : checklists) {
    const ByRef nodes = by_ref(sent.state);
    const std::vector<std::string> about{sent.submission.visit_code,
                                         record_name(sent.submission.member_prefix),
                                         sent.submission.form_id, office::subject_code(sent.state)};
    const auto add = [&](const NodeState* node, std::string question, const std::string& value,
                         std::string label, const std::string& ref) {
      std::vector<std::string> row = about;
      row.push_back(node == nullptr ? "" : section_of(nodes, *node));
      row.insert(row.end(), {std::move(question), value, std::move(label), ref, sent.sealed.tablet,
                             std::to_string(sent.sealed.bundle_number)});
      table.rows.push_back(std::move(row));
    };
    for (const NodeState& node : sent.state)
      if (node.relevant && !node.value.empty())
        add(&node, visit::label_in_table(sent.state, node), node.value, shown_value(words, node),
            node.ref);
    for (const NodeState& node : sent.state)
      if (breaks_rule(node))
        add(&node, std::string(words("To mend")), node.violation->message, "", node.ref);
    for (const vault::Flag& flag : sent.submission.flags) {
      const auto node = nodes.find(flag.ref);
      add(node == nodes.end() ? nullptr : node->second, shown_mark(words, flag), flag.text, "",
          flag.ref);
    }
  }
  return table;
}

std::map<std::string, Table> central_tables(const std::vector<office::SentChecklist>& checklists) {
  std::map<std::string, Table> tables;
  for (const office::SentChecklist& sent : checklists) {
    const std::string& form = sent.submission.form_id;
    const std::string& id = sent.submission.instance_id;
    std::map<std::string, std::size_t> rows;  // by key
    const auto row_of = [&](const Spot& spot) {
      Table& table = tables[form + spot.table];
      const auto [row, added] = rows.emplace(spot.key, table.rows.size());
      if (!added) return row->second;
      table.rows.emplace_back();
      TableWriter writer(table);
      if (spot.table.empty()) {
        writer.set(row->second, "visit", sent.submission.visit_code);
        writer.set(row->second, "record", record_name(sent.submission.member_prefix));
        writer.set(row->second, "tablet", sent.sealed.tablet);
        writer.set(row->second, "bundle_number", std::to_string(sent.sealed.bundle_number));
      } else {
        writer.set(row->second, "PARENT_KEY", id + spot.parent_key);
      }
      writer.set(row->second, "KEY", id + spot.key);
      return row->second;
    };
    (void)row_of({});
    for (const NodeState& node : sent.state) {
      const Spot spot = spot_of(node.ref);
      if (node.type == NodeType::kRepeatInstance && node.relevant) (void)row_of(spot);
      if (!visit::holds_value(node)) continue;
      if (!spot.table.empty() && !rows.contains(spot.key)) continue;
      TableWriter writer(tables[form + spot.table]);
      writer.set(row_of(spot), spot.column, node.relevant ? node.value : "");
    }
  }
  return tables;
}

}  // namespace vigil::ctl
