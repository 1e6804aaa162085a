// SPDX-License-Identifier: Apache-2.0
//
// What forms from the field do that the specification does not show, each cut down to the few
// nodes that matter.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

std::string xform(std::string_view instance, std::string_view model, std::string_view body) {
  return fmt::format(
      R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance>{}</instance>{}</model></h:head><h:body>{}</h:body></h:html>)",
      instance, model, body);
}

class RealForms : public testing::Test {
 protected:
  FormSession& open(const std::string& xml, const SessionOptions& options = {}) {
    auto form = load_xform(xml, [this](std::string_view name) -> std::optional<Bytes> {
      const auto known = media.find(std::string(name));
      return known == media.end() ? std::nullopt : std::optional(to_bytes(known->second));
    });
    EXPECT_TRUE(form.has_value()) << (form.has_value() ? "" : form.error().message);
    auto session = open_session(*form, host, options);
    EXPECT_TRUE(session.has_value()) << (session.has_value() ? "" : session.error().message);
    session_ = std::move(*session);
    return *session_;
  }
  std::string value(std::string_view ref) { return session_->node(ref)->value; }
  std::string choices(std::string_view ref) {
    std::string out;
    const auto node = session_->node(ref);
    for (const Choice& choice : node->choices) out += choice.value + "=" + choice.label + ";";
    return out;
  }
  bool relevant(std::string_view ref) { return session_->node(ref)->relevant; }

  TestHost host;
  std::map<std::string, std::string> media;
  std::unique_ptr<FormSession> session_;
};

TEST_F(RealForms, CalculatedFalseIsNoAnswerThatIsThere) {
  FormSession& session =
      open(xform("<d id=\"d\"><age/><adult/><sure/><one/><two/><three/><four/></d>",
                 "<bind nodeset=\"/d/age\" type=\"int\"/>"
                 "<bind nodeset=\"/d/adult\" type=\"string\" calculate=\"/d/age &gt;= 18\"/>"
                 "<bind nodeset=\"/d/sure\" calculate=\"if(/d/age = 18, false(), /d/age = 19)\"/>"
                 "<bind nodeset=\"/d/one\" relevant=\"/d/adult\"/>"
                 "<bind nodeset=\"/d/two\" relevant=\"/d/adult = 1 and /d/adult = 'true'\"/>"
                 "<bind nodeset=\"/d/three\" relevant=\"not(/d/adult = true())\"/>"
                 "<bind nodeset=\"/d/four\" relevant=\"/d/sure\"/>",
                 "<input ref=\"/d/age\"/>"));
  ASSERT_TRUE(session.set("/d/age", "17").has_value());
  EXPECT_EQ(value("/d/adult"), "false");
  EXPECT_FALSE(relevant("/d/one"));
  EXPECT_FALSE(relevant("/d/two"));
  EXPECT_TRUE(relevant("/d/three"));
  ASSERT_TRUE(session.set("/d/age", "18").has_value());
  EXPECT_EQ(value("/d/adult"), "true");
  EXPECT_TRUE(relevant("/d/one"));
  EXPECT_TRUE(relevant("/d/two"));
  EXPECT_FALSE(relevant("/d/three"));
  EXPECT_FALSE(relevant("/d/four"));
}

TEST_F(RealForms, OperatorsMayBeWrittenInCapitals) {
  open(xform("<d id=\"d\"><q>4</q><a/><b/></d>",
             "<bind nodeset=\"/d/q\" type=\"int\"/>"
             "<bind nodeset=\"/d/a\" calculate=\"/d/q &gt; 10 OR /d/q = 4 AND 1 = 1\"/>"
             "<bind nodeset=\"/d/b\" calculate=\"/d/q DIV 2 Mod 2\"/>",
             "<input ref=\"/d/q\"/>"));
  EXPECT_EQ(value("/d/a"), "true");
  EXPECT_EQ(value("/d/b"), "0");
}

TEST_F(RealForms, SearchAppearanceFindsItsChoicesInTheFile) {
  media["fruits.csv"] = "key,name,colour\nm,Mango,Red\ng,Guava,green\n";
  FormSession& session = open(xform(
      "<d id=\"d\"><like/><a/><b/><c/></d>", "",
      "<input ref=\"/d/like\"/>"
      "<select1 ref=\"/d/a\" appearance=\"minimal search('fruits')\">"
      "<item><label>name, colour</label><value>key</value></item>"
      "<item><label>None</label><value>99</value></item></select1>"
      "<select ref=\"/d/b\" appearance=\"search('fruits', 'contains', 'name', /d/like)\">"
      "<item><label>name</label><value>key</value></item></select>"
      "<select1 ref=\"/d/c\" appearance=\"search('fruits', 'matches', 'key', ../like, "
      "'colour', 'Red') quick\"><item><label>name</label><value>key</value></item></select1>"));
  EXPECT_EQ(choices("/d/a"), "99=None;m=Mango, Red;g=Guava, green;");
  EXPECT_EQ(session.node("/d/a")->appearances, (std::vector<std::string>{"minimal"}));
  ASSERT_TRUE(session.set("/d/like", "GUA").has_value());
  EXPECT_EQ(choices("/d/b"), "g=Guava;");
  EXPECT_EQ(choices("/d/c"), "");
  ASSERT_TRUE(session.set("/d/like", "m").has_value());
  EXPECT_EQ(choices("/d/c"), "m=Mango;");
}

TEST_F(RealForms, SelectOneExternalReadsItsListFromItemsetsCsv) {
  media["itemsets.csv"] =
      "list_name,name,label::English (en),state\ncounties,king,King,wa\ncounties,cameron,Cameron,"
      "tx\ncities,dumont,Dumont,tx\n";
  FormSession& session =
      open(xform("<d id=\"d\"><state/><county/></d>", "",
                 "<input ref=\"/d/state\"/><input ref=\"/d/county\" "
                 "query=\"instance('counties')/root/item[state= /d/state ]\"/>"));
  ASSERT_TRUE(session.set("/d/state", "wa").has_value());
  EXPECT_EQ(choices("/d/county"), "king=King;");
  EXPECT_FALSE(session.set("/d/county", "cameron").has_value());
  ASSERT_TRUE(session.set("/d/county", "king").has_value());
}

TEST_F(RealForms, GroupWithoutRefLabelsTheGroupItShows) {
  FormSession& session = open(
      xform("<d id=\"d\"><g><a/><r jr:template=\"\"><b/></r></g><h><c/><e/></h></d>", "",
            "<group appearance=\"field-list\"><label>Whole</label><input ref=\"/d/g/a\"/>"
            "<group><label>Rounds</label><repeat nodeset=\"/d/g/r\"><input ref=\"/d/g/r/b\"/>"
            "</repeat></group></group>"
            "<group><label>Half</label><input ref=\"/d/h/c\"/></group><input ref=\"/d/h/e\"/>"));
  EXPECT_EQ(session.node("/d/g")->label, "Whole");
  EXPECT_EQ(session.node("/d/g")->appearances, (std::vector<std::string>{"field-list"}));
  EXPECT_EQ(session.node("/d/g/r")->label, "Rounds");
  EXPECT_EQ(session.node("/d/h")->label, "");
}

TEST_F(RealForms, DefaultsLoseTheLayoutAroundThem) {
  open(xform("<d id=\"d\"><sex>\n    male\n  </sex></d>", "",
             "<select1 ref=\"/d/sex\"><item><label>M</label><value>male</value></item></select1>"));
  EXPECT_EQ(value("/d/sex"), "male");
}

TEST_F(RealForms, RepeatCountMayBeWrittenFromCurrent) {
  open(xform("<d id=\"d\"><n>3</n><r><a/></r></d>", "<bind nodeset=\"/d/n\" type=\"int\"/>",
             "<group ref=\"/d/r\"><repeat nodeset=\"/d/r\" jr:count=\"current()/../n\">"
             "<input ref=\"/d/r/a\"/></repeat></group>"));
  EXPECT_EQ(session_->node("/d/r")->instances, 3);
}

TEST_F(RealForms, OlderEventsAreSentWhenJavaRosaSendsThem) {
  const std::string xml =
      xform("<d id=\"d\"><key/><r jr:template=\"\"><at/></r></d>",
            "<setvalue event=\"xforms-ready\" ref=\"/d/key\" value=\"uuid()\"/>"
            "<setvalue event=\"jr-insert\" ref=\"/d/r/at\" value=\"position(..)\"/>",
            "<repeat nodeset=\"/d/r\"><input ref=\"/d/r/at\"/></repeat>");
  FormSession& session = open(xml);
  ASSERT_TRUE(session.add_repeat("/d/r").has_value());
  ASSERT_TRUE(session.add_repeat("/d/r").has_value());
  EXPECT_EQ(value("/d/r[1]/at"), "1");
  EXPECT_EQ(value("/d/r[2]/at"), "2");
  const std::string key = value("/d/key");
  EXPECT_FALSE(key.empty());
  SessionOptions options;
  options.restore_xml = session.instance_xml();
  open(xml, options);
  EXPECT_EQ(value("/d/key"), key);
}

TEST_F(RealForms, DatePutTogetherFromMissingAnswersDoesNotLockTheForm) {
  FormSession& session = open(xform(
      "<d id=\"d\"><year/><born/></d>",
      "<bind nodeset=\"/d/born\" calculate=\"format-date(concat(/d/year, '-01-01'), '%Y')\"/>",
      "<input ref=\"/d/year\"/>"));
  EXPECT_NE(session.opening_problem().find("/d/born"), std::string::npos);
  EXPECT_EQ(value("/d/born"), "");
  ASSERT_TRUE(session.set("/d/year", "1990").has_value());
  EXPECT_EQ(value("/d/born"), "1990");
}

TEST_F(RealForms, GroupMayApplyByAnAnswerInIt) {
  FormSession& session =
      open(xform("<d id=\"d\"><inputs><source>user</source><name/></inputs><copy/></d>",
                 "<bind nodeset=\"/d/inputs\" relevant=\"./source = 'user'\"/>"
                 "<bind nodeset=\"/d/copy\" calculate=\"/d/inputs/name\"/>",
                 "<group ref=\"/d/inputs\"><input ref=\"/d/inputs/source\"/><input "
                 "ref=\"/d/inputs/name\"/></group>"));
  ASSERT_TRUE(session.set("/d/inputs/name", "Ada").has_value());
  EXPECT_EQ(value("/d/copy"), "Ada");
  ASSERT_TRUE(session.set("/d/inputs/source", "task").has_value());
  EXPECT_FALSE(relevant("/d/inputs"));
  EXPECT_EQ(value("/d/copy"), "");
}

TEST_F(RealForms, NoRuleChangesTheFormsOwnId) {
  const std::string xml =
      xform("<d id=\"d\"><n/></d>",
            "<bind nodeset=\"/d/@id\" calculate=\"/d/n * 4\"/>"
            "<setvalue event=\"odk-instance-first-load\" ref=\"/d/@id\" value=\"'other'\"/>",
            "<input ref=\"/d/n\"/>");
  FormSession& session = open(xml);
  EXPECT_EQ(session.form().warnings().size(), 2U);
  ASSERT_TRUE(session.set("/d/n", "1").has_value());
  SessionOptions options;
  options.restore_xml = session.instance_xml();
  open(xml, options);
  EXPECT_EQ(value("/d/n"), "1");
}

TEST_F(RealForms, AnEmptyIdIsNoReasonToRefuseTheFormsOwnInstance) {
  const std::string xml =
      xform("<d id=\"\"><n/></d>", "<bind nodeset=\"/d/n\"/>", "<input ref=\"/d/n\"/>");
  FormSession& session = open(xml);
  ASSERT_TRUE(session.set("/d/n", "1").has_value());
  SessionOptions options;
  options.restore_xml = session.instance_xml();
  open(xml, options);
  EXPECT_EQ(value("/d/n"), "1");
}

TEST_F(RealForms, PulldataNeedsNoInstance) {
  media["fruits.csv"] = "key,name\nm,Mango\n";
  open(xform("<d id=\"d\"><a>m</a><b/><c/></d>",
             "<bind nodeset=\"/d/b\" calculate=\"pulldata('fruits', 'name', 'key', /d/a)\"/>"
             "<bind nodeset=\"/d/c\" calculate=\"pulldata('none', 'name', 'key', /d/a)\"/>",
             "<input ref=\"/d/a\"/>"));
  EXPECT_EQ(value("/d/b"), "Mango");
  EXPECT_EQ(value("/d/c"), "");
  EXPECT_EQ(session_->form().warnings().size(), 1U);
}

}  // namespace
}  // namespace vigil::forms
