// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/expression.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "forms/expression/time_zone.h"
#include "tests/forms/expression/fixed_host.h"

namespace vigil::forms {
namespace {

class Expressions : public ::testing::Test {
 protected:
  void load(std::string_view xml) {
    document_ = *parse_document(xml, names_, TextNodes::kLeafValues);
  }
  Node& node(std::string_view path) { return *const_cast<Node*>(node_at(document_->root(), path)); }
  std::string text(std::string_view expression, const Node& context) {
    const auto compiled = Expression::compile(expression, names_);
    if (!compiled.has_value()) return compiled.error().code;
    const auto result = compiled->evaluate_string({.context = &context, .host = &host_});
    return result.has_value() ? *result : result.error().code;
  }
  std::string text(std::string_view expression) { return text(expression, document_->root()); }

  std::shared_ptr<NameTable> names_ = std::make_shared<NameTable>();
  std::unique_ptr<Document> document_;
  FixedHost host_;
};

TEST_F(Expressions, IrrelevantNodesAreAbsent) {
  load("<d><a>1</a><b>2</b><r>3</r><r>4</r></d>");
  node("/*[1]/*[1]").relevant = false;
  node("/*[1]/*[3]").relevant = false;
  EXPECT_EQ(text("/d/a"), "");
  EXPECT_EQ(text("/d/a = ''"), "true");
  EXPECT_EQ(text("/d/a != 'x'"), "true");
  EXPECT_EQ(text("count(/d/*)"), "2");
  EXPECT_EQ(text("sum(/d/r)"), "4");
  const auto path = Expression::compile("/d/r", names_);
  const EvaluationContext context{.context = &document_->root(), .host = &host_};
  EXPECT_EQ(path->evaluate_nodes(context)->size(), 1U);
  EXPECT_EQ(path->evaluate_nodes(context, true)->size(), 2U);
}

TEST_F(Expressions, AbsolutePathsKeepToTheirOwnRepeat) {
  load("<d><p><age>1</age><x/></p><p><age>2</age><x/></p></d>");
  EXPECT_EQ(text("/d/p/age", node("/*[1]/*[2]/*[2]")), "2");
  EXPECT_EQ(text("sum(/d/p/age)", document_->root()), "3");
  EXPECT_EQ(text("count(/d/p)", node("/*[1]/*[2]/*[2]")), "2");
  EXPECT_EQ(text("/d/p[1]/age", node("/*[1]/*[2]/*[2]")), "1");
  EXPECT_EQ(text("position(..)", node("/*[1]/*[2]/*[2]")), "2");
  EXPECT_EQ(text("indexed-repeat(/d/p/age, /d/p, position(..) - 1)", node("/*[1]/*[2]/*[2]")), "1");
}

TEST_F(Expressions, NumbersOfNumberQuestionsCompareAsNumbers) {
  load("<d><a>1</a><b>1.0</b><z>0</z></d>");
  EXPECT_EQ(text("/d/a = /d/b"), "false");
  node("/*[1]/*[1]").value_kind = ValueKind::kNumber;
  EXPECT_EQ(text("/d/a = /d/b"), "true");
  EXPECT_EQ(text("/d/a = '1.0'"), "true");
  EXPECT_EQ(text("boolean(/d/z)"), "true");
  node("/*[1]/*[3]").value_kind = ValueKind::kNumber;
  EXPECT_EQ(text("boolean(/d/z)"), "false");
}

TEST_F(Expressions, NamesMatchInAnyNamespaceUnlessPrefixed) {
  load(
      "<d xmlns=\"http://f\" xmlns:orx=\"http://openrosa.org/xforms\"><orx:meta><orx:i>7</orx:i>"
      "</orx:meta></d>");
  EXPECT_EQ(text("/d/meta/i"), "7");
  EXPECT_EQ(text("/d/orx:meta/orx:i"), "7");
  EXPECT_EQ(text("/d/jr:meta"), "");
  EXPECT_EQ(text("/d/zz:meta"), "expression.prefix");
}

TEST_F(Expressions, IndexAndScanAgree) {
  std::string xml = "<root>";
  for (int i = 0; i < 40; ++i) {
    xml +=
        "<item><name>n" + std::to_string(i) + "</name><c>" + std::to_string(i % 3) + "</c></item>";
  }
  load(xml + "</root>");
  const char* const expressions[] = {"join(' ', /root/item[name = 'n7']/c)",
                                     "join(' ', /root/item['2' = c]/name)",
                                     "join(' ', /root/item[c = 2]/name)",
                                     "join(' ', /root/item[c = '1' and name != 'n4']/name)",
                                     "join(' ', /root/item[c = '1'][2]/name)",
                                     "join(' ', /root/item[missing = '']/name)",
                                     "join(' ', /root/item[c = /root/item[5]/c]/name)",
                                     "count(/root/item[. = 'n91'])",
                                     "join(' ', /root/item[c = '1' and position() = 2]/name)"};
  std::vector<std::string> scanned;
  for (const char* expression : expressions) scanned.push_back(text(expression));
  document_->freeze();
  for (std::size_t i = 0; i < scanned.size(); ++i) {
    EXPECT_EQ(text(expressions[i]), scanned[i]) << expressions[i];
  }
  EXPECT_EQ(scanned[0], "1");
  EXPECT_EQ(scanned[4], "n4");
}

TEST_F(Expressions, FrozenDocumentsServeManyThreads) {
  std::string xml = "<root>";
  for (int i = 0; i < 200; ++i) xml += "<item><name>n" + std::to_string(i) + "</name></item>";
  load(xml + "</root>");
  document_->freeze();
  const auto lookup = Expression::compile("count(/root/item[name = 'n150'])", names_);
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      FixedHost host;
      const EvaluationContext context{.context = &document_->root(), .host = &host};
      for (int i = 0; i < 100; ++i) right += *lookup->evaluate_number(context) == 1 ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 400);
}

std::string shown(const NameTable& names, const Reference& reference) {
  std::string out;
  if (reference.start == Reference::Start::kContext) out = ".";
  if (reference.start == Reference::Start::kInstance) out = "#" + reference.instance_id;
  for (const Reference::Step& step : reference.steps) {
    out += '/';
    if (step.axis == Reference::Axis::kParent) out += "..";
    if (step.axis == Reference::Axis::kDescendantOrSelf) continue;
    out += names.local_text(step.local);
    if (step.with_predicate) out += "[]";
  }
  return out + (reference.in_predicate ? "?" : "");
}

TEST_F(Expressions, ReferencesAreWhatIsRead) {
  const auto read_by = [&](std::string_view expression) {
    const auto compiled = Expression::compile(expression, names_);
    EXPECT_TRUE(compiled.has_value()) << expression;
    std::vector<std::string> all;
    for (const Reference& reference : compiled->references()) {
      all.push_back(shown(*names_, reference));
    }
    return all;
  };
  using Paths = std::vector<std::string>;
  EXPECT_EQ(read_by("/data/a + ../b"), (Paths{"/data/a", "./../b"}));
  EXPECT_EQ(read_by("/data/p[age > current()/../b]/a"),
            (Paths{"/data/p[]/age?", "./../b?", "/data/p[]/a"}));
  EXPECT_EQ(read_by("instance('c')/root/item[name = /data/a]/b"),
            (Paths{"#c/root/item[]/name?", "/data/a?", "#c/root/item[]/b"}));
  EXPECT_EQ(read_by("jr:choice-name(/data/a, '/data/b')"), (Paths{"/data/b", "/data/a"}));
  EXPECT_EQ(read_by("indexed-repeat(/data/p/age, /data/p, /data/a)"),
            (Paths{"/data/p/age", "/data/p", "/data/a"}));
  EXPECT_EQ(read_by("sum(randomize(/data/p)/age) + count(//a)"),
            (Paths{"/data/p", "/data/p/age", "//a"}));
}

TEST_F(Expressions, VolatilityIsToldApart) {
  const auto of = [&](std::string_view expression) {
    return Expression::compile(expression, names_)->volatility();
  };
  EXPECT_TRUE(of("today() > /d").clock);
  EXPECT_TRUE(of("if(true(), random(), 0)").random);
  EXPECT_TRUE(of("randomize(/d/x)").random);
  EXPECT_FALSE(of("randomize(/d/x, 3)").random);
  EXPECT_TRUE(of("position(..)").position);
  EXPECT_TRUE(of("/d/x[2]").position);
  EXPECT_TRUE(of("jr:itext('a')").language);
  EXPECT_TRUE(of("property('a')").host);
  const Volatility none = of("/d/a = 'x'");
  EXPECT_FALSE(none.clock || none.random || none.position || none.once || none.language ||
               none.host);
}

TEST_F(Expressions, LiteralsAndPathsAreRecognised) {
  EXPECT_EQ(Expression::compile("'x'", names_)->literal()->text(), "x");
  EXPECT_EQ(Expression::compile("1 + 1", names_)->literal(), nullptr);
  EXPECT_TRUE(Expression::compile("/d/a", names_)->is_path());
  EXPECT_FALSE(Expression::compile("string(/d/a)", names_)->is_path());
}

// Each hostile expression and the error it must give.
TEST_F(Expressions, HostileInputIsRefusedInBounds) {
  load("<d><a>1</a></d>");
  const auto repeat = [](std::string_view part, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += part;
    return all;
  };
  EXPECT_EQ(text(repeat("(", 10'000) + "1" + repeat(")", 10'000)), "expression.depth");
  EXPECT_EQ(text(repeat("if(1,", 10'000) + "1" + repeat(",2)", 10'000)), "expression.depth");
  EXPECT_EQ(text(repeat("a[", 10'000) + "1" + repeat("]", 10'000)), "expression.depth");
  EXPECT_EQ(text(repeat("1=", 10'000) + "1"), "expression.depth");
  EXPECT_EQ(text(repeat("1+", 300'000) + "1"), "expression.length");
  // As deep as allowed, evaluated: long chains are flat, nesting ends far from the stack's end.
  EXPECT_EQ(text(repeat("1+", 50'000) + "1"), "50001");
  EXPECT_EQ(text(repeat("-", 50'000) + "1"), "1");
  EXPECT_EQ(text(repeat("if(1,", 390) + "'in'" + repeat(",2)", 390)), "in");
  EXPECT_EQ(text("regex('" + repeat("a", 40) + "!', '(a+)+')"), "expression.regex");
  EXPECT_EQ(text("//*[/d[//*]"), "expression.syntax");
  EXPECT_EQ(text("'open"), "expression.syntax");
  EXPECT_EQ(text("a b"), "expression.syntax");
  EXPECT_EQ(text("a and"), "expression.syntax");
  EXPECT_EQ(text("f(,)"), "expression.function");
  EXPECT_EQ(text("/a | /b"), "expression.unsupported");
  EXPECT_EQ(text("/a/text()"), "expression.unsupported");
  EXPECT_EQ(text(""), "expression.syntax");
  EXPECT_EQ(text("a#b"), "expression.syntax");
}

TEST_F(Expressions, CostIsBounded) {
  std::string xml = "<d>";
  for (int i = 0; i < 3000; ++i) xml += "<a/>";
  load(xml + "</d>");
  EXPECT_EQ(text("count(//*[count(//*[count(//*) > 0]) > 0])"), "expression.cost");
  // Twice the work with each level: what the fuzzer found to take minutes.
  load("<d><p/><p/></d>");
  std::string nested = "1";
  for (int i = 0; i < 190; ++i) nested = "(/d/p[" + nested + "])";
  EXPECT_EQ(text("count(" + nested + ")"), "expression.cost");
  for (int i = 0; i < 190; ++i) nested = "(/d/p[" + nested + "])";
  EXPECT_EQ(text(nested), "expression.depth");
  std::string doubling = "/d";
  for (int i = 0; i < 100; ++i) doubling = "/d/p[count(" + doubling + ") >= 0]";
  EXPECT_EQ(text("count(" + doubling + ")"), "expression.cost");
}

TEST_F(Expressions, TextsMadeAreBounded) {
  std::string xml = "<d>";
  const std::string kilobyte(1024, 'x');
  for (int i = 0; i < 1100; ++i) xml += "<a>" + kilobyte + "</a>";
  load(xml + "</d>");
  EXPECT_EQ(text("concat(/d/a)"), "expression.text");
  EXPECT_EQ(text("join(' ', /d/a)"), "expression.text");
  EXPECT_EQ(text("string-length(concat(/d/a[position() < 1000], 'y'))"), "1022977");
  std::string all = "concat(/d/a[position() < 600]";
  EXPECT_EQ(text(all + ", " + all + "))"), "expression.text");
}

TEST(TimeZones, OffsetsAndNames) {
  EXPECT_EQ(TimeZone::named("UTC")->offset_minutes(WallTime{0}), 0);
  EXPECT_EQ(TimeZone::named("+06:00")->offset_minutes(WallTime{0}), 360);
  EXPECT_EQ(TimeZone::named("-0930")->offset_minutes(WallTime{0}), -570);
  for (const char* bad : {"", "Nowhere/City", "../../etc/passwd", "/etc/passwd", "+99:00"}) {
    EXPECT_FALSE(TimeZone::named(bad).has_value()) << bad;
  }
  const auto phoenix = TimeZone::named("America/Phoenix");
  const auto berlin = TimeZone::named("Europe/Berlin");
  if (!phoenix.has_value() || !berlin.has_value()) GTEST_SKIP() << "no time zone files here";
  EXPECT_EQ(phoenix->offset_minutes(WallTime{1'795'329'417'000}), -420);
  EXPECT_EQ(berlin->offset_minutes(WallTime{1'782'900'000'000}), 120);  // 2026-07-01
  EXPECT_EQ(berlin->offset_minutes(WallTime{1'795'329'417'000}), 60);   // 2026-11-22
  EXPECT_EQ(berlin->offset_minutes(WallTime{4'087'000'000'000}), 120);  // 2099-07
}

}  // namespace
}  // namespace vigil::forms
