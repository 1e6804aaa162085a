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
  FormSession& open(const std::string& xml) {
    auto form = load_xform(xml, {});
    EXPECT_TRUE(form.has_value()) << (form.has_value() ? "" : form.error().message);
    auto session = open_session(*form, host, {});
    EXPECT_TRUE(session.has_value()) << (session.has_value() ? "" : session.error().message);
    session_ = std::move(*session);
    return *session_;
  }
  std::string value(std::string_view ref) { return session_->node(ref)->value; }
  bool relevant(std::string_view ref) { return session_->node(ref)->relevant; }

  TestHost host;
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

}  // namespace
}  // namespace vigil::forms
