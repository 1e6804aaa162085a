// SPDX-License-Identifier: Apache-2.0
#include "tests/forms/session/random_form.h"

#include <algorithm>

#include <fmt/format.h>

namespace vigil::forms {

RandomForm::RandomForm(std::uint32_t seed) : random_(seed) {
  instance_ = "<data id=\"random\">";
  survey_ =
      "| survey |\n| | type | name | label | relevant | required | constraint | readonly | "
      "calculation | default | trigger | choice_filter | repeat_count | bind::type |\n";
  build_group("/data", "", 0);
  instance_ += "<meta><instanceID/></meta></data>";
  std::string cities;
  std::string choices = "| choices |\n| | list_name | name | label | land |\n";
  for (int i = 0; i < 12; ++i) {
    cities += fmt::format("<item><name>c{}</name><label>City {}</label><land>v{}</land></item>", i,
                          i, i % 4);
    choices += fmt::format("| | cities | c{} | City {} | v{} |\n", i, i, i % 4);
  }
  for (int i = 0; i < 4; ++i) choices += fmt::format("| | v | v{} | V {} | |\n", i, i);
  xml_ = fmt::format(
      R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Random</h:title><model><instance>{}</instance><instance id="cities"><root>{}</root></instance>{}<bind nodeset="/data/meta/instanceID" type="string" readonly="1 = 1" jr:preload="uid"/></model></h:head><h:body>{}</h:body></h:html>)",
      instance_, cities, binds_, body_);
  workbook_ =
      survey_ + choices + "| settings |\n| | form_id | form_title |\n| | random | Random |\n";
}

void RandomForm::add_leaf(const Row& row) {
  const std::string leaf = row.value.empty() ? fmt::format("<{}/>", row.name)
                                             : fmt::format("<{0}>{1}</{0}>", row.name, row.value);
  instance_ += leaf;
  pattern_ += leaf;
}

void RandomForm::row(const Row& row) {
  std::string line = "| ";
  for (const std::string& cell :
       {row.type, row.name, row.label, row.relevant, row.required, row.constraint, row.readonly,
        row.calculation, row.value, row.trigger, row.filter, row.count, row.bind_type})
    line += "| " + cell + " ";
  survey_ += line + "|\n";
}

std::string RandomForm::reference(const Node& to) {
  return "${" + to.path.substr(to.path.rfind('/') + 1) + "}";
}

// What an XLSForm's "${name}" becomes in an XForm, by a rule of its own: relative to the common
// ancestor where that is in the same repeat, else the whole path. Escaped as an attribute.
std::string RandomForm::resolved(const std::string& from, const std::string& text) const {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 2, "${") != 0) {
      out += text[at] == '<' ? "&lt;" : text[at] == '>' ? "&gt;" : std::string(1, text[at]);
      continue;
    }
    const std::size_t end = text.find('}', at);
    const std::string name = text.substr(at + 2, end - at - 2);
    at = end;
    const auto named = [&name](const std::string& path) { return path.ends_with("/" + name); };
    const auto repeat = std::find_if(repeats_.begin(), repeats_.end(), named);
    if (repeat != repeats_.end()) {
      out += *repeat;
      continue;
    }
    const auto node = std::find_if(nodes_.begin(), nodes_.end(),
                                   [&](const Node& one) { return named(one.path); });
    const std::string& path = node->path;
    if (!node->repeat.empty() && !(from + "/").starts_with(node->repeat + "/")) {
      out += path;
      continue;
    }
    std::size_t common = 0;
    for (std::size_t i = 0;; ++i) {
      const bool end_from = i == from.size() || from[i] == '/';
      const bool end_to = i == path.size() || path[i] == '/';
      if (end_from && end_to) common = i;
      if (i >= from.size() || i >= path.size() || from[i] != path[i]) break;
    }
    for (std::size_t i = common; i < from.size(); ++i)
      if (from[i] == '/') out += "../";
    out += path.substr(common + 1);
  }
  return out;
}

const RandomForm::Node* RandomForm::earlier(const std::string& repeat) {
  std::vector<const Node*> usable;
  for (const Node& node : nodes_)
    if (node.repeat.empty() || (repeat + "/").starts_with(node.repeat + "/"))
      usable.push_back(&node);
  return usable.empty() ? nullptr : usable[pick(usable.size())];
}

std::string RandomForm::condition(const std::string& repeat) {
  const Node* node = earlier(repeat);
  if (node == nullptr) return chance(50) ? "true()" : "1 = 1";
  const std::string ref = reference(*node);
  switch (pick(6)) {
    case 0:
      return ref + " != ''";
    case 1:
      return fmt::format("{} > {}", ref, pick(20));
    case 2:
      return fmt::format("selected({}, 'v{}')", ref, pick(4));
    case 3:
      return fmt::format("not({} = 'v{}')", ref, pick(4));
    case 4: {
      if (repeat.empty()) return fmt::format("string-length({}) < 4", ref);
      return "position(..) mod 2 = 1";
    }
    default: {
      const Node* other = earlier(repeat);
      return fmt::format("{} = {} or count-selected({}) > 1", ref, reference(*other), ref);
    }
  }
}

std::string RandomForm::calculation(const std::string& repeat) {
  const Node* node = earlier(repeat);
  const std::string one = node == nullptr ? "1" : reference(*node);
  // A total over a repeat, seen from outside it.
  for (const Node& inner : nodes_)
    if (!inner.repeat.empty() && repeat.empty() && chance(15))
      return chance(50) ? fmt::format("sum({})", reference(inner))
                        : fmt::format("join(' ', {})", reference(inner));
  if (!repeats_.empty() && repeat.empty() && chance(20)) {
    const std::string& counted = repeats_[pick(repeats_.size())];
    return "count(${" + counted.substr(counted.rfind('/') + 1) + "})";
  }
  switch (pick(5)) {
    case 0:
      return fmt::format("coalesce({}, 0) + 1", one);
    case 1:
      return fmt::format("if({}, {}, 'no')", condition(repeat), one);
    case 2:
      return fmt::format("concat({}, '-', string-length({}))", one, one);
    case 3:
      return repeat.empty() ? fmt::format("number({}) * 2", one) : std::string("position(..)");
    default:
      return fmt::format("count-selected({})", one);
  }
}

void RandomForm::bind(const std::string& path, const std::string& attributes) {
  binds_ += fmt::format("<bind nodeset=\"{}\"{}/>", path, attributes);
}

void RandomForm::build_question(const std::string& parent, const std::string& repeat) {
  Row own;
  own.name = fmt::format("q{}", next_++);
  const std::string path = parent + "/" + own.name;
  constexpr const char* kTypes[] = {"int", "string", "select1", "select", "date"};
  std::string type = kTypes[pick(5)];
  const bool calculated = chance(25);
  if (calculated) {
    type = chance(50) ? "string" : "int";
    own.calculation = calculation(repeat);
    own.readonly = "yes";
  }
  if (chance(35)) own.relevant = condition(repeat);
  if (chance(15)) own.required = condition(repeat);
  if (chance(15)) own.constraint = ". != 'v2' and string-length(.) < 9";
  if (!calculated && chance(10)) own.readonly = condition(repeat);
  if (chance(20) && !calculated && type == "int") own.value = "3";
  const Node* shown = earlier(repeat);
  own.label = "Q " + own.name;
  if (shown != nullptr && chance(30)) own.label += " " + reference(*shown);
  const bool on_screen = !calculated || chance(40);
  const bool cascades = shown != nullptr && chance(40);
  const bool sets = shown != nullptr && !calculated && chance(10);
  if (type == "select1" || type == "select") {
    own.type = (type == "select1" ? "select_one " : "select_multiple ") +
               std::string(cascades ? "cities" : "v");
    if (cascades) own.filter = "land = " + reference(*shown);
  } else {
    own.type = type == "int" ? "integer" : type == "string" ? "text" : type;
  }
  if (!on_screen) {
    own.type = "calculate";
    own.label.clear();
    own.bind_type = type;
  }
  row(own);
  nodes_.push_back({path, repeat, type});
  write_question(own, parent, type, sets);
}

void RandomForm::write_question(const Row& own, const std::string& parent, const std::string& type,
                                bool sets) {
  const std::string path = parent + "/" + own.name;
  std::string attributes;
  const auto attribute = [&](const char* name, const std::string& text) {
    if (text.empty()) return;
    attributes += fmt::format(" {}=\"{}\"", name, text == "yes" ? "true()" : resolved(path, text));
  };
  attribute("calculate", own.calculation);
  attribute("relevant", own.relevant);
  attribute("required", own.required);
  attribute("constraint", own.constraint);
  attribute("readonly", own.readonly);
  if (type == "int" || type == "date") attributes += fmt::format(" type=\"{}\"", type);
  bind(path, attributes);
  add_leaf(own);
  if (own.label.empty()) return;
  std::string label = own.label;
  if (const std::size_t at = label.find("${"); at != std::string::npos)
    label = fmt::format("{}<output value=\"{}\"/>", label.substr(0, at),
                        resolved(path, label.substr(at)));
  label = "<label>" + label + "</label>";
  if (type == "select1" || type == "select") {
    std::string choices;
    if (!own.filter.empty()) {
      const std::size_t at = own.filter.find("${");
      choices = fmt::format(
          "<itemset nodeset=\"instance('cities')/root/item[{}current()/{}]\"><value "
          "ref=\"name\"/><label ref=\"label\"/></itemset>",
          own.filter.substr(0, at), resolved(path, own.filter.substr(at)));
    } else {
      for (int i = 0; i < 4; ++i)
        choices += fmt::format("<item><label>V {}</label><value>v{}</value></item>", i, i);
    }
    body_ += fmt::format("<{0} ref=\"{1}\">{2}{3}</{0}>", type, path, label, choices);
    return;
  }
  std::string action;
  if (sets) {
    // Sets a model-only node beside it.
    Row target;
    target.type = "calculate";
    target.name = fmt::format("s{}", next_++);
    target.trigger = "${" + own.name + "}";
    target.calculation = "concat(${" + own.name + "}, '!')";
    row(target);
    add_leaf(target);
    action = fmt::format(
        "<setvalue event=\"xforms-value-changed\" ref=\"{}/{}\" value=\"concat(../{}, '!')\"/>",
        parent, target.name, own.name);
  }
  body_ += fmt::format("<input ref=\"{}\">{}{}</input>", path, label, action);
}

void RandomForm::build_group(const std::string& path, const std::string& repeat,
                             std::size_t depth) {
  const std::size_t count = 3 + pick(6);
  for (std::size_t i = 0; i < count; ++i) {
    if (depth >= 3 || !chance(25)) {
      build_question(path, repeat);
      continue;
    }
    const bool repeats = chance(55);
    Row own;
    own.name = fmt::format("{}{}", repeats ? "r" : "g", next_++);
    own.type = repeats ? "begin_repeat" : "begin_group";
    own.label = "G " + own.name;
    const std::string inner = path + "/" + own.name;
    if (chance(40)) own.relevant = condition(repeat);
    const Node* counter = earlier(repeat);
    if (repeats && counter != nullptr && counter->type == "int" && chance(30))
      own.count = reference(*counter);
    row(own);
    if (!own.relevant.empty())
      bind(inner, fmt::format(" relevant=\"{}\"", resolved(inner, own.relevant)));
    body_ += fmt::format("<group ref=\"{}\"><label>{}</label>", inner, own.label);
    if (repeats)
      body_ += fmt::format(
          "<repeat nodeset=\"{}\"{}>", inner,
          own.count.empty() ? "" : fmt::format(" jr:count=\"{}\"", resolved(inner, own.count)));
    if (repeats) repeats_.push_back(inner);
    const std::size_t begin = instance_.size();
    const std::size_t pattern_begin = pattern_.size();
    build_group(inner, repeats ? inner : repeat, depth + 1);
    const std::string content = instance_.substr(begin);
    const std::string pattern = pattern_.substr(pattern_begin);
    instance_.resize(begin);
    pattern_.resize(pattern_begin);
    const std::string as_pattern =
        repeats ? fmt::format(
                      "<{0} xmlns:jr=\"http://openrosa.org/javarosa\" jr:template=\"\">{1}"
                      "</{0}>",
                      own.name, pattern)
                : fmt::format("<{0}>{1}</{0}>", own.name, pattern);
    pattern_ += as_pattern;
    // The pattern of an inner repeat stands in that of the outer one.
    if (repeats && repeat.empty()) instance_ += as_pattern;
    instance_ += fmt::format("<{0}>{1}</{0}>", own.name, content);
    body_ += repeats ? "</repeat></group>" : "</group>";
    Row end;
    end.type = repeats ? "end_repeat" : "end_group";
    row(end);
  }
}

void RandomForm::operate(FormSession& session) {
  const std::vector<NodeState> state = session.state();
  const NodeState& node = state[pick(state.size())];
  if (node.type == NodeType::kRepeatRange) {
    if (node.instances < 4) (void)session.add_repeat(node.ref);
    return;
  }
  if (node.type == NodeType::kRepeatInstance) {
    if (chance(30)) (void)session.remove_repeat(node.ref);
    return;
  }
  std::string value;
  if (!node.choices.empty() && chance(90)) {
    value = node.choices[pick(node.choices.size())].value;
    if (node.control == "select" && chance(50)) value += " " + node.choices.back().value;
  } else if (node.value_type == "int") {
    value = fmt::format("{}", pick(6));
  } else if (node.value_type == "date") {
    value = fmt::format("2026-01-{:02}", 1 + pick(28));
  } else if (chance(80)) {
    value = fmt::format("v{}", pick(5));
  }
  (void)session.set(node.ref, value);
}

}  // namespace vigil::forms
