// SPDX-License-Identifier: Apache-2.0
//
// The public cases recorded from pyxform's tests, where the folder is there: accept and reject as
// it does, and the XPath assertions on our XForm. Skipped elsewhere.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "forms/xlsform/convert.h"

namespace vigil::forms {
namespace {

using nlohmann::json;

// pugixml knows no namespaces: elements without a prefix get the "x:" of the assertions.
// Declarations are attributes to it that XPath does not see: copies of another name stand for them.
void give_prefix(pugi::xml_node node) {
  for (pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string name = child.name();
    if (name.find(':') == std::string::npos) child.set_name(("x:" + name).c_str());
    for (const pugi::xml_attribute attribute : child.attributes()) {
      const std::string declaration = attribute.name();
      if (!declaration.starts_with("xmlns:")) continue;
      child.append_attribute(("ns-" + declaration.substr(6)).c_str()) = attribute.value();
    }
    give_prefix(child);
  }
}

std::string text_of(const pugi::xpath_node& found) {
  if (found.attribute()) return found.attribute().value();
  if (found.node().type() == pugi::node_pcdata) return found.node().value();
  std::ostringstream out;
  found.node().print(out, "", pugi::format_raw);
  return out.str();
}

// Elements are recorded as the peer's XML library writes them: with the namespaces in scope.
std::string without_namespaces(std::string text) {
  for (std::size_t at = text.find(" xmlns"); at != std::string::npos;
       at = text.find(" xmlns", at)) {
    text.erase(at, text.find('"', text.find('"', at) + 1) + 1 - at);
  }
  for (std::size_t at = text.find("x:"); at != std::string::npos; at = text.find("x:", at)) {
    text.erase(at, 2);
  }
  for (std::size_t at = text.find(" />"); at != std::string::npos; at = text.find(" />", at)) {
    text.erase(at, 1);
  }
  return text;
}

class Assertions {
 public:
  explicit Assertions(std::string xml) : xml_(std::move(xml)) {
    document_.load_string(xml_.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
    give_prefix(document_);
  }

  [[nodiscard]] std::vector<std::string> failures(const json& expect) {
    for (const auto& path : expect.value("xpath_match", json::array())) {
      check(path, select(path).size() == 1);
    }
    for (const auto& pair : expect.value("xpath_count", json::array())) {
      check(pair[0], select(pair[0]).size() == pair[1].get<std::size_t>());
    }
    for (const auto& pair : expect.value("xpath_exact", json::array())) {
      std::multiset<std::string> found;
      std::multiset<std::string> wanted;
      for (const auto& node : select(pair[0])) found.insert(without_namespaces(text_of(node)));
      for (const auto& text : pair[1]) wanted.insert(without_namespaces(text));
      check(pair[0], found == wanted);
    }
    for (const auto& part : expect.value("xml_contains", json::array())) {
      check(part, xml_.find(part.get<std::string>()) != std::string::npos);
    }
    for (const auto& part : expect.value("xml_excludes", json::array())) {
      check(part, xml_.find(part.get<std::string>()) == std::string::npos);
    }
    return failures_;
  }
  [[nodiscard]] std::size_t checked() const { return checked_; }

 private:
  pugi::xpath_node_set select(std::string path) {
    constexpr std::string_view kAxis = "namespace::";
    for (std::size_t at = path.find(kAxis); at != std::string::npos; at = path.find(kAxis)) {
      path.replace(at, kAxis.size(), "@ns-");
    }
    try {
      return document_.select_nodes(path.c_str());
    } catch (const pugi::xpath_exception&) {
      return {};
    }
  }
  void check(const std::string& what, bool fits) {
    ++checked_;
    if (!fits) failures_.push_back(what);
  }

  std::string xml_;
  pugi::xml_document document_;
  std::vector<std::string> failures_;
  std::size_t checked_ = 0;
};

std::filesystem::path cases_folder() {
  return std::filesystem::path(VIGIL_SOURCE_DIR) / ".." / "shared" / "acceptance" / "xlsform";
}

TEST(XlsformAcceptance, AcceptsAndRejectsAsPyxformAndEmitsTheSameStructure) {
  std::ifstream cases(cases_folder() / "cases.jsonl");
  if (!cases) GTEST_SKIP() << "no acceptance cases here";
  std::size_t total = 0;
  std::size_t agreed = 0;
  std::size_t checked = 0;
  std::size_t failed = 0;
  std::size_t not_counted = 0;
  for (std::string line; std::getline(cases, line);) {
    const json one = json::parse(line);
    const std::string id = one["id"];
    const json& expect = one["expect"];
    const bool refused = expect.value("error", false);
    ConversionOptions options;
    options.root_name = one["form_name"];
    options.default_form_id = "data";
    const auto converted =
        convert_xlsform((cases_folder() / one["xlsx"].get<std::string>()).string(), options);
    const bool accepted = converted.has_value() && converted->accepted;
    ++total;
    if (accepted != refused) {
      ++agreed;
    } else {
      ADD_FAILURE() << id << (accepted ? " should be refused" : " should be accepted");
      continue;
    }
    if (!accepted) {
      for (const FormProblem& problem : converted->errors) {
        EXPECT_FALSE(problem.sheet.empty()) << id << ": " << problem.message;
      }
      continue;
    }
    // Some cases test the peer's own test helper: what its XForm does not fulfil is no measure.
    std::vector<std::string> beyond_peer;
    if (one["peer_xform"].is_string()) {
      beyond_peer = Assertions(one["peer_xform"].get<std::string>()).failures(expect);
    }
    Assertions assertions(converted->xform_xml);
    for (const std::string& failure : assertions.failures(expect)) {
      if (std::ranges::find(beyond_peer, failure) != beyond_peer.end()) {
        ++not_counted;
        continue;
      }
      ++failed;
      std::cout << "miss " << id << ": " << failure << "\n";
    }
    checked += assertions.checked();
  }
  std::cout << "accept/reject " << agreed << "/" << total << ", assertions " << checked - failed
            << "/" << checked << ", of these " << not_counted
            << " hold neither for us nor for the peer\n";
  EXPECT_EQ(agreed, total);
  EXPECT_LE(static_cast<double>(failed), 0.03 * static_cast<double>(checked));
}

}  // namespace
}  // namespace vigil::forms
