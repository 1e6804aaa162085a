// SPDX-License-Identifier: Apache-2.0
//
// Scenarios recorded from the engines people use today, run on ours where the folder is there.
// The set is not part of the project; without it the test is skipped.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

using Json = nlohmann::json;

std::string type_text(const NodeState& node) {
  switch (node.type) {
    case NodeType::kQuestion:
      if (node.control == "select1" || node.control == "select") return "select";
      return node.control;
    case NodeType::kNote:
      return "note";
    case NodeType::kTrigger:
      return "trigger";
    case NodeType::kGroup:
    case NodeType::kSources:
      return node.parent_ref.empty() ? "root" : "group";
    case NodeType::kRepeatRange:
      return node.repeat_count_fixed ? "repeat-range:controlled" : "repeat-range:uncontrolled";
    case NodeType::kRepeatInstance:
      return "repeat-instance";
    case NodeType::kModelOnly:
      return "model-value";
  }
  return "";
}

std::string key_of(const NodeState& node) {
  return node.type == NodeType::kRepeatRange ? node.ref + "<range>" : node.ref;
}

class Scenario {
 public:
  explicit Scenario(const Json& test) : test_(test) {}

  // Empty when all that the author of the case looked at is right.
  std::vector<std::string> misses;
  // Differences elsewhere in the state.
  std::vector<std::string> others;

  void run() {
    const auto form = load_xform(test_["form_xml"].get<std::string>(), [&](std::string_view name) {
      for (const Json& resource : test_["resources"])
        if (resource["url"].get<std::string>().ends_with("/" + std::string(name)))
          return std::optional(to_bytes(resource["text"].get<std::string>()));
      return std::optional<Bytes>();
    });
    if (test_.contains("init_error")) {
      if (!form.has_value()) return;
      const auto session = open_session(*form, host_, {});
      if (session.has_value()) misses.push_back("must not load");
      return;
    }
    if (!form.has_value()) {
      misses.push_back("does not load: " + form.error().message);
      return;
    }
    form_ = *form;
    for (const Json& step : test_["steps"]) {
      if (!do_step(step)) return;
      compare(step);
    }
  }

 private:
  bool open(int instance, const SessionOptions& base) {
    SessionOptions options = base;
    options.wrong_values_clear = true;
    auto session = open_session(form_, host_, options);
    if (!session.has_value()) {
      misses.push_back("does not open: " + session.error().message);
      return false;
    }
    sessions_[instance] = std::move(*session);
    return true;
  }

  static std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object() && value.contains("file")) return value["file"].get<std::string>();
    if (value.is_object() && value.contains("json")) {
      const Json& point = value["json"];
      if (!point.contains("latitude")) return point.dump();
      std::string out = point["latitude"].dump() + " " + point["longitude"].dump();
      const bool accuracy = point.contains("accuracy") && !point["accuracy"].is_null();
      if (point.contains("altitude") && !point["altitude"].is_null())
        out += " " + point["altitude"].dump();
      else if (accuracy)
        out += " 0";
      if (accuracy) out += " " + point["accuracy"].dump();
      return out;
    }
    if (value.is_array()) {
      std::string out;
      for (const Json& one : value) out += (out.empty() ? "" : " ") + text_of(one);
      return out;
    }
    return value.is_null() ? "" : value.dump();
  }

  bool do_step(const Json& step) {
    host_.now_ms = step["now"].get<std::int64_t>();
    const int instance = step["inst"].get<int>();
    const std::string op = step["op"].get<std::string>();
    if (op == "create") return open(instance, {});
    SessionOptions options;
    if (op == "edit") {
      options.edit_xml = test_["edit_instance"].get<std::string>();
      return open(instance, options);
    }
    if (op.starts_with("fork:new")) return open(instance, {});
    if (op.starts_with("fork:")) {
      const bool edit = op.starts_with("fork:edit");
      const int from = std::stoi(op.substr(op.rfind(':') + 1));
      // What the peer restored is not recorded where its test made it up: its own result is.
      std::string xml = sessions_[from]->submission_xml(SubmissionPart::kWhole);
      if (step.contains("xml") && step["xml"].get<std::string>().find("__") == std::string::npos)
        xml = step["xml"].get<std::string>();
      (edit ? options.edit_xml : options.restore_xml) = xml;
      return open(instance, options);
    }
    Result<Change> change = Change{};
    FormSession& session = *sessions_[instance];
    const std::string ref = step.contains("ref") ? step["ref"].get<std::string>() : "";
    if (op == "answer")
      change = session.set(ref, text_of(step["value"]));
    else if (op == "add_repeat")
      change = session.add_repeat(ref);
    else if (op == "remove_repeat")
      change = session.remove_repeat(ref);
    else if (op == "set_language")
      change = session.set_language(step["value"].get<std::string>());
    const bool must_fail = step.contains("error");
    if (!change.has_value() && !must_fail)
      failed_ = op + " " + ref + ": " + change.error().message;
    else
      failed_.clear();
    return true;
  }

  void compare(const Json& step) {
    const int instance = step["inst"].get<int>();
    std::map<std::string, Json>& expected = expected_[instance];
    if (step.contains("nodes")) expected.clear();
    for (const char* part : {"nodes", "changed"})
      if (step.contains(part))
        for (const auto& [ref, node] : step[part].items()) expected[ref] = node;
    if (step.contains("removed"))
      for (const Json& ref : step["removed"]) expected.erase(ref.get<std::string>());
    std::set<std::string> probed;
    if (step.contains("probed"))
      for (const Json& probe : step["probed"])
        if (probe[1].is_string()) {
          probed.insert(probe[1].get<std::string>());
          probed.insert(probe[1].get<std::string>() + "<range>");
        }
    std::map<std::string, NodeState> actual;
    for (NodeState& node : sessions_[instance]->state()) actual.emplace(key_of(node), node);
    const auto note = [&](const std::string& ref, const std::string& text) {
      (probed.contains(ref) ? misses : others)
          .push_back(fmt::format("{} {}: {}{}", step["op"].get<std::string>(), ref, text,
                                 failed_.empty() ? "" : " [" + failed_ + "]"));
    };
    for (const auto& [ref, node] : expected) {
      const auto found = actual.find(ref);
      if (found == actual.end()) {
        note(ref, "is not there");
        continue;
      }
      compare_node(ref, node, found->second, note);
      actual.erase(found);
    }
    for (const auto& [ref, node] : actual) note(ref, "should not be there");
  }

  template <typename Note>
  void compare_node(const std::string& ref, const Json& wanted, const NodeState& node,
                    const Note& note) {
    const auto field = [&](const char* name, const Json& value) {
      if (!wanted.contains(name)) return;
      if (wanted[name].dump().find("__") != std::string::npos) return;
      if (wanted[name] != value)
        note(ref, fmt::format("{} is {}, not {}", name, value.dump(), wanted[name].dump()));
    };
    field("t", type_text(node));
    field("vt", node.value_type);
    field("rel", node.relevant);
    field("ro", node.readonly);
    field("req", node.required);
    field("v", node.value);
    field("lab", node.label);
    field("hint", node.hint);
    if (wanted.contains("n")) field("n", node.instances);
    if (wanted.contains("ch") && wanted["ch"].is_array()) {
      Json choices = Json::array();
      for (const Choice& choice : node.choices) choices.push_back({choice.value, choice.label});
      field("ch", choices);
    } else if (wanted.contains("ch")) {
      if (wanted["ch"]["count"] != node.choices.size())
        note(ref,
             fmt::format("{} choices, not {}", node.choices.size(), wanted["ch"]["count"].dump()));
    }
    if (wanted.contains("viol")) {
      const Json& violation = wanted["viol"];
      if (!node.violation.has_value()) {
        note(ref, "has no violation");
      } else {
        const bool constraint = node.violation->condition == ViolatedCondition::kConstraint;
        if ((violation["c"] == "constraint") != constraint) note(ref, "has another violation");
        if (violation["m"].is_string() && violation["m"] != node.violation->message)
          note(ref, "violation says " + node.violation->message);
      }
    } else if (node.violation.has_value() && node.relevant) {
      note(ref, "has a violation");
    }
  }

  const Json& test_;
  TestHost host_;
  FormPointer form_;
  std::map<int, std::unique_ptr<FormSession>> sessions_;
  std::map<int, std::map<std::string, Json>> expected_;
  std::string failed_;
};

// Cases we answer otherwise on purpose: docs/formats/forms.md, "Session", says why for each.
const std::set<std::string>& explained() {
  static const std::set<std::string> kExplained = {"scn-0002", "scn-0460"};
  return kExplained;
}

TEST(ScenarioAcceptance, RecordedScenariosComeOutTheSame) {
  const std::filesystem::path file =
      std::filesystem::path(VIGIL_SOURCE_DIR) / "../shared/acceptance/scenario/cases.jsonl";
  std::ifstream input(file);
  if (!input) GTEST_SKIP() << "the acceptance set is not here";
  const char* only = std::getenv("VIGIL_SCENARIO");
  std::size_t count = 0;
  std::size_t right = 0;
  std::size_t whole = 0;
  std::string line;
  while (std::getline(input, line)) {
    const Json test = Json::parse(line);
    const std::string id = test["id"].get<std::string>();
    if (only != nullptr && id != only) continue;
    ++count;
    Scenario scenario(test);
    scenario.run();
    if (scenario.misses.empty()) ++right;
    if (scenario.misses.empty() && scenario.others.empty()) ++whole;
    for (const std::string& miss : scenario.misses) fmt::print("MISS {} {}\n", id, miss);
    for (const std::string& other : scenario.others) fmt::print("OTHER {} {}\n", id, other);
    if (!scenario.misses.empty() && !explained().contains(id))
      ADD_FAILURE() << id << " " << test["test"].get<std::string>();
  }
  fmt::print("scenarios: {} of {} right in all that was looked at, {} in the whole state\n", right,
             count, whole);
}

}  // namespace
}  // namespace vigil::forms
