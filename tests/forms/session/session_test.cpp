// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

// A form from its instance, its model and its body.
std::string xform(std::string_view instance, std::string_view model, std::string_view body) {
  return fmt::format(
      R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" xmlns:vigil="urn:x-vigil:xforms"><h:head><h:title>T</h:title><model><instance>{}</instance>{}</model></h:head><h:body>{}</h:body></h:html>)",
      instance, model, body);
}

class SessionTest : public testing::Test {
 protected:
  FormSession& open(const std::string& xml, const SessionOptions& options = {}) {
    auto form = load_xform(xml, {});
    EXPECT_TRUE(form.has_value()) << (form.has_value() ? "" : form.error().message);
    auto session = open_session(*form, host, options);
    EXPECT_TRUE(session.has_value()) << (session.has_value() ? "" : session.error().message);
    session_ = std::move(*session);
    return *session_;
  }
  std::string value(std::string_view ref) { return session_->node(ref)->value; }

  TestHost host;
  std::unique_ptr<FormSession> session_;
};

std::vector<std::string> refs(const std::vector<NodeState>& nodes) {
  std::vector<std::string> out;
  for (const NodeState& node : nodes) out.push_back(node.ref);
  return out;
}

const char* const kChain =
    "<bind nodeset=\"/data/a\" type=\"int\"/><bind nodeset=\"/data/b\" calculate=\"/data/a * "
    "2\"/><bind nodeset=\"/data/c\" calculate=\"/data/b + 1\" relevant=\"/data/b &gt; 4\"/>";

TEST_F(SessionTest, AnswerReachesWhatDependsOnItAndNothingElse) {
  FormSession& session = open(xform("<data id=\"d\"><a/><b/><c/><other/></data>", kChain,
                                    "<input ref=\"/data/a\"/><input ref=\"/data/other\"/>"));
  const auto change = session.set("/data/a", "3");
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(refs(change->changed), (std::vector<std::string>{"/data/a", "/data/b", "/data/c"}));
  EXPECT_EQ(value("/data/c"), "7");
  EXPECT_TRUE(session.node("/data/c")->relevant);
}

TEST_F(SessionTest, NumbersInLabelsHaveTheMarkThatWasAskedForAndNothingElseHas) {
  FormSession& session = open(
      xform("<data id=\"d\"><a/><hours/><copy/><day/><name/><note/></data>",
            "<itext><translation lang=\"e\"><text id=\"t\"><value><output value=\"/data/a div 2\"/>"
            "</value></text></translation></itext><bind nodeset=\"/data/a\" type=\"decimal\"/>"
            "<bind nodeset=\"/data/hours\" calculate=\"if(/data/a != '', round(/data/a, 1), '')\"/>"
            "<bind nodeset=\"/data/copy\" calculate=\"/data/hours\"/>"
            "<bind nodeset=\"/data/day\" calculate=\"concat('21', '.11')\"/>"
            "<bind nodeset=\"/data/a\" constraint=\". &lt; 19\"/>",
            "<input ref=\"/data/a\"/><input ref=\"/data/name\"/><input ref=\"/data/note\"><label>"
            "<output value=\"/data/a\"/> <output value=\"/data/hours\"/> "
            "<output value=\"/data/copy\"/> <output value=\"/data/a * 2\"/> "
            "<output value=\"/data/day\"/> <output value=\"/data/name\"/></label></input>"));
  ASSERT_TRUE(session.set("/data/a", "18.5").has_value());
  ASSERT_TRUE(session.set("/data/name", "43.2").has_value());
  EXPECT_EQ(session.node("/data/note")->label, "18.5 18.5 18.5 37 21.11 43.2");
  session.set_decimal_mark(',');
  EXPECT_EQ(session.node("/data/note")->label, "18,5 18,5 18,5 37 21.11 43.2");
  ASSERT_TRUE(session.set("/data/a", "17.25").has_value());
  EXPECT_EQ(session.node("/data/note")->label, "17,25 17,3 17,3 34,5 21.11 43.2");
  // Answers stay numbers, also where an expression asks for words with numbers in them.
  EXPECT_EQ(value("/data/hours"), "17.3");
  EXPECT_EQ(session.evaluate("jr:itext('t')", "/data")->value, "8.625");
  EXPECT_EQ(session.submission_xml(SubmissionPart::kWhole).find(','), std::string::npos);
}

TEST_F(SessionTest, IrrelevantAnswerIsKeptButNotUsedNorSent) {
  FormSession& session =
      open(xform("<data id=\"d\"><ask>yes</ask><a/><sum/></data>",
                 "<bind nodeset=\"/data/a\" relevant=\"/data/ask = 'yes'\"/>"
                 "<bind nodeset=\"/data/sum\" calculate=\"concat('[', /data/a, ']')\"/>",
                 "<input ref=\"/data/ask\"/><input ref=\"/data/a\"/>"));
  ASSERT_TRUE(session.set("/data/a", "kept").has_value());
  ASSERT_TRUE(session.set("/data/ask", "no").has_value());
  EXPECT_EQ(value("/data/sum"), "[]");
  EXPECT_EQ(session.submission_xml(SubmissionPart::kWhole).find("kept"), std::string::npos);
  EXPECT_NE(session.instance_xml().find("kept"), std::string::npos);
  EXPECT_FALSE(session.set("/data/a", "other").has_value());
  ASSERT_TRUE(session.set("/data/ask", "yes").has_value());
  EXPECT_EQ(value("/data/sum"), "[kept]");
}

TEST_F(SessionTest, CharactersThatXmlCannotHoldAreLeftOut) {
  FormSession& session =
      open(xform("<data id=\"d\"><a/><b/></data>",
                 "<bind nodeset=\"/data/b\" calculate=\"base64-decode('/0EAAQ==')\"/>",
                 "<input ref=\"/data/a\"/>"));
  using namespace std::string_view_literals;
  ASSERT_TRUE(session.set("/data/a", "a\0b\x1d\xEF\xBF\xBE\tc\xFFé"sv).has_value());
  EXPECT_EQ(value("/data/a"), "ab\tc\xEF\xBF\xBDé");
  EXPECT_EQ(value("/data/b"),
            "\xEF\xBF\xBD"
            "A");
  const std::string saved = session.instance_xml();
  SessionOptions options;
  options.restore_xml = saved;
  auto again =
      open_session(*load_xform(xform("<data id=\"d\"><a/><b/></data>", "", ""), {}), host, options);
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ((*again)->node("/data/a")->value, "ab\tc\xEF\xBF\xBDé");
}

TEST_F(SessionTest, RestoringListsWhatItDoesNotKeep) {
  SessionOptions options;
  options.restore_xml =
      "<data id=\"d\"><n>abc</n><n>5</n><c>gone</c><m>x "
      "gone</m><w>later</w><t>2026-13-01</t></data>";
  const std::string instance = "<data id=\"d\"><n/><c/><m/><w/><t/></data>";
  const std::string item = "<item><label>X</label><value>x</value></item>";
  FormSession& session = open(
      xform(
          instance,
          "<instance id=\"later\" src=\"jr://file-csv/later.csv\"/><bind nodeset=\"/data/n\" "
          "type=\"int\"/><bind nodeset=\"/data/t\" type=\"date\"/>",
          "<input ref=\"/data/n\"/><select1 ref=\"/data/c\">" + item +
              "</select1><select ref=\"/data/m\">" + item +
              "</select><select1 ref=\"/data/w\"><itemset nodeset=\"instance('later')/root/item\">"
              "<value ref=\"name\"/><label ref=\"label\"/></itemset></select1>"),
      options);
  EXPECT_EQ(session.not_restored(),
            (std::vector<std::string>{"/data/n", "/data/n", "/data/t", "/data/c", "/data/m"}));
  EXPECT_EQ(value("/data/n"), "");
  EXPECT_EQ(value("/data/c"), "");
  EXPECT_EQ(value("/data/m"), "x");
  EXPECT_EQ(value("/data/t"), "");
  // A list that is not there yet offers nothing, and its answer waits.
  EXPECT_EQ(value("/data/w"), "later");
  const std::string sent = session.submission_xml(SubmissionPart::kWhole);
  EXPECT_EQ(sent.find("gone"), std::string::npos) << sent;
  EXPECT_NE(session.instance_xml().find("x gone"), std::string::npos);
}

TEST_F(SessionTest, BrokenConstraintIsStoredAndReportedWithTheAuthorsMessage) {
  FormSession& session =
      open(xform("<data id=\"d\"><a/></data>",
                 "<itext><translation lang=\"English (en)\"><text id=\"m\"><value>At most "
                 "120</value></text></translation><translation lang=\"Русский (ru)\"><text "
                 "id=\"m\"><value>Не больше 120</value></text></translation></itext>"
                 "<bind nodeset=\"/data/a\" type=\"int\" constraint=\". &lt;= 120\" "
                 "jr:constraintMsg=\"jr:itext('m')\"/>",
                 "<input ref=\"/data/a\"/>"));
  const auto asked = session.would_violate("/data/a", "121");
  ASSERT_TRUE(asked.has_value() && asked->has_value());
  EXPECT_EQ(value("/data/a"), "");
  ASSERT_TRUE(session.set("/data/a", "121").has_value());
  ASSERT_EQ(session.violations().size(), 1U);
  EXPECT_EQ(session.violations()[0].violation->message, "At most 120");
  ASSERT_TRUE(session.set_language("Русский (ru)").has_value());
  EXPECT_EQ(session.violations()[0].violation->message, "Не больше 120");
  EXPECT_FALSE(session.set_language("Kyrgyz").has_value());
}

TEST_F(SessionTest, RefusalsSayWhatIsWrongAndChangeNothing) {
  FormSession& session =
      open(xform("<data id=\"d\"><g><a>1</a></g><s/></data>",
                 "<bind nodeset=\"/data/g/a\" type=\"int\" readonly=\"true()\"/>",
                 "<group ref=\"/data/g\"><input ref=\"/data/g/a\"/></group><select1 "
                 "ref=\"/data/s\"><item><label>X</label><value>x</value></item></select1>"));
  EXPECT_EQ(session.set("/data/none", "1").error().code, "session.ref");
  EXPECT_EQ(session.set("/data/g", "1").error().code, "session.group");
  EXPECT_EQ(session.set("/data/g/a", "2").error().code, "session.readonly");
  EXPECT_EQ(session.set("/data/s", "y").error().code, "session.choice");
  EXPECT_EQ(session.add_repeat("/data/g").error().code, "session.not_a_repeat");
  EXPECT_EQ(value("/data/g/a"), "1");
}

const char* const kPeople =
    "<bind nodeset=\"/data/person/age\" type=\"int\"/><bind nodeset=\"/data/person/minor\" "
    "calculate=\"if(../age &lt; 18 and ../age != '', 1, 0)\"/><bind "
    "nodeset=\"/data/person/place\" calculate=\"position(..)\"/><bind nodeset=\"/data/minors\" "
    "calculate=\"sum(/data/person/minor)\"/>";

TEST_F(SessionTest, RepeatInstancesMoveUpWhenOneGoes) {
  FormSession& session = open(xform(
      "<data id=\"d\"><person jr:template=\"\"><age/><minor/><place/></person><minors/></data>",
      kPeople,
      "<group ref=\"/data/person\"><label>People</label><repeat "
      "nodeset=\"/data/person\"><input ref=\"/data/person/age\"/></repeat></group>"));
  for (const char* age : {"12", "40", "9"}) {
    const auto added = session.add_repeat("/data/person");
    ASSERT_TRUE(added.has_value());
    ASSERT_TRUE(
        session
            .set(fmt::format("/data/person[{}]/age", session.node("/data/person")->instances), age)
            .has_value());
  }
  EXPECT_EQ(value("/data/minors"), "2");
  const auto removed = session.remove_repeat("/data/person[1]");
  ASSERT_TRUE(removed.has_value());
  EXPECT_EQ(value("/data/minors"), "1");
  EXPECT_EQ(value("/data/person[1]/age"), "40");
  EXPECT_EQ(value("/data/person[2]/place"), "2");
  EXPECT_EQ(session.node("/data/person")->instances, 2);
  EXPECT_NE(std::find(removed->removed.begin(), removed->removed.end(), "/data/person[3]/age"),
            removed->removed.end());
}

TEST_F(SessionTest, AnswerInOneRepeatInstanceLeavesTheOthersAlone) {
  FormSession& session = open(xform(
      "<data "
      "id=\"d\"><person><age/><minor/><place/></person><person><age/><minor/><place/></person>"
      "<minors/></data>",
      kPeople, "<repeat nodeset=\"/data/person\"><input ref=\"/data/person/age\"/></repeat>"));
  const auto change = session.set("/data/person[2]/age", "7");
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(
      refs(change->changed),
      (std::vector<std::string>{"/data/person[2]/age", "/data/person[2]/minor", "/data/minors"}));
}

TEST_F(SessionTest, CountDecidesHowManyInstances) {
  FormSession& session =
      open(xform("<data id=\"d\"><n/><r jr:template=\"\"><q>new</q></r></data>",
                 "<bind nodeset=\"/data/n\" type=\"int\"/>",
                 "<input ref=\"/data/n\"/><repeat nodeset=\"/data/r\" jr:count=\"/data/n\"><input "
                 "ref=\"/data/r/q\"/></repeat>"));
  ASSERT_TRUE(session.set("/data/n", "3").has_value());
  EXPECT_EQ(value("/data/r[3]/q"), "new");
  EXPECT_TRUE(session.node("/data/r")->repeat_count_fixed);
  EXPECT_EQ(session.add_repeat("/data/r").error().code, "session.repeat_fixed");
  const auto fewer = session.set("/data/n", "1");
  ASSERT_TRUE(fewer.has_value());
  EXPECT_EQ(fewer->removed.size(), 4U);
  // A thousand million instances are refused by giving ten thousand.
  ASSERT_TRUE(session.set("/data/n", "1000000000").has_value());
  EXPECT_EQ(session.node("/data/r")->instances, 10000);
}

TEST_F(SessionTest, AnswerNoLongerOfferedCountsAsEmpty) {
  FormSession& session = open(xform(
      "<data id=\"d\"><land>x</land><city/><copy/></data>",
      "<instance id=\"cities\"><root><item><name>a</name><land>x</land><label>A</label></item>"
      "<item><name>b</name><land>y</land><label>B</label></item></root></instance>"
      "<bind nodeset=\"/data/copy\" calculate=\"/data/city\"/>",
      "<input ref=\"/data/land\"/><select1 ref=\"/data/city\"><itemset "
      "nodeset=\"instance('cities')/root/item[land = /data/land]\"><value ref=\"name\"/><label "
      "ref=\"label\"/></itemset></select1>"));
  ASSERT_TRUE(session.set("/data/city", "a").has_value());
  EXPECT_EQ(value("/data/copy"), "a");
  ASSERT_TRUE(session.set("/data/land", "y").has_value());
  EXPECT_EQ(value("/data/city"), "");
  EXPECT_EQ(value("/data/copy"), "");
  ASSERT_EQ(session.node("/data/city")->choices.size(), 1U);
  EXPECT_EQ(session.node("/data/city")->choices[0].label, "B");
  EXPECT_EQ(session.set("/data/city", "a").error().code, "session.choice");
  ASSERT_TRUE(session.set("/data/land", "x").has_value());
  EXPECT_EQ(value("/data/copy"), "a");
}

TEST_F(SessionTest, SensitivityDecidesWhichPartCarriesAnAnswer) {
  FormSession& session =
      open(xform("<data id=\"d\"><open/><medical/><g><inner/></g></data>",
                 "<bind nodeset=\"/data/medical\" vigil:sensitivity=\"3\"/><bind "
                 "nodeset=\"/data/g\" vigil:sensitivity=\"3\"/>",
                 "<input ref=\"/data/open\"/><input ref=\"/data/medical\"/><group "
                 "ref=\"/data/g\"><input ref=\"/data/g/inner\"/></group>"));
  ASSERT_TRUE(session.set("/data/open", "public-word").has_value());
  ASSERT_TRUE(session.set("/data/medical", "secret-word").has_value());
  ASSERT_TRUE(session.set("/data/g/inner", "inner-word").has_value());
  EXPECT_EQ(session.node("/data/g/inner")->sensitivity, 3);
  const std::string general = session.submission_xml(SubmissionPart::kGeneral);
  EXPECT_NE(general.find("public-word"), std::string::npos);
  EXPECT_EQ(general.find("secret-word"), std::string::npos);
  EXPECT_EQ(general.find("inner-word"), std::string::npos);
  const std::string restricted = session.submission_xml(SubmissionPart::kRestricted);
  EXPECT_EQ(restricted.find("public-word"), std::string::npos);
  EXPECT_NE(restricted.find("secret-word"), std::string::npos);
  EXPECT_NE(restricted.find(session.instance_id()), std::string::npos);
}

TEST_F(SessionTest, RestoringIntoANewerVersionListsWhatNoLongerFits) {
  SessionOptions options;
  options.restore_xml =
      "<data id=\"d\"><a>old</a><gone>lost</gone><r><q>1</q></r><r><q>2</q><x>y</x></r></data>";
  FormSession& session =
      open(xform("<data id=\"d\"><a/><fresh>default</fresh><r jr:template=\"\"><q/></r></data>", "",
                 "<input ref=\"/data/a\"/><repeat nodeset=\"/data/r\"><input "
                 "ref=\"/data/r/q\"/></repeat>"),
           options);
  EXPECT_EQ(value("/data/a"), "old");
  EXPECT_EQ(value("/data/fresh"), "default");
  EXPECT_EQ(value("/data/r[2]/q"), "2");
  EXPECT_EQ(session.not_restored(), (std::vector<std::string>{"/data/r[2]/x", "/data/gone"}));
}

TEST_F(SessionTest, InstanceOfAnotherFormIsRefused) {
  const auto form = load_xform(xform("<data id=\"d\"><a/></data>", "", ""), {});
  ASSERT_TRUE(form.has_value());
  for (const char* wrong : {"<data id=\"other\"><a/></data>", "<other id=\"d\"/>", "<data", ""}) {
    SessionOptions options;
    options.restore_xml = wrong;
    const auto session = open_session(*form, host, options);
    ASSERT_FALSE(session.has_value()) << wrong;
    EXPECT_EQ(session.error().code, "session.instance");
  }
}

TEST_F(SessionTest, EditingKeepsTheOldIdentityAsDeprecated) {
  const std::string xml =
      xform("<data id=\"d\"><a/><meta><instanceID/></meta></data>",
            "<bind nodeset=\"/data/meta/instanceID\" type=\"string\" jr:preload=\"uid\"/>", "");
  const std::string first = open(xml).instance_id();
  EXPECT_TRUE(first.starts_with("uuid:"));
  SessionOptions options;
  options.edit_xml = session_->submission_xml(SubmissionPart::kWhole);
  FormSession& edited = open(xml, options);
  EXPECT_NE(edited.instance_id(), first);
  EXPECT_EQ(value("/data/meta/deprecatedID"), first);
  options.restore_xml = edited.instance_xml();
  options.edit_xml.reset();
  const std::string second = edited.instance_id();
  EXPECT_EQ(open(xml, options).instance_id(), second);
}

TEST_F(SessionTest, ClockMovesOnlyWhatHangsOnIt) {
  FormSession& session =
      open(xform("<data id=\"d\"><day/><a/></data>",
                 "<bind nodeset=\"/data/day\" type=\"date\" calculate=\"today()\"/>", ""));
  EXPECT_EQ(value("/data/day"), "2026-11-21");
  host.now_ms += 86'400'000;
  const Change change = session.clock_moved();
  EXPECT_EQ(refs(change.changed), (std::vector<std::string>{"/data/day"}));
  EXPECT_EQ(value("/data/day"), "2026-11-22");
}

TEST_F(SessionTest, QuestionsThatSetEachOtherComeToAnEnd) {
  FormSession& session = open(xform(
      "<data id=\"d\"><a/><b/></data>", "",
      "<input ref=\"/data/a\"><setvalue event=\"xforms-value-changed\" ref=\"/data/b\" "
      "value=\"concat(/data/a, 'x')\"/></input><input ref=\"/data/b\"><setvalue "
      "event=\"xforms-value-changed\" ref=\"/data/a\" value=\"concat(/data/b, 'y')\"/></input>"));
  EXPECT_TRUE(session.set("/data/a", "1").has_value());
}

TEST_F(SessionTest, EntityAttributesAreComputedAndSent) {
  FormSession& session = open(
      xform("<data id=\"d\"><name/><meta><instanceID/><entity dataset=\"cells\" create=\"\" "
            "id=\"\"><label/></entity></meta></data>",
            "<bind nodeset=\"/data/meta/entity/@create\" calculate=\"if(/data/name != '', 1, 0)\"/>"
            "<bind nodeset=\"/data/meta/entity/@id\" readonly=\"true()\"/>"
            "<setvalue event=\"odk-instance-first-load\" ref=\"/data/meta/entity/@id\" "
            "value=\"uuid()\"/>"
            "<bind nodeset=\"/data/meta/entity/label\" calculate=\"/data/name\"/>",
            "<input ref=\"/data/name\"/>"));
  ASSERT_TRUE(session.set("/data/name", "B2").has_value());
  const std::string xml = session.submission_xml(SubmissionPart::kWhole);
  EXPECT_NE(xml.find("create=\"1\""), std::string::npos) << xml;
  EXPECT_EQ(xml.find("id=\"\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<label>B2</label>"), std::string::npos) << xml;
}

}  // namespace
}  // namespace vigil::forms
