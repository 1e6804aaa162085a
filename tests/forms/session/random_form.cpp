// SPDX-License-Identifier: Apache-2.0
#include "tests/forms/session/random_form.h"

#include <fmt/format.h>

namespace vigil::forms {

RandomForm::RandomForm(std::uint32_t seed) : random_(seed) {
  instance_ = "<data id=\"random\">";
  build_group("/data", "", 0);
  instance_ += "<meta><instanceID/></meta></data>";
  std::string cities;
  for (int i = 0; i < 12; ++i)
    cities += fmt::format("<item><name>c{}</name><label>City {}</label><land>v{}</land></item>", i,
                          i, i % 4);
  xml_ = fmt::format(
      R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Random</h:title><model><instance>{}</instance><instance id="cities"><root>{}</root></instance>{}<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/></model></h:head><h:body>{}</h:body></h:html>)",
      instance_, cities, binds_, body_);
}

std::string RandomForm::reference(const std::string& from, const Node& to) {
  // Relative, as form converters write inside repeats: up to the common ancestor and down.
  std::size_t common = 0;
  for (std::size_t i = 0;; ++i) {
    const bool end_from = i == from.size() || from[i] == '/';
    const bool end_to = i == to.path.size() || to.path[i] == '/';
    if (end_from && end_to) common = i;
    if (i >= from.size() || i >= to.path.size() || from[i] != to.path[i]) break;
  }
  std::string out;
  for (std::size_t i = common; i < from.size(); ++i)
    if (from[i] == '/') out += "../";
  return out + to.path.substr(common + 1);
}

const RandomForm::Node* RandomForm::earlier(const std::string& repeat) {
  std::vector<const Node*> usable;
  for (const Node& node : nodes_)
    if (node.repeat.empty() || (repeat + "/").starts_with(node.repeat + "/"))
      usable.push_back(&node);
  return usable.empty() ? nullptr : usable[pick(usable.size())];
}

std::string RandomForm::condition(const std::string& from, const std::string& repeat) {
  const Node* node = earlier(repeat);
  if (node == nullptr) return chance(50) ? "true()" : "1 = 1";
  const std::string ref = reference(from, *node);
  switch (pick(6)) {
    case 0:
      return ref + " != ''";
    case 1:
      return fmt::format("{} &gt; {}", ref, pick(20));
    case 2:
      return fmt::format("selected({}, 'v{}')", ref, pick(4));
    case 3:
      return fmt::format("not({} = 'v{}')", ref, pick(4));
    case 4: {
      if (repeat.empty()) return fmt::format("string-length({}) &lt; 4", ref);
      return "position(..) mod 2 = 1";
    }
    default: {
      const Node* other = earlier(repeat);
      return fmt::format("{} = {} or count-selected({}) &gt; 1", ref, reference(from, *other), ref);
    }
  }
}

std::string RandomForm::calculation(const std::string& from, const std::string& repeat) {
  const Node* node = earlier(repeat);
  const std::string one = node == nullptr ? "1" : reference(from, *node);
  // A total over a repeat, seen from outside it.
  for (const Node& inner : nodes_)
    if (!inner.repeat.empty() && repeat.empty() && chance(15))
      return chance(50) ? fmt::format("sum({})", inner.path)
                        : fmt::format("join(' ', {})", inner.path);
  if (!repeats_.empty() && repeat.empty() && chance(20))
    return fmt::format("count({})", repeats_[pick(repeats_.size())]);
  switch (pick(5)) {
    case 0:
      return fmt::format("coalesce({}, 0) + 1", one);
    case 1:
      return fmt::format("if({}, {}, 'no')", condition(from, repeat), one);
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
  const std::string name = fmt::format("q{}", next_++);
  const std::string path = parent + "/" + name;
  constexpr const char* kTypes[] = {"int", "string", "select1", "select", "date"};
  std::string type = kTypes[pick(5)];
  std::string attributes;
  const bool calculated = chance(25);
  if (calculated) {
    type = chance(50) ? "string" : "int";
    attributes += fmt::format(" calculate=\"{}\" readonly=\"true()\"", calculation(path, repeat));
  }
  if (chance(35)) attributes += fmt::format(" relevant=\"{}\"", condition(path, repeat));
  if (chance(15)) attributes += fmt::format(" required=\"{}\"", condition(path, repeat));
  if (chance(15)) attributes += " constraint=\". != 'v2' and string-length(.) &lt; 9\"";
  if (!calculated && chance(10))
    attributes += fmt::format(" readonly=\"{}\"", condition(path, repeat));
  if (type == "int" || type == "date") attributes += fmt::format(" type=\"{}\"", type);
  bind(path, attributes);
  instance_ += chance(20) && !calculated
                   ? fmt::format("<{0}>{1}</{0}>", name, type == "int" ? "3" : "")
                   : fmt::format("<{}/>", name);
  const Node* shown = earlier(repeat);
  const std::string label =
      shown != nullptr && chance(30)
          ? fmt::format("<label>Q {} <output value=\"{}\"/></label>", name, reference(path, *shown))
          : fmt::format("<label>Q {}</label>", name);
  if (calculated && chance(60)) {
    // Not on the screen.
  } else if (type == "select1" || type == "select") {
    std::string choices;
    if (shown != nullptr && chance(40)) {
      choices = fmt::format(
          "<itemset nodeset=\"instance('cities')/root/item[land = current()/{}]\"><value "
          "ref=\"name\"/><label ref=\"label\"/></itemset>",
          reference(path, *shown));
    } else {
      for (int i = 0; i < 4; ++i)
        choices += fmt::format("<item><label>V {}</label><value>v{}</value></item>", i, i);
    }
    body_ += fmt::format("<{0} ref=\"{1}\">{2}{3}</{0}>", type, path, label, choices);
  } else {
    std::string action;
    if (shown != nullptr && !calculated && chance(10)) {
      // Sets a model-only node beside it.
      const std::string target = fmt::format("s{}", next_++);
      instance_ += fmt::format("<{}/>", target);
      action = fmt::format(
          "<setvalue event=\"xforms-value-changed\" ref=\"{}/{}\" value=\"concat(../{}, '!')\"/>",
          parent, target, name);
    }
    body_ += fmt::format("<input ref=\"{}\">{}{}</input>", path, label, action);
  }
  nodes_.push_back({path, repeat, type});
}

void RandomForm::build_group(const std::string& path, const std::string& repeat,
                             std::size_t depth) {
  const std::size_t count = 3 + pick(6);
  for (std::size_t i = 0; i < count; ++i) {
    if (depth < 3 && chance(25)) {
      const bool repeats = chance(55);
      const std::string name = fmt::format("{}{}", repeats ? "r" : "g", next_++);
      const std::string inner = path + "/" + name;
      if (chance(40)) bind(inner, fmt::format(" relevant=\"{}\"", condition(inner, repeat)));
      std::string count_attribute;
      const Node* counter = earlier(repeat);
      if (repeats && counter != nullptr && counter->type == "int" && chance(30))
        count_attribute = fmt::format(" jr:count=\"{}\"", reference(inner, *counter));
      body_ += fmt::format("<group ref=\"{}\"><label>G {}</label>", inner, name);
      if (repeats) {
        body_ += fmt::format("<repeat nodeset=\"{}\"{}>", inner, count_attribute);
        repeats_.push_back(inner);
      }
      instance_ +=
          repeats && chance(50)
              ? fmt::format("<{} xmlns:jr=\"http://openrosa.org/javarosa\" jr:template=\"\">", name)
              : fmt::format("<{}>", name);
      build_group(inner, repeats ? inner : repeat, depth + 1);
      instance_ += fmt::format("</{}>", name);
      body_ += repeats ? "</repeat></group>" : "</group>";
    } else {
      build_question(path, repeat);
    }
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
