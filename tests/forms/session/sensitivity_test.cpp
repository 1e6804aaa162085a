// SPDX-License-Identifier: Apache-2.0
//
// What is made from a restricted answer is restricted too.
#include <gtest/gtest.h>

#include "forms/session/session.h"

namespace vigil::forms {
namespace {

class StillHost final : public SessionHost {
 public:
  WallTime now() const override { return {1795329417000}; }
  int utc_offset_minutes(WallTime) const override { return 0; }
  std::uint64_t random_bits() override { return ++count_; }
  std::string property(std::string_view) const override { return {}; }

 private:
  std::uint64_t count_ = 0;
};

constexpr std::string_view kForm = R"xml(<h:html xmlns="http://www.w3.org/2002/xforms"
  xmlns:h="http://www.w3.org/1999/xhtml" xmlns:vigil="urn:x-vigil:xforms"><h:head><h:title>t</h:title><model>
  <instance><data id="t" version="1"><injury/><copy/><lowered/><level2/><hours/><plain/><follow/>
  <meta><instanceID/><instanceName/></meta></data></instance>
  <bind nodeset="/data/injury" vigil:sensitivity="3"/>
  <bind nodeset="/data/copy" calculate="concat('copy ', /data/injury)"/>
  <bind nodeset="/data/lowered" calculate="/data/copy" vigil:sensitivity="0"/>
  <bind nodeset="/data/level2" vigil:sensitivity="2"/>
  <bind nodeset="/data/hours" calculate="string-length(/data/level2)" vigil:sensitivity="0"/>
  <bind nodeset="/data/plain" vigil:sensitivity="0"/>
  <bind nodeset="/data/follow" relevant="/data/injury != ''"/>
  <bind nodeset="/data/meta/instanceName" calculate="/data/injury"/>
  </model></h:head><h:body><input ref="/data/injury"><label>i</label></input>
  <input ref="/data/level2"><label>l</label></input><input ref="/data/plain"><label>p</label></input>
  <input ref="/data/follow"><label>f</label></input></h:body></h:html>)xml";

TEST(Sensitivity, WhatIsMadeFromARestrictedAnswerStaysInTheRestrictedPart) {
  const auto form = load_xform(kForm, {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  StillHost host;
  auto session = open_session(*form, host, {});
  ASSERT_TRUE(session.has_value());
  ASSERT_TRUE((*session)->set("/data/injury", "marker-left-shoulder").has_value());
  ASSERT_TRUE((*session)->set("/data/level2", "four").has_value());
  const std::string general = (*session)->submission_xml(SubmissionPart::kGeneral);
  EXPECT_EQ(general.find("marker-left-shoulder"), std::string::npos) << general;
  EXPECT_NE((*session)->submission_xml(SubmissionPart::kRestricted).find("marker-left-shoulder"),
            std::string::npos);
}

TEST(Sensitivity, ALevelThatIsStatedHoldsUnlessTheSourceIsRestricted) {
  const auto form = load_xform(kForm, {});
  ASSERT_TRUE(form.has_value());
  StillHost host;
  const auto session = open_session(*form, host, {});
  ASSERT_TRUE(session.has_value());
  const auto level = [&](const char* ref) { return (*session)->node(ref)->sensitivity; };
  EXPECT_EQ(level("/data/plain"), 0) << "an unmarked group does not raise it";
  EXPECT_EQ(level("/data/hours"), 0) << "lowered on purpose";
  EXPECT_EQ(level("/data/copy"), 3);
  EXPECT_EQ(level("/data/lowered"), 3) << "a copy is a copy";
}

TEST(Sensitivity, AQuestionThatIsAskedBecauseOfARestrictedAnswerIsAWarning) {
  const auto form = load_xform(kForm, {});
  ASSERT_TRUE(form.has_value());
  ASSERT_EQ((*form)->warnings().size(), 1U);
  EXPECT_NE((*form)->warnings()[0].find("/data/follow"), std::string::npos);
}

// Every other way a restricted answer may reach a node of its own: each must not be in the general
// part, where the marker would be a leak.
constexpr std::string_view kWays = R"xml(<h:html xmlns="http://www.w3.org/2002/xforms"
  xmlns:h="http://www.w3.org/1999/xhtml" xmlns:vigil="urn:x-vigil:xforms"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>
  <instance><data id="t" version="1"><injury/><set/><stated/><onward/><moment/><r jr:template=""><who/></r>
  <picked/><before/><before_set/><level2/><set2/><twice/><meta><instanceID/></meta></data></instance>
  <instance id="__last-saved" src="jr://instance/last-saved"/>
  <bind nodeset="/data/injury" vigil:sensitivity="3"/>
  <bind nodeset="/data/stated" vigil:sensitivity="0"/>
  <bind nodeset="/data/onward" calculate="concat('[', /data/set, ']')"/>
  <bind nodeset="/data/r/who" vigil:sensitivity="3"/>
  <bind nodeset="/data/before" calculate="instance('__last-saved')/data/injury"/>
  <bind nodeset="/data/level2" vigil:sensitivity="2"/>
  <bind nodeset="/data/set2" vigil:sensitivity="0"/>
  <setvalue event="odk-instance-first-load" ref="/data/before_set" value="instance('__last-saved')/data/injury"/>
  </model></h:head><h:body><input ref="/data/injury"><label>i</label>
  <setvalue event="xforms-value-changed" ref="/data/set" value="/data/injury"/>
  <setvalue event="xforms-value-changed" ref="/data/stated" value="concat('x', ../injury)"/>
  <setvalue event="xforms-value-changed" ref="/data/moment">marker-left-shoulder</setvalue></input>
  <input ref="/data/set"><label>s</label>
  <setvalue event="xforms-value-changed" ref="/data/twice" value="/data/set"/></input>
  <input ref="/data/level2"><label>l</label>
  <setvalue event="xforms-value-changed" ref="/data/set2" value="/data/level2"/></input>
  <group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/who"><label>w</label></input></repeat></group>
  <select1 ref="/data/picked"><label>p</label><itemset nodeset="/data/r[who != '']"><value ref="who"/><label ref="who"/></itemset></select1>
  </h:body></h:html>)xml";

TEST(Sensitivity, NoWayRoundTakesARestrictedAnswerIntoTheGeneralPart) {
  const auto form = load_xform(kWays, {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  StillHost host;
  SessionOptions options;
  options.last_saved_xml = "<data id=\"t\"><injury>marker-left-shoulder</injury></data>";
  const auto session = open_session(*form, host, options);
  ASSERT_TRUE(session.has_value());
  ASSERT_TRUE((*session)->set("/data/injury", "marker-left-shoulder").has_value());
  ASSERT_TRUE((*session)->add_repeat("/data/r").has_value());
  ASSERT_TRUE((*session)->set("/data/r[1]/who", "marker-left-shoulder").has_value());
  ASSERT_TRUE((*session)->set("/data/picked", "marker-left-shoulder").has_value());
  ASSERT_TRUE((*session)->set("/data/level2", "four").has_value());
  for (const char* ref : {"/data/set", "/data/stated", "/data/onward", "/data/moment",
                          "/data/picked", "/data/before", "/data/before_set", "/data/twice"}) {
    EXPECT_NE((*session)->node(ref)->value.find("marker-left-shoulder"), std::string::npos) << ref;
    EXPECT_EQ((*session)->node(ref)->sensitivity, 3) << ref;
  }
  EXPECT_EQ((*session)->node("/data/set2")->sensitivity, 0) << "lowered on purpose";
  const std::string general = (*session)->submission_xml(SubmissionPart::kGeneral);
  EXPECT_EQ(general.find("marker-left-shoulder"), std::string::npos) << general;
}

}  // namespace
}  // namespace vigil::forms
