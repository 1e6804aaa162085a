// SPDX-License-Identifier: Apache-2.0
//
// Every function that the ODK XForms specification lists, and those that forms and engines use
// beyond it, once by its name, in a form that is being filled in: what an author writes and gets.
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "forms/session/session.h"
#include "tests/forms/session/test_host.h"

namespace vigil::forms {
namespace {

constexpr std::string_view kForm =
    R"x(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><itext><translation lang="en"><text id="lab"><value>Label</value></text></translation></itext><instance><data id="t" version="7"><r><x>1</x><y/></r><r><x>2</x><y>q</y></r><r><x>3</x><y/></r><m>x y</m><sel>c</sel><meta><instanceID/></meta></data></instance><instance id="l"><root><item><name>a</name><label>A</label></item><item><name>b</name><label>B</label></item><item><name>c</name><label>C</label></item></root></instance><bind nodeset="/data/r/x" type="int"/><bind nodeset="/data/sel" type="string"/></model></h:head><h:body><group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"><label>x</label></input></repeat></group><input ref="/data/m"><label>m</label></input><select1 ref="/data/sel"><label>s</label><itemset nodeset="instance('l')/root/item"><value ref="name"/><label ref="label"/></itemset></select1></h:body></h:html>)x";

struct NamedCall {
  const char* name;
  const char* expression;
  const char* wanted;
};

// The specification's section "XPath Functions", from "string" to "base64-decode".
constexpr NamedCall kOfTheSpecification[] = {
    {"string", "string(3.0)", "3"},
    {"concat", "concat('a', 'b', 1)", "ab1"},
    {"join", "join('-', /data/r/x)", "1-2-3"},
    {"substr", "substr('abcdef', 1, 3)", "bc"},
    {"substring-before", "substring-before('a-b', '-')", "a"},
    {"substring-after", "substring-after('a-b', '-')", "b"},
    {"translate", "translate('aabbcc', 'ab', '12')", "1122cc"},
    {"string-length", "string-length(' a ')", "3"},
    {"normalize-space", "normalize-space('  a   b ')", "a b"},
    {"contains", "contains('abc', 'b')", "true"},
    {"starts-with", "starts-with('abc', 'ab')", "true"},
    {"ends-with", "ends-with('abc', 'bc')", "true"},
    {"uuid", "string-length(uuid())", "36"},
    {"digest", "digest('ABC', 'MD5', 'hex')", "902fbdd2b1df0c4f70b4a5d23525e932"},
    {"pulldata", "pulldata('l', 'label', 'name', 'b')", "B"},
    {"if", "if(1 > 2, 'a', 'b')", "b"},
    {"coalesce", "coalesce('', 'b')", "b"},
    {"once", "once('x')", "12q3x yc"},
    {"true", "true()", "true"},
    {"false", "false()", "false"},
    {"boolean", "boolean('a')", "true"},
    {"boolean-from-string", "boolean-from-string('1')", "true"},
    {"not", "not(false())", "true"},
    {"regex", "regex('1234', '[0-9]{4}')", "true"},
    {"checklist", "checklist(1, 2, true(), false())", "true"},
    {"weighted-checklist", "weighted-checklist(2, 3, true(), 2, false(), 5)", "true"},
    {"number", "number('5') + 1", "6"},
    {"random", "random() >= 0 and random() < 1", "true"},
    {"int", "int(-3.9)", "-3"},
    {"sum", "sum(/data/r/x)", "6"},
    {"max", "max(/data/r/x)", "3"},
    {"min", "min(4, 2)", "2"},
    {"round", "round(1.2345, 2)", "1.23"},
    {"pow", "pow(2, 10)", "1024"},
    {"log", "log(1)", "0"},
    {"log10", "log10(1000)", "3"},
    {"abs", "abs(-4)", "4"},
    {"sin", "sin(0)", "0"},
    {"cos", "cos(0)", "1"},
    {"tan", "tan(0)", "0"},
    {"asin", "asin(0)", "0"},
    {"acos", "acos(1)", "0"},
    {"atan", "atan(0)", "0"},
    {"atan2", "atan2(0, 1)", "0"},
    {"sqrt", "sqrt(16)", "4"},
    {"exp", "exp(0)", "1"},
    {"exp10", "exp10(2)", "100"},
    {"pi", "round(pi(), 4)", "3.1416"},
    {"count", "count(/data/r)", "3"},
    {"count-non-empty", "count-non-empty(/data/r/y)", "1"},
    {"position", "position(/data/r[2])", "2"},
    {"instance", "instance('l')/root/item[name = 'b']/label", "B"},
    {"current", "instance('l')/root/item[name = current()/sel]/label", "C"},
    {"randomize", "count(randomize(instance('l')/root/item, 7))", "3"},
    {"today", "today()", "2026-11-22"},
    {"now", "now()", "2026-11-22T10:00:00.000-07:00"},
    {"format-date", "format-date('2026-01-05', '%d/%n/%y %b %e %a')", "05/1/26 Jan 5 Mon"},
    {"format-date-time", "format-date-time('2026-01-05T14:03:09.123-07:00', '%H:%M:%S %h %3')",
     "14:03:09 14 123"},
    {"date", "date('2026-02-01') - date('2026-01-01')", "31"},
    {"decimal-date-time", "decimal-date-time('1970-01-02T12:00:00.000-07:00')", "1.5"},
    {"decimal-time", "decimal-time('06:00:00.000-07:00')", "0.25"},
    {"selected", "selected(/data/m, 'x')", "true"},
    {"selected-at", "selected-at('a b c', 1)", "b"},
    {"count-selected", "count-selected('a b c')", "3"},
    {"jr:choice-name", "jr:choice-name('c', '/data/sel')", "C"},
    {"jr:itext", "jr:itext('lab')", "Label"},
    {"indexed-repeat", "indexed-repeat(/data/r/x, /data/r, 2)", "2"},
    {"area", "round(area('0 0;0 1;1 1;1 0;0 0') div 1000000)", "12391"},
    {"distance", "round(distance('0 0 0 0;0 1 0 0') div 1000)", "111"},
    {"base64-decode", "base64-decode('YQ==')", "a"},
};

constexpr NamedCall kBeyond[] = {
    {"geofence", "geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true"},
    {"intersects", "intersects('0 0;1 1;0 1;1 0')", "true"},
    {"date-time", "date-time('2026-01-05T10:00:00')", "2026-01-05T10:00:00.000-07:00"},
    {"is-selected", "is-selected('a b', 'a')", "true"},
    {"substring", "substring('abcde', 2, 3)", "bcd"},
    {"last", "/data/r[last()]/x", "3"},
    {"floor", "floor(2.7)", "2"},
    {"ceiling", "ceiling(2.1)", "3"},
    {"name", "name(/data/r)", "r"},
    {"local-name", "local-name(/data/r)", "r"},
    {"namespace-uri", "namespace-uri(/data/r)", ""},
    {"version", "version()", "7"},
    {"property", "property('deviceid')", "tablet-7"},
    {"enclosed-area", "round(enclosed-area('0 0;0 1;1 1;1 0;0 0') div 1000000)", "12391"},
};

class FunctionsByName : public testing::TestWithParam<NamedCall> {
 protected:
  void SetUp() override {
    host_.now_ms = 1795366800000;  // 2026-11-22T10:00:00-07:00
    host_.properties["deviceid"] = "tablet-7";
    auto form = load_xform(kForm, {});
    ASSERT_TRUE(form.has_value()) << form.error().message;
    auto session = open_session(*form, host_, {});
    ASSERT_TRUE(session.has_value()) << session.error().message;
    session_ = std::move(*session);
  }
  TestHost host_;
  std::unique_ptr<FormSession> session_;
};

TEST_P(FunctionsByName, AnswersAsWritten) {
  const NamedCall& call = GetParam();
  ASSERT_NE(std::string_view(call.expression).find(std::string(call.name) + "("),
            std::string_view::npos);
  // As text, whatever the type.
  const auto answer =
      session_->evaluate("concat(" + std::string(call.expression) + ", '')", "/data");
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->value, call.wanted) << call.expression;
}

// With arguments that nobody would write, each says so or answers; none ends the program.
TEST_P(FunctionsByName, TakesAnyArgumentsWithoutHarm) {
  const std::string name = GetParam().name;
  for (const char* arguments :
       {"", "''", "1 div 0", "0 div 0", "-1, -1", "'x', 'y'", "/data/r, /data/r", "'', '', ''",
        "/data/none", "1, 2, 3, 4, 5, 6", "/data/r, 1 div 0, -(1 div 0)"}) {
    const auto answer = session_->evaluate(name + "(" + arguments + ")", "/data");
    if (!answer.has_value()) {
      EXPECT_TRUE(answer.error().code.starts_with("expression.")) << answer.error().code;
      EXPECT_FALSE(answer.error().message.empty());
    }
  }
}

std::string test_name(const testing::TestParamInfo<NamedCall>& call) {
  std::string name = call.param.name;
  std::replace_if(name.begin(), name.end(), [](char c) { return c == '-' || c == ':'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Specification, FunctionsByName, testing::ValuesIn(kOfTheSpecification),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Beyond, FunctionsByName, testing::ValuesIn(kBeyond), test_name);

TEST(FunctionsOfTheSpecification, AreSeventyNames) {
  std::set<std::string> names;
  for (const NamedCall& call : kOfTheSpecification) names.insert(call.name);
  EXPECT_EQ(names.size(), 70U);
}

}  // namespace
}  // namespace vigil::forms
