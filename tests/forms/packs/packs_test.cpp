// SPDX-License-Identifier: Apache-2.0
//
// Every checklist that comes with Vigil loads without a warning, and is filled by its script
// (scripts/<checklist>.txt): what follows from an answer is asked, what cannot be is refused, what
// is calculated comes out.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "forms/session/session.h"
#include "forms/xlsform/convert.h"
#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

namespace fs = std::filesystem;

const std::string kPacks = std::string(VIGIL_SOURCE_DIR) + "/forms/packs/";
const std::string kScripts = std::string(VIGIL_SOURCE_DIR) + "/tests/forms/packs/scripts/";

std::vector<std::string> packs() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kPacks)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

FormPointer load(const std::string& pack) {
  const auto converted = convert_xlsform(kPacks + pack);
  if (!converted || !converted->accepted) {
    ADD_FAILURE() << pack << " is not accepted";
    return nullptr;
  }
  EXPECT_EQ(converted->form_id, pack);
  EXPECT_FALSE(converted->version.empty()) << pack;
  for (const FormProblem& problem : converted->warnings) {
    ADD_FAILURE() << pack << ": " << problem.sheet << ' ' << problem.row << ": " << problem.message;
  }
  for (const FormProblem& problem : converted->expression_errors) {
    ADD_FAILURE() << pack << ": " << problem.sheet << ' ' << problem.row << ": " << problem.message;
  }
  const auto form = load_xform(converted->xform_xml, [](std::string_view) { return std::nullopt; });
  if (!form) {
    ADD_FAILURE() << pack << ": " << form.error().message;
    return nullptr;
  }
  for (const std::string& warning : (*form)->warnings()) ADD_FAILURE() << pack << ": " << warning;
  return *form;
}

// One line of a script: what to do, with which question, and the value or what is expected.
// set QUESTION VALUE; add REPEAT; asks QUESTION; hides QUESTION; is QUESTION VALUE;
// refuses QUESTION VALUE. A question is named by the end of its path ("seen", "cell[2]/area").
struct Line {
  std::string verb;
  std::string question;
  std::string value;
};

std::vector<Line> script_of(const std::string& pack) {
  std::ifstream file(kScripts + pack + ".txt");
  EXPECT_TRUE(file.good()) << "no script fills the checklist " << pack;
  std::vector<Line> script;
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.starts_with('#')) continue;
    std::istringstream words(text);
    Line line;
    words >> line.verb >> line.question >> std::ws;
    std::getline(words, line.value);
    script.push_back(line);
  }
  return script;
}

class Filling {
 public:
  explicit Filling(FormPointer form) {
    host_.now_ms = 1795320000000;  // 2026-11-22, 10:00 in Bishkek
    host_.offset_minutes = 360;
    auto opened = open_session(std::move(form), host_, {});
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    if (opened) session_ = std::move(*opened);
  }

  [[nodiscard]] FormSession& session() { return *session_; }
  [[nodiscard]] bool opened() const { return session_ != nullptr; }

  void play(const Line& line) {
    const auto node = named(line.question);
    if (!node) return;
    if (line.verb == "set") {
      const auto changed = session_->set(node->ref, line.value);
      EXPECT_TRUE(changed) << line.question << ": " << (changed ? "" : changed.error().message);
      EXPECT_FALSE(session_->node(node->ref)->violation &&
                   session_->node(node->ref)->violation->condition ==
                       ViolatedCondition::kConstraint)
          << line.question << " takes no " << line.value;
    } else if (line.verb == "add") {
      EXPECT_TRUE(session_->add_repeat(node->ref)) << line.question;
    } else if (line.verb == "asks") {
      EXPECT_TRUE(node->relevant) << line.question;
    } else if (line.verb == "hides") {
      EXPECT_FALSE(node->relevant) << line.question;
    } else if (line.verb == "is") {
      EXPECT_EQ(node->value, line.value) << line.question;
    } else if (line.verb == "refuses") {
      const auto violation = session_->would_violate(node->ref, line.value);
      ASSERT_TRUE(violation) << line.question << ": " << violation.error().message;
      ASSERT_TRUE(violation->has_value()) << line.question << " takes " << line.value;
      EXPECT_FALSE((*violation)->message.empty()) << line.question;
    } else {
      ADD_FAILURE() << "no such verb: " << line.verb;
    }
  }

 private:
  std::optional<NodeState> named(const std::string& question) {
    std::optional<NodeState> found;
    for (const NodeState& node : session_->state()) {
      if (!node.ref.ends_with("/" + question)) continue;
      if (found) ADD_FAILURE() << question << " could mean " << found->ref << " and " << node.ref;
      found = node;
    }
    if (!found) ADD_FAILURE() << "no question is named " << question;
    return found;
  }

  TestHost host_;
  std::unique_ptr<FormSession> session_;
};

TEST(Packs, LoadWithoutAWarning) {
  const std::vector<std::string> names = packs();
  EXPECT_GE(names.size(), 13U);
  for (const std::string& pack : names) EXPECT_NE(load(pack), nullptr) << pack;
}

TEST(Packs, AreFilledByTheirScriptAndRefuseWhatCannotBe) {
  for (const std::string& pack : packs()) {
    SCOPED_TRACE(pack);
    const FormPointer form = load(pack);
    if (form == nullptr) continue;
    Filling filling(form);
    if (!filling.opened()) continue;
    const std::vector<Line> script = script_of(pack);
    for (const Line& line : script) filling.play(line);
    for (const NodeState& node : filling.session().violations()) {
      ADD_FAILURE() << "at the end: " << node.ref << ": " << node.violation->message;
    }
    const auto uses = [&](std::string_view verb) {
      return std::ranges::any_of(script, [&](const Line& line) { return line.verb == verb; });
    };
    EXPECT_TRUE(uses("set") && uses("asks") && uses("hides") && uses("refuses"));
  }
}

// What was noted of somebody before they were asked goes with their refusal.
TEST(Packs, AnInterviewThatIsRefusedKeepsNothingOfThePerson) {
  const FormPointer form = load("interview");
  ASSERT_NE(form, nullptr);
  for (const char* refusal : {"agrees no", "agrees withdrew", "agrees_notes no"}) {
    SCOPED_TRACE(refusal);
    Filling filling(form);
    ASSERT_TRUE(filling.opened());
    const auto play = [&](const char* verb, const char* question, const char* value) {
      filling.play({verb, question, value});
    };
    play("set", "talk_place", "yard");
    play("set", "language", "tk");
    play("set", "interpreter", "outside");
    play("set", "preferred_sex", "yes");
    play("set", "agrees", "yes");
    play("set", "agrees_notes", "yes");
    play("set", "open_talk", "What was told");
    play("set", "age_group", "over60");
    play("set", "duration", "m30");
    const auto sent = [&] { return filling.session().submission_xml(SubmissionPart::kWhole); };
    const auto kept = {"yard",          ">tk<",   "outside", "preferred_sex",
                       "What was told", "over60", "m30"};
    for (const char* word : kept) EXPECT_TRUE(sent().contains(word)) << word;
    const std::string line = refusal;
    const std::size_t gap = line.find(' ');
    filling.play({"set", line.substr(0, gap), line.substr(gap + 1)});
    for (const char* word : kept) EXPECT_FALSE(sent().contains(word)) << word;
  }
}

TEST(Packs, AskTheSameInEveryLanguage) {
  for (const std::string& pack : packs()) {
    const FormPointer form = load(pack);
    if (form == nullptr) continue;
    Filling filling(form);
    if (!filling.opened()) continue;
    ASSERT_EQ(form->languages().size(), 7U) << pack;
    for (const std::string& language : form->languages()) {
      ASSERT_TRUE(filling.session().set_language(language)) << pack;
      for (const NodeState& node : filling.session().state()) {
        const bool asked = node.type == NodeType::kQuestion || node.type == NodeType::kSources ||
                           node.type == NodeType::kTrigger;
        if (!asked) continue;
        EXPECT_FALSE(node.label.empty()) << pack << ": " << node.ref << " in " << language;
        for (const Choice& choice : node.choices) {
          EXPECT_FALSE(choice.label.empty()) << pack << ": " << node.ref << " in " << language;
        }
      }
    }
  }
}

}  // namespace
}  // namespace vigil::forms
