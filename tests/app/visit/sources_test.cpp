// SPDX-License-Identifier: Apache-2.0
#include "app/visit/sources.h"

#include <gtest/gtest.h>

namespace vigil::visit {
namespace {

using forms::NodeState;
using forms::NodeType;

// One question per source with these (source, value) cells.
std::vector<NodeState> question(std::vector<std::pair<std::string, std::string>> cells) {
  std::vector<NodeState> state;
  NodeState group;
  group.ref = "/data/told";
  group.type = NodeType::kSources;
  group.label = "Told of the right to a lawyer?";
  state.push_back(group);
  for (const auto& [source, value] : cells) {
    NodeState cell;
    cell.ref = "/data/told/" + source;
    cell.parent_ref = "/data/told";
    cell.type = NodeType::kQuestion;
    cell.label = source;
    cell.value = value;
    cell.choices = {{"yes", "Yes", ""}, {"no", "No", ""}, {"not_seen", "Not seen", ""}};
    state.push_back(cell);
  }
  return state;
}

TEST(Mismatch, StaffAndDetaineeWhoDifferAreAFinding) {
  const auto found =
      find_mismatches(question({{"staff", "yes"}, {"detainee", "no"}, {"register", "yes"}}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].ref, "/data/told");
  ASSERT_EQ(found[0].answers.size(), 3U);
  EXPECT_EQ(found[0].answers[1].value_label, "No");
}

TEST(Mismatch, SourcesThatAgreeAreNone) {
  EXPECT_TRUE(find_mismatches(question({{"staff", "yes"}, {"detainee", "yes"}})).empty());
}

TEST(Mismatch, NotSeenAndNotApplicableNeverCountAsNo) {
  EXPECT_TRUE(find_mismatches(question({{"staff", "yes"}, {"detainee", "not_seen"}})).empty());
  EXPECT_TRUE(find_mismatches(question({{"staff", "no"}, {"detainee", "not_applicable"}})).empty());
  EXPECT_TRUE(find_mismatches(question({{"staff", "yes"}, {"detainee", ""}})).empty());
}

TEST(Mismatch, AQuestionThatIsNotAskedHasNone) {
  auto state = question({{"staff", "yes"}, {"detainee", "no"}});
  state[0].relevant = false;
  EXPECT_TRUE(find_mismatches(state).empty());
}

TEST(ValueLabel, ShowsChoicesInWordsAndUnknownOnesAsTheyAre) {
  NodeState node;
  node.choices = {{"a", "Alpha", ""}, {"b", "Beta", ""}};
  node.value = "a b gone";
  EXPECT_EQ(value_label(node), "Alpha, Beta, gone");
  node.choices.clear();
  EXPECT_EQ(value_label(node), "a b gone");
}

}  // namespace
}  // namespace vigil::visit
