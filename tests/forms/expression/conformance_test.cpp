// SPDX-License-Identifier: Apache-2.0
//
// What the peers' own tests expect (getodk/web-forms, getodk/javarosa), where the folder with those
// cases is at hand: VIGIL_ACCEPTANCE_DIR, or shared/acceptance beside the source tree.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "forms/expression/evaluate_document.h"

namespace vigil::forms {
namespace {

using nlohmann::json;

std::string acceptance_folder() {
  const char* given = std::getenv("VIGIL_ACCEPTANCE_DIR");
  return given != nullptr ? given : VIGIL_SOURCE_DIR "/../shared/acceptance";
}

std::vector<json> read_lines(const std::string& name) {
  std::vector<json> all;
  std::ifstream file(acceptance_folder() + "/xpath/" + name);
  std::string line;
  while (std::getline(file, line)) all.push_back(json::parse(line));
  return all;
}

std::uint64_t dice() {
  static std::uint64_t state = 1;
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return state ^ (state >> 29U);
}

double number_of_json(const json& value) {
  if (value.is_number()) return value.get<double>();
  const auto text = value.get<std::string>();
  if (text == "NaN") return std::nan("");
  if (text == "Infinity") return HUGE_VAL;
  if (text == "-Infinity") return -HUGE_VAL;
  return -0.0;
}

bool same_number(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return a == b || std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

class Documents {
 public:
  Documents() {
    for (const json& line : read_lines("docs.jsonl")) {
      xml_[line["doc"].get<std::string>()] = line["xml"].get<std::string>();
    }
  }
  const QuestionedDocument& get(const std::string& id) {
    auto place = open_.find(id);
    if (place == open_.end()) {
      auto opened = QuestionedDocument::open(xml_.at(id));
      if (!opened.has_value()) throw std::runtime_error(id + ": " + opened.error().message);
      place = open_.emplace(id, std::move(*opened)).first;
    }
    return place->second;
  }

 private:
  std::map<std::string, std::string> xml_;
  std::map<std::string, QuestionedDocument> open_;
};

// "" where the answer is as asserted, else what came.
std::string judge(const json& wanted, const Result<DocumentAnswer>& answer) {
  if (!answer.has_value()) return answer.error().code + ": " + answer.error().message;
  const auto kind = wanted["kind"].get<std::string>();
  const json& value = wanted["value"];
  if (kind == "boolean") {
    return answer->as_boolean == value.get<bool>() ? "" : (answer->as_boolean ? "true" : "false");
  }
  if (kind == "number") {
    const bool same = same_number(answer->as_number, number_of_json(value)) ||
                      std::abs(answer->as_number - number_of_json(value)) < 0.005;
    return same ? "" : std::to_string(answer->as_number);
  }
  if (kind == "number-rounded") {
    const double factor = wanted.contains("factor") ? wanted["factor"].get<double>() : 100.0;
    const bool same =
        std::round(answer->as_number * factor) == std::round(number_of_json(value) * factor) ||
        same_number(answer->as_number, number_of_json(value));
    return same ? "" : std::to_string(answer->as_number);
  }
  const std::string& text = answer->as_string;
  if (kind == "string") return text == value.get<std::string>() ? "" : "'" + text + "'";
  if (kind == "string-length") {
    return text.size() == value.get<std::size_t>() ? "" : "'" + text + "'";
  }
  if (kind == "string-matches") {
    const std::regex pattern(value["regex"].get<std::string>());
    return std::regex_search(text, pattern) ? "" : "'" + text + "'";
  }
  const auto* paths = std::get_if<std::vector<std::string>>(&answer->value);
  if (paths == nullptr) return "no node-set but " + answer->type;
  auto expected = value.get<std::vector<std::string>>();
  auto found = *paths;
  if (kind == "nodeset-unordered") {
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
  }
  return found == expected ? "" : json(found).dump();
}

json assertion_of(const json& line) {
  if (line.contains("assert") && !line["assert"].is_null()) return line["assert"];
  const json& observed = line["observed"];
  if (observed["type"] == "node") {
    return {{"kind", "nodeset"}, {"value", json::array({observed["value"]})}};
  }
  return {{"kind", observed["type"]}, {"value", observed["value"]}};
}

// Where JavaRosa's rule is ours (docs/formats/forms.md) and the case is web-forms' own.
const std::set<std::string> kJavaRosaRules{
    "wfx-0814",  // date('nonsense'): an error, and NaN in plain XPath; web-forms says "Invalid
                 // Date"
};

TEST(Conformance, WebFormsCases) {
  const std::vector<json> lines = read_lines("cases.jsonl");
  if (lines.empty()) GTEST_SKIP() << "no acceptance folder";
  Documents documents;
  std::map<std::string, std::pair<int, int>> counts;
  for (const json& line : lines) {
    const auto scope = line["scope"].get<std::string>();
    DocumentQuestion question;
    question.expression = line["expr"].get<std::string>();
    question.context = line["context"].get<std::string>();
    if (line.contains("root") && !line["root"].is_null()) question.root = line["root"];
    if (line.contains("lang") && !line["lang"].is_null()) question.language = line["lang"];
    if (line.contains("ns") && !line["ns"].is_null()) {
      for (const auto& [prefix, uri] : line["ns"].items()) {
        question.namespaces.emplace_back(prefix, uri.get<std::string>());
      }
    }
    question.now = WallTime{line["now_ms"].get<std::int64_t>()};
    question.zone = *TimeZone::named(line["tz"].get<std::string>());
    const auto answer = documents.get(line["doc"].get<std::string>()).ask(question, &dice);
    const std::string wrong = judge(assertion_of(line), answer);
    auto& [passed, total] = counts[scope];
    ++total;
    if (wrong.empty()) {
      ++passed;
    } else if (kJavaRosaRules.contains(line["id"].get<std::string>())) {
      std::cout << "JavaRosa's rule: " << line["id"] << ' ' << question.expression << '\n';
    } else if (scope == "odk" || std::getenv("VIGIL_SHOW_ALL") != nullptr) {
      ADD_FAILURE_AT("cases.jsonl", 0)
          << line["id"] << ' ' << line["src"] << "\n  " << question.expression << "\n  at "
          << question.context << " root " << question.root << "\n  wanted "
          << assertion_of(line).dump() << "\n  came " << wrong;
    }
  }
  for (const auto& [scope, count] : counts) {
    std::cout << scope << ": " << count.first << " of " << count.second << '\n';
  }
}

TEST(Conformance, JavaRosaCases) {
  const std::vector<json> lines = read_lines("javarosa_cases.jsonl");
  if (lines.empty()) GTEST_SKIP() << "no acceptance folder";
  Documents documents;
  const QuestionedDocument none = QuestionedDocument::none();
  int passed = 0;
  for (const json& line : lines) {
    DocumentQuestion question;
    question.expression = line["expr"].get<std::string>();
    question.now = WallTime{1'795'329'425'000};
    const QuestionedDocument& document =
        line["doc"].is_null() ? none : documents.get(line["doc"].get<std::string>());
    const auto answer = document.ask(question, &dice);
    json wanted = line["assert"];
    std::string wrong;
    if (wanted["kind"] == "error") {
      wrong = answer.has_value() ? "no error but " + answer->as_string : "";
    } else {
      if (wanted["kind"] == "date") wanted["kind"] = "string";
      wrong = judge(wanted, answer);
    }
    if (wrong.empty()) {
      ++passed;
      continue;
    }
    ADD_FAILURE_AT("javarosa_cases.jsonl", 0)
        << line["src"] << "  " << question.expression << "\n  wanted " << wanted.dump()
        << (line["webforms_agrees"].get<bool>() ? "" : " (web-forms disagrees)") << "\n  came "
        << wrong;
  }
  std::cout << "javarosa: " << passed << " of " << lines.size() << '\n';
}

}  // namespace
}  // namespace vigil::forms
