// SPDX-License-Identifier: Apache-2.0
//
// `vigilctl form run`: the form engine for scripts and for authors' tests of their forms.
#include <algorithm>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include <fmt/format.h>

#include "app/ctl/form_command.h"

namespace vigil::ctl {
namespace {

using Line = nlohmann::ordered_json;

std::string type_name(const forms::NodeState& node) {
  switch (node.type) {
    case forms::NodeType::kQuestion:
      return node.control;
    case forms::NodeType::kNote:
      return "note";
    case forms::NodeType::kTrigger:
      return "trigger";
    case forms::NodeType::kGroup:
      return node.parent_ref.empty() ? "root" : "group";
    case forms::NodeType::kSources:
      return "sources";
    case forms::NodeType::kRepeatRange:
      return "repeat-range";
    case forms::NodeType::kRepeatInstance:
      return "repeat-instance";
    case forms::NodeType::kModelOnly:
      return "model-value";
  }
  return "";
}

Line node_line(const forms::NodeState& node) {
  Line line;
  line["ref"] = node.ref;
  line["type"] = type_name(node);
  line["value_type"] = node.value_type;
  line["value"] = node.value;
  line["relevant"] = node.relevant;
  line["readonly"] = node.readonly;
  line["required"] = node.required;
  line["label"] = node.label;
  line["hint"] = node.hint;
  line["choices"] = Line::array();
  for (const forms::Choice& choice : node.choices)
    line["choices"].push_back(Line::array({choice.value, choice.label}));
  line["violation"] = nullptr;
  if (node.violation.has_value())
    line["violation"] = {
        {"condition", node.violation->condition == forms::ViolatedCondition::kConstraint
                          ? "constraint"
                          : "required"},
        {"message", node.violation->message}};
  line["instances"] = node.instances;
  line["appearances"] = node.appearances;
  return line;
}

Line nodes_line(const std::vector<forms::NodeState>& nodes) {
  Line list = Line::array();
  for (const forms::NodeState& node : nodes) list.push_back(node_line(node));
  return list;
}

Line change_line(const forms::Change& change) {
  return {{"changed", nodes_line(change.changed)}, {"removed", change.removed}};
}

Line error_line(const Error& error) {
  return {{"error", {{"code", error.code}, {"message", error.message}}}};
}

Line change_or_error(const Result<forms::Change>& change) {
  return change.has_value() ? change_line(*change) : error_line(change.error());
}

struct Runner {
  forms::FormSession& session;
  FormHost& host;

  // The text of a member; numbers and booleans as they are written, a list with spaces between.
  static std::string text(const Line& line, const char* name) {
    const auto member = line.find(name);
    if (member == line.end() || member->is_null()) return {};
    if (!member->is_array())
      return member->is_string() ? member->get<std::string>() : member->dump();
    std::string all;
    for (const Line& one : *member) {
      if (!all.empty()) all += ' ';
      all += one.is_string() ? one.get<std::string>() : one.dump();
    }
    return all;
  }

  // What restoring could not keep is told with the state.
  Line state() const {
    Line line = {{"nodes", nodes_line(session.state())}};
    if (!session.not_restored().empty()) line["not_restored"] = session.not_restored();
    return line;
  }

  // A member is a text, a number, a boolean or a list of these: a tree cannot be an answer.
  static bool is_flat(const Line& line) {
    return std::all_of(line.begin(), line.end(), [](const Line& member) {
      return !member.is_object() &&
             (!member.is_array() || std::none_of(member.begin(), member.end(), [](const Line& one) {
               return one.is_structured();
             }));
    });
  }

  static bool takes_ref(const std::string& what) {
    return what == "set" || what == "add_repeat" || what == "remove_repeat";
  }

  Line answer(const Line& line) const {
    if (!is_flat(line))
      return error_line({ErrorKind::kUsage, "form.run",
                         "A member is a text, a number, true, false or a list of these."});
    const std::string what = text(line, "do");
    const std::string ref = text(line, "ref");
    if (takes_ref(what) && ref.empty())
      return error_line({ErrorKind::kUsage, "form.run",
                         fmt::format("\"{}\" needs the \"ref\" of a node.", what)});
    if (what == "state") return state();
    if (what == "set") return change_or_error(session.set(ref, text(line, "value")));
    if (what == "add_repeat") return change_or_error(session.add_repeat(ref));
    if (what == "remove_repeat") return change_or_error(session.remove_repeat(ref));
    if (what == "language") return change_or_error(session.set_language(text(line, "name")));
    if (what == "violations") return {{"nodes", nodes_line(session.violations())}};
    if (what == "xml") return {{"xml", session.instance_xml()}};
    if (what == "submission")
      return {{"xml", session.submission_xml(forms::SubmissionPart::kWhole)}};
    if (what == "xpath") return evaluate(line);
    if (what == "now") {
      if (const Status moved = host.move_clock(text(line, "value")); !moved)
        return error_line(moved.error());
      return change_line(session.clock_moved());
    }
    return error_line({ErrorKind::kUsage, "form.run",
                       "\"do\" is one of state, set, add_repeat, remove_repeat, language, "
                       "violations, xml, submission, xpath, now."});
  }

  Line evaluate(const Line& line) const {
    const auto result = session.evaluate(text(line, "expr"), text(line, "context"));
    if (!result.has_value()) return error_line(result.error());
    Line answer = {{"type", result->type}, {"value", result->value}};
    if (result->type == "boolean") answer["value"] = result->value == "true";
    if (result->type == "nodeset") {
      answer["value"] = Line::array();
      for (std::size_t at = 0; at < result->value.size();) {
        const std::size_t end = std::min(result->value.find('\n', at), result->value.size());
        answer["value"].push_back(result->value.substr(at, end - at));
        at = end + 1;
      }
    }
    if (result->type == "number") {
      const Line number = Line::parse(result->value, nullptr, false);
      // NaN and Infinity are no JSON numbers and stay strings.
      if (number.is_number()) answer["value"] = number;
    }
    return answer;
  }
};

}  // namespace

void run_form_lines(forms::FormSession& session, FormHost& host, std::istream& in,
                    std::ostream& out) {
  const Runner runner{session, host};
  std::string text;
  while (std::getline(in, text)) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Line line = Line::parse(text, nullptr, false);
    const Line answer =
        line.is_object()
            ? runner.answer(line)
            : error_line({ErrorKind::kUsage, "form.run", "The line is not a JSON object."});
    out << answer.dump(-1, ' ', false, Line::error_handler_t::replace) << '\n' << std::flush;
  }
}

}  // namespace vigil::ctl
