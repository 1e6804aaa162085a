// SPDX-License-Identifier: Apache-2.0
//
// Forms made to harm: each ends in an answer, and none takes more than 256 MiB. How long it took is
// printed and not judged (docs/formats/forms.md has the figures of an idle machine).
#include <fstream>
#include <functional>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/run_program.h"

namespace vigil {
namespace {

using test::run_program;

constexpr long kMostResidentKib = 256 * 1024;

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string numbered(const std::function<std::string(int)>& one, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += one(i);
  return all;
}

// A workbook of one survey sheet: rows are "type | name | label | calculation | repeat_count".
std::string survey(const std::string& rows, const std::string& more = "") {
  return "| survey |\n| | type | name | label | calculation | repeat_count | trigger |\n" + rows +
         more;
}

std::string calculation(const std::string& expression) {
  return survey("| | calculate | a | | " + expression + " |\n");
}

std::string xform(const std::string& instance, const std::string& model = "",
                  const std::string& body = "", const std::string& before = "") {
  return "<?xml version=\"1.0\"?>" + before +
         "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\""
         " xmlns:jr=\"http://openrosa.org/javarosa\"><h:head><h:title>t</h:title><model><instance>"
         "<data id=\"d\">" +
         instance + "</data></instance>" + model + "</model></h:head><h:body>" + body +
         "</h:body></h:html>";
}

std::string calculated(const std::string& path, const std::string& expression) {
  return fmt::format("<bind nodeset=\"/data/{}\" calculate=\"{}\"/>", path, expression);
}

std::string vector_file(const std::string& name) {
  std::ifstream file(VIGIL_SOURCE_DIR "/tests/vectors/xlsform/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A zip that says its largest part unpacks to a kilobyte.
std::string lying_zip() {
  std::string zip = vector_file("bomb.xlsx");
  for (const auto& [mark, offset] :
       {std::pair(std::string("PK\x03\x04", 4), 22), std::pair(std::string("PK\x01\x02", 4), 24)})
    for (std::size_t at = zip.find(mark); at != std::string::npos; at = zip.find(mark, at + 4)) {
      const std::size_t size = at + static_cast<std::size_t>(offset);
      if (size + 4 <= zip.size() && zip[size + 2] != 0) zip.replace(size, 4, "\0\4\0\0", 4);
    }
  return zip;
}

struct Hostile {
  std::string_view name;
  std::string_view ending;
  std::function<std::string()> content;
  int exit_status;          // 1: refused; 0: taken, and within bounds
  std::string_view errors;  // a piece of what is said
};

std::string entity_bomb() {
  std::string entities = "<!ENTITY a0 \"aaaaaaaaaa\">";
  for (int i = 1; i < 10; ++i)
    entities += fmt::format("<!ENTITY a{} \"{}\">", i, repeated(fmt::format("&a{};", i - 1), 10));
  return xform("<a>&a9;</a>", "", "", "<!DOCTYPE a [" + entities + "]>");
}

// Each text is a hundred of the one before.
std::string growing_text(int levels) {
  std::string rows = "| | calculate | a0 | | '" + std::string(1000, 'x') + "' |\n";
  for (int i = 1; i <= levels; ++i)
    rows += fmt::format("| | calculate | a{} | | concat({}'') |\n", i,
                        repeated(fmt::format("${{a{}}},", i - 1), 100));
  return survey(rows);
}

const std::vector<Hostile> kHostile{
    {"ZipBomb", ".xlsx", [] { return vector_file("bomb.xlsx"); }, 1, "unpacks to more"},
    {"ZipThatLies", ".xlsx", [] { return lying_zip(); }, 1, "workbook"},
    {"MillionRows", ".xlsx", [] { return vector_file("million-rows.xlsx"); }, 1, "more"},
    {"MillionLines", ".csv",
     [] { return "survey,,,\n,type,name,label\n" + repeated(",text,a,A\n", 1'000'000); }, 1,
     "more rows"},
    {"WideSheet", ".csv", [] { return "survey" + repeated(",x", 200'000) + "\n"; }, 1, "columns"},
    {"OpenQuote", ".csv", [] { return "survey\n,\"" + std::string(30'000'000, 'a'); }, 1,
     "never closed"},
    {"EntityBomb", ".xml", entity_bomb, 1, "DOCTYPE"},
    {"OutsideEntity", ".xml",
     [] {
       return xform("<a>&x;</a>", "", "",
                    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
     },
     1, "DOCTYPE"},
    {"DeepInstance", ".xml",
     [] { return xform(repeated("<a>", 10'000) + repeated("</a>", 10'000)); }, 1, "nests deeper"},
    {"DeepGroups", ".xml",
     [] { return xform("<a/>", "", repeated("<group>", 10'000) + repeated("</group>", 10'000)); },
     1, "nests deeper"},
    {"DeepSheet", ".md",
     [] {
       return survey(
           numbered([](int i) { return fmt::format("| | begin group | g{} | G |\n", i); }, 10'000));
     },
     1, "nest deeper"},
    {"DeepParentheses", ".md",
     [] { return calculation(std::string(10'000, '(') + "1" + std::string(10'000, ')')); }, 1,
     "nests deeper"},
    {"DeepCalls", ".md",
     [] { return calculation(repeated("not(", 10'000) + "1" + std::string(10'000, ')')); }, 1,
     "nests deeper"},
    {"DeepPredicates", ".md",
     [] { return calculation("/data/a" + repeated("[a", 10'000) + std::string(10'000, ']')); }, 1,
     "nests deeper"},
    {"LongExpression", ".xml",
     [] { return xform("<a/>", calculated("a", repeated("1+", 2'000'000) + "1")); }, 1, "longer"},
    {"ManyNodes", ".xml",
     [] { return xform(numbered([](int i) { return fmt::format("<q{}/>", i); }, 250'000)); }, 1,
     "nodes"},
    {"EveryNodeReadsAll", ".xml",
     [] {
       return xform(
           numbered([](int i) { return fmt::format("<q{}/>", i); }, 3'000),
           numbered([](int i) { return calculated(fmt::format("q{}", i), "count(//*)"); }, 3'000));
     },
     1, "too many nodes"},
    {"StarsOfStars", ".xml",
     [] {
       return xform(repeated(repeated("<a>", 100) + repeated("</a>", 100), 20),
                    calculated("a/a", "count(" + repeated("//*", 8) + ")"));
     },
     1, "too much at once"},
    {"PredicatesOfPredicates", ".xml",
     [] {
       return xform("<x/>", "<instance id=\"l\"><root>" +
                                repeated("<item><n>1</n></item>", 20'000) + "</root></instance>" +
                                calculated("x",
                                           "count(instance('l')/root/item[count(instance('l')/root/"
                                           "item[n &gt; 0]) &gt; 1])"));
     },
     1, "too many nodes"},
    {"ExplodingRegex", ".md",
     [] { return calculation("regex('" + std::string(40, 'a') + "b', '(a+)+$')"); }, 1, "steps"},
    {"ManyLongPatterns", ".xml",
     [] {
       const std::string match = "regex(/data/t, '" + repeated("a*", 2'000) + "c')";
       return xform("<t>" + std::string(60'000, 'a') + "</t>" +
                        numbered([](int i) { return fmt::format("<q{}/>", i); }, 200),
                    numbered([&](int i) { return calculated(fmt::format("q{}", i), match); }, 200));
     },
     1, "steps"},
    {"ManyDearExpressions", ".xml",
     [] {
       return xform(numbered([](int i) { return fmt::format("<q{}/>", i); }, 2'000),
                    "<instance id=\"l\"><root>" + repeated("<i><n>1</n></i>", 20'000) +
                        "</root></instance>" +
                        numbered(
                            [](int i) {
                              return calculated(fmt::format("q{}", i),
                                                "count(instance('l')//*[. = 1])");
                            },
                            2'000));
     },
     1, "too much at once"},
    {"ManyLongFilteredLists", ".xml",
     [] {
       return xform(
           "<t>1</t>" + numbered([](int i) { return fmt::format("<q{}/>", i); }, 2'000),
           "<instance id=\"l\"><root>" +
               numbered([](int i) { return fmt::format("<i><n>{}</n></i>", i); }, 20'000) +
               "</root></instance>",
           numbered(
               [](int i) {
                 return fmt::format(
                     "<select1 ref=\"/data/q{}\"><itemset nodeset=\"instance('l')/root/i[n &gt; "
                     "/data/t]\"><value ref=\"n\"/><label ref=\"n\"/></itemset></select1>",
                     i);
               },
               2'000));
     },
     1, "too much at once"},
    {"GrowingTexts", ".md", [] { return growing_text(6); }, 1, "1 MiB"},
    {"Circle", ".md",
     [] {
       return survey(numbered(
           [](int i) {
             return fmt::format("| | calculate | a{} | | ${{a{}}} + 1 |\n", i, (i + 1) % 2'000);
           },
           2'000));
     },
     1, "circle"},
    {"RepeatOfAThousandMillion", ".md",
     [] {
       return survey(
           "| | begin repeat | r | R | | 1000000000 |\n| | text | a | A |\n| | end repeat |\n");
     },
     0, ""},
    {"RepeatsInRepeats", ".md",
     [] {
       return survey(
           numbered(
               [](int i) { return fmt::format("| | begin repeat | r{} | R | | 10000 |\n", i); },
               8) +
           "| | text | a | A |\n" + repeated("| | end repeat |\n", 8));
     },
     0, ""},
    {"RepeatThatCountsItself", ".md",
     [] {
       return survey(
           "| | begin repeat | r | R | | count(${r}) + 1 |\n| | text | a | A |\n| | end repeat "
           "|\n");
     },
     1, "too much at once"},
    {"LongList", ".md",
     [] {
       return survey(
           "| | select_multiple c | q | Q |\n",
           "| choices |\n| | list_name | name | label |\n" +
               numbered([](int i) { return fmt::format("| | c | n{0} | L{0} |\n", i); }, 99'000));
     },
     0, ""},
    {"LoopOverAList", ".md",
     [] {
       return survey(
           "| | begin loop over c | l | L |\n" +
               numbered([](int i) { return fmt::format("| | text | q{} | Q |\n", i); }, 3'000) +
               "| | end loop |\n",
           "| choices |\n| | list_name | name | label |\n" +
               numbered([](int i) { return fmt::format("| | c | n{0} | L{0} |\n", i); }, 3'000));
     },
     1, "unrolls"},
    {"ActionsThatSetEachOther", ".xml",
     [] {
       return xform(
           "<a/><b/>", "<setvalue event=\"odk-instance-first-load\" ref=\"/data/a\" value=\"1\"/>",
           "<input ref=\"/data/a\"><setvalue event=\"xforms-value-changed\" ref=\"/data/b\" "
           "value=\"/data/a + 1\"/></input><input ref=\"/data/b\"><setvalue "
           "event=\"xforms-value-changed\" ref=\"/data/a\" value=\"/data/b + 1\"/></input>");
     },
     0, ""},
};

class HostileForm : public testing::TestWithParam<Hostile> {};

TEST_P(HostileForm, IsAnsweredWithinBounds) {
  const Hostile& hostile = GetParam();
  const test::TemporaryFolder folder;
  const std::string content = hostile.content();
  const std::string file = folder.put("form" + std::string(hostile.ending), as_bytes(content));
  std::vector<std::string> arguments{VIGIL_BIN_DIR "/vigilctl", "form", "check", file};
#if !defined(__SANITIZE_ADDRESS__)
  // Address space, so that what is asked for and never touched counts too.
  arguments.insert(arguments.begin(), {"prlimit", "--as=1073741824"});
#endif
  const auto cpu_s = [](const rusage& usage) {
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  };
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_CHILDREN, &before);
  const auto result = run_program(arguments);
  getrusage(RUSAGE_CHILDREN, &after);
  fmt::print("{}: {:.2f} s of CPU; the largest so far took {} MiB\n", hostile.name,
             cpu_s(after) - cpu_s(before), after.ru_maxrss / 1024);
  EXPECT_EQ(result.exit_status, hostile.exit_status) << result.errors;
  EXPECT_NE(result.errors.find(hostile.errors), std::string::npos) << result.errors;
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(after.ru_maxrss, kMostResidentKib);
#endif
}

INSTANTIATE_TEST_SUITE_P(All, HostileForm, testing::ValuesIn(kHostile),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace vigil
