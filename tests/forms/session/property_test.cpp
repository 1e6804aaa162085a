// SPDX-License-Identifier: Apache-2.0
//
// What must hold on any form after anything a person does.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "forms/xlsform/convert.h"
#include "tests/forms/session/random_form.h"
#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

// A converter puts spaces round an answer in a label.
std::string trimmed(const std::string& label) {
  const std::size_t first = label.find_first_not_of(' ');
  return first == std::string::npos ? std::string()
                                    : label.substr(first, label.find_last_not_of(' ') - first + 1);
}

std::string text_of(const NodeState& node) {
  std::string choices;
  for (const Choice& choice : node.choices) choices += choice.value + "=" + choice.label + ",";
  return fmt::format(
      "{} {} {} {} v={} rel={} ro={} req={} n={} label={} viol={} ch={}", node.ref,
      static_cast<int>(node.type), node.control, node.value_type, node.value, node.relevant,
      node.readonly, node.required, node.instances, trimmed(node.label),
      node.violation.has_value() ? static_cast<int>(node.violation->condition) : -1, choices);
}

std::vector<std::string> texts(const std::vector<NodeState>& nodes) {
  std::vector<std::string> out;
  for (const NodeState& node : nodes) out.push_back(text_of(node));
  return out;
}

// "" where both are the same; gtest shows only the beginning of long lists.
std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string left = i < a.size() ? a[i] : "nothing";
    const std::string right = i < b.size() ? b[i] : "nothing";
    if (left != right) return left + "\n  but " + right;
  }
  return {};
}

std::unique_ptr<FormSession> open(const FormPointer& form, TestHost& host,
                                  const SessionOptions& options = {}) {
  auto session = open_session(form, host, options);
  EXPECT_TRUE(session.has_value()) << session.error().message;
  return session.has_value() ? std::move(*session) : nullptr;
}

class RandomForms : public testing::TestWithParam<std::uint32_t> {};

// Restoring computes everything anew, so this is recomputing from scratch, and saving at any point.
TEST_P(RandomForms, IncrementalStateEqualsStateFromScratchAndSurvivesSaving) {
  RandomForm random(GetParam());
  const auto form = load_xform(random.xml(), {});
  ASSERT_TRUE(form.has_value()) << form.error().message << "\n" << random.xml();
  TestHost host;
  auto session = open(*form, host);
  ASSERT_NE(session, nullptr);
  for (int step = 0; step < 1000; ++step) {
    random.operate(*session);
    if (step % 25 != 0) continue;
    SessionOptions options;
    options.restore_xml = session->instance_xml();
    const auto again = open(*form, host, options);
    ASSERT_NE(again, nullptr);
    ASSERT_EQ(difference(texts(session->state()), texts(again->state())), "")
        << "seed " << GetParam() << " step " << step << "\n"
        << random.xml() << "\n"
        << *options.restore_xml;
    ASSERT_EQ(session->instance_xml(), again->instance_xml());
    ASSERT_TRUE(again->not_restored().empty());
    if (step % 200 == 0) session = open(*form, host, options);
  }
}

// Converting a workbook gives the form that a person would write by hand from it.
TEST_P(RandomForms, WorkbookBehavesAsTheXFormWrittenByHand) {
  RandomForm by_hand(GetParam() + 2000);
  RandomForm same(GetParam() + 2000);
  const auto converted = convert_xlsform(as_bytes(by_hand.workbook()), "random.md");
  ASSERT_TRUE(converted.has_value()) << converted.error().message;
  ASSERT_TRUE(converted->accepted) << by_hand.workbook() << converted->errors.front().message;
  const auto one = load_xform(by_hand.xml(), {});
  const auto other = load_xform(converted->xform_xml, {});
  ASSERT_TRUE(one.has_value()) << one.error().message;
  ASSERT_TRUE(other.has_value()) << other.error().message;
  TestHost host;
  TestHost same_host;
  const auto session = open(*one, host);
  const auto from_workbook = open(*other, same_host);
  ASSERT_NE(session, nullptr);
  ASSERT_NE(from_workbook, nullptr);
  for (int step = 0; step < 1000; ++step) {
    if (step < 30 || step % 20 == 0) {
      ASSERT_EQ(difference(texts(session->state()), texts(from_workbook->state())), "")
          << "seed " << GetParam() << " step " << step << "\n"
          << by_hand.workbook() << by_hand.xml() << "\n"
          << converted->xform_xml;
    }
    by_hand.operate(*session);
    same.operate(*from_workbook);
  }
}

// A client that applies every Change to its own picture sees what state() says.
TEST_P(RandomForms, ChangesTellAllThatChanged) {
  RandomForm random(GetParam() + 1000);
  const auto form = load_xform(random.xml(), {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  TestHost host;
  const auto session = open(*form, host);
  ASSERT_NE(session, nullptr);
  std::map<std::string, std::string> picture;
  const auto values = [](const std::map<std::string, std::string>& map) {
    std::vector<std::string> out;
    for (const auto& [ref, text] : map) out.push_back(text);
    return out;
  };
  for (const NodeState& node : session->state()) picture[node.ref] = text_of(node);

  // Operations whose Change we see: the random ones, by hand.
  std::mt19937 random_bits(GetParam());
  for (int step = 0; step < 300; ++step) {
    const std::vector<NodeState> state = session->state();
    const NodeState& node = state[random_bits() % state.size()];
    Result<Change> change = Change{};
    if (node.type == NodeType::kRepeatRange && node.instances < 4) {
      change = session->add_repeat(node.ref);
    } else if (node.type == NodeType::kRepeatInstance) {
      change = session->remove_repeat(node.ref);
    } else {
      const bool choices = !node.choices.empty();
      change = session->set(
          node.ref, choices ? node.choices.front().value : fmt::format("{}", random_bits() % 5));
    }
    if (!change.has_value()) continue;
    for (const std::string& ref : change->removed) picture.erase(ref);
    for (const NodeState& now : change->changed) picture[now.ref] = text_of(now);
    std::map<std::string, std::string> actual;
    for (const NodeState& now : session->state()) actual[now.ref] = text_of(now);
    ASSERT_EQ(difference(values(picture), values(actual)), "")
        << "seed " << GetParam() << " step " << step << " at " << node.ref << "\n"
        << random.xml();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomForms, testing::Range(1U, 25U));

}  // namespace
}  // namespace vigil::forms
