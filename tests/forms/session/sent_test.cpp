// SPDX-License-Identifier: Apache-2.0
//
// What was sent is read as it was sent: later clocks, other chances and missing parts change none
// of it.
#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/forms/session/random_form.h"
#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

// Every third bind is restricted.
std::string with_restricted_binds(std::string xml) {
  xml.insert(xml.find('>', xml.find("<h:html")), " xmlns:vigil=\"urn:x-vigil:xforms\"");
  int bind = 0;
  for (std::size_t at = xml.find("<bind "); at != std::string::npos;
       at = xml.find("<bind ", at + 1))
    if (bind++ % 3 == 2) xml.insert(at + 6, "vigil:sensitivity=\"3\" ");
  return xml;
}

// What applies. Instances that do not are not sent, and those behind them move up.
std::vector<std::string> texts(const std::vector<NodeState>& state) {
  std::vector<std::string> out;
  for (const NodeState& node : state) {
    if (!node.relevant || node.type == NodeType::kRepeatRange) continue;
    const std::string path = std::regex_replace(node.ref, std::regex("\\[[0-9]+\\]"), "[]");
    out.push_back(fmt::format("{} v={} label={}", path, node.value, node.label));
  }
  return out;
}

std::unique_ptr<FormSession> open_sent(const FormPointer& form, SessionHost& host,
                                       const std::string& general, const std::string& restricted) {
  SessionOptions options;
  options.sent_xml = general;
  if (!restricted.empty()) options.sent_restricted_xml = restricted;
  auto session = open_session(form, host, options);
  EXPECT_TRUE(session.has_value()) << session.error().message;
  return session.has_value() ? std::move(*session) : nullptr;
}

class RandomSubmissions : public testing::TestWithParam<std::uint32_t> {};

TEST_P(RandomSubmissions, ReadAsTheyWereSent) {
  RandomForm random(GetParam());
  const auto form = load_xform(with_restricted_binds(random.xml()), {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  TestHost host;
  auto session = open_session(*form, host, {});
  ASSERT_TRUE(session.has_value());
  for (int step = 0; step < 200; ++step) {
    random.operate(**session);
    if (step % 20 != 0) continue;
    const std::string general = (*session)->submission_xml(SubmissionPart::kGeneral);
    const std::string restricted = (*session)->submission_xml(SubmissionPart::kRestricted);
    TestHost later;
    later.now_ms += 86'400'000LL * 400;
    later.seed = 77;
    const auto sent = open_sent(*form, later, general, restricted);
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->submission_xml(SubmissionPart::kGeneral), general);
    EXPECT_EQ(sent->submission_xml(SubmissionPart::kRestricted), restricted);
    EXPECT_EQ(sent->submission_xml(SubmissionPart::kWhole),
              (*session)->submission_xml(SubmissionPart::kWhole));
    EXPECT_EQ(texts(sent->state()), texts((*session)->state())) << general << "\n" << restricted;
    EXPECT_TRUE(sent->not_restored().empty());
    const auto closed = open_sent(*form, later, general, "");
    ASSERT_NE(closed, nullptr);
    EXPECT_EQ(closed->submission_xml(SubmissionPart::kGeneral), general);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSubmissions, testing::Range(1U, 13U));

constexpr std::string_view kForm = R"xml(<h:html xmlns="http://www.w3.org/2002/xforms"
  xmlns:h="http://www.w3.org/1999/xhtml" xmlns:vigil="urn:x-vigil:xforms"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>
  <instance><data id="t" version="1"><at/><chance/><seen/><cells><cell jr:template=""><place/><name/></cell></cells>
  <kind>open</kind><why/><pain/><copy/><limit/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/at" calculate="now()"/>
  <bind nodeset="/data/chance" calculate="random()"/>
  <bind nodeset="/data/seen" type="int" calculate="count(/data/cells/cell)"/>
  <bind nodeset="/data/cells/cell/place" type="int" calculate="position(..)"/>
  <bind nodeset="/data/kind" type="string"/>
  <bind nodeset="/data/why" relevant="/data/pain = 'yes'"/>
  <bind nodeset="/data/pain" vigil:sensitivity="3"/>
  <bind nodeset="/data/copy" calculate="concat('pain ', /data/pain)"/>
  <bind nodeset="/data/limit" type="int" constraint=". &lt; 10"/>
  </model></h:head><h:body><group ref="/data/cells"><label>cells</label><group ref="/data/cells/cell"><repeat
  nodeset="/data/cells/cell"><input ref="/data/cells/cell/name"><label>n</label></input></repeat></group></group>
  <select1 ref="/data/kind"><label>k</label><item><label>Open</label><value>open</value></item>
  <item><label>Closed</label><value>closed</value></item></select1>
  <input ref="/data/why"><label>w</label></input><input ref="/data/pain"><label>p</label></input>
  <input ref="/data/limit"><label>l</label></input></h:body></h:html>)xml";

struct Sent : testing::Test {
  FormPointer form = load_xform(kForm, {}).value();
  TestHost host;

  std::string value(const FormSession& session, const char* ref) {
    const auto node = session.node(ref);
    return node ? node->value : node.error().message;
  }
};

TEST_F(Sent, KeepsEmptyInstancesAndComputesNothing) {
  auto filled = open_session(form, host, {}).value();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(filled->add_repeat("/data/cells/cell"));
  ASSERT_TRUE(filled->set("/data/pain", "yes"));
  ASSERT_TRUE(filled->set("/data/why", "stairs"));
  ASSERT_TRUE(filled->set("/data/limit", "12"));
  const std::string general = filled->submission_xml(SubmissionPart::kGeneral);
  const std::string restricted = filled->submission_xml(SubmissionPart::kRestricted);
  const std::string at = value(*filled, "/data/at");
  const std::string chance = value(*filled, "/data/chance");
  host.now_ms += 1'000'000'000;
  for (const std::string& second : {restricted, std::string()}) {
    const auto sent = open_sent(form, host, general, second);
    ASSERT_NE(sent, nullptr);
    (void)sent->clock_moved();
    EXPECT_EQ(sent->node("/data/cells/cell")->instances, 3);
    EXPECT_EQ(value(*sent, "/data/seen"), "3");
    EXPECT_EQ(value(*sent, "/data/cells/cell[3]/place"), "3");
    EXPECT_EQ(value(*sent, "/data/at"), at);
    EXPECT_EQ(value(*sent, "/data/chance"), chance);
    EXPECT_EQ(value(*sent, "/data/why"), "stairs") << "though nobody here may read why it applies";
    EXPECT_EQ(value(*sent, "/data/pain"), second.empty() ? "" : "yes");
    EXPECT_EQ(value(*sent, "/data/copy"), second.empty() ? "" : "pain yes");
    ASSERT_TRUE(sent->node("/data/limit")->violation.has_value());
  }
}

TEST_F(Sent, ShowsWhatNoFormWouldHaveTaken) {
  const auto sent = open_sent(form, host,
                              "<data id=\"t\" version=\"1\"><seen>many</seen><kind>ajar</kind>"
                              "<limit>twelve</limit><stranger>who</stranger></data>",
                              "<data id=\"t\"><pain>yes</pain></data>");
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(value(*sent, "/data/seen"), "many");
  EXPECT_EQ(value(*sent, "/data/kind"), "ajar");
  EXPECT_EQ(value(*sent, "/data/limit"), "twelve");
  EXPECT_EQ(sent->node("/data/cells/cell")->instances, 0);
  EXPECT_FALSE(sent->node("/data/at")->relevant);
  EXPECT_FALSE(sent->node("/data/cells")->relevant);
  const std::vector<std::string> lost{"/data/stranger", "/data/pain"};
  EXPECT_EQ(sent->not_restored(), lost);
}

TEST_F(Sent, TakesNoChange) {
  const auto sent = open_sent(form, host, "<data id=\"t\"><kind>open</kind></data>", "");
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->set("/data/kind", "closed").error().code, "session.sent");
  EXPECT_EQ(sent->add_repeat("/data/cells/cell").error().code, "session.sent");
  EXPECT_EQ(sent->remove_repeat("/data/cells/cell[1]").error().code, "session.sent");
}

}  // namespace
}  // namespace vigil::forms
