// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "forms/xform/form.h"

namespace vigil::forms {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// tests/vectors/forms/xform: NAME.xml must be refused with the code in NAME.error.
TEST(XformVectors, EachBrokenFormIsRefusedForItsOwnFault) {
  const std::filesystem::path folder =
      std::filesystem::path(VIGIL_SOURCE_DIR) / "tests/vectors/forms/xform";
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".error") continue;
    ++count;
    std::string code = content(file.path());
    code.resize(code.find_last_not_of("\n") + 1);
    std::filesystem::path form = file.path();
    const auto loaded = load_xform(content(form.replace_extension(".xml")), {});
    ASSERT_FALSE(loaded.has_value()) << form;
    EXPECT_EQ(loaded.error().code, code) << form << ": " << loaded.error().message;
    EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalid);
  }
  EXPECT_GE(count, 13U);
}

std::string xform(std::string_view model, std::string_view body = "") {
  return fmt::format(
      R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:vigil="urn:x-vigil:xforms"><h:head><h:title> A form </h:title><model>{}</model></h:head><h:body>{}</h:body></h:html>)",
      model, body);
}

TEST(Xform, SaysWhatItIs) {
  const auto form = load_xform(
      xform("<itext><translation lang=\"Русский (ru)\"><text id=\"x\"><value>р</value></text>"
            "</translation><translation lang=\"English (en)\" default=\"true()\"/></itext>"
            "<instance><data id=\"visit\" version=\"7\"><a/></data></instance>"),
      {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  EXPECT_EQ((*form)->id(), "visit");
  EXPECT_EQ((*form)->version(), "7");
  EXPECT_EQ((*form)->title(), "A form");
  EXPECT_EQ((*form)->languages(), (std::vector<std::string>{"English (en)", "Русский (ru)"}));
}

TEST(Xform, ItsTitleMayHaveLanguagesOfItsOwn) {
  const auto form = load_xform(
      xform("<itext><translation lang=\"English (en)\"><text id=\"vigil:title\"><value>A form"
            "</value></text></translation><translation lang=\"Русский (ru)\"><text "
            "id=\"vigil:title\"><value>Анкета</value></text></translation><translation "
            "lang=\"Кыргызча (ky)\"><text id=\"vigil:title\"><value>-</value></text>"
            "</translation></itext><instance><data id=\"d\"><a/></data></instance>"),
      {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  EXPECT_EQ((*form)->title(), "A form");
  EXPECT_EQ((*form)->title_in("Русский (ru)"), "Анкета");
  EXPECT_EQ((*form)->title_in("Кыргызча (ky)"), "A form");
  EXPECT_EQ((*form)->title_in("Deutsch (de)"), "A form");
}

TEST(Xform, CycleNamesItsMembersAndNoOthers) {
  const auto form = load_xform(xform("<instance><data id=\"d\"><a/><b/><c/><d/></data></instance>"
                                     "<bind nodeset=\"/data/a\" calculate=\"/data/d\"/>"
                                     "<bind nodeset=\"/data/b\" calculate=\"/data/c + 1\"/>"
                                     "<bind nodeset=\"/data/c\" relevant=\"/data/b = 2\"/>"),
                               {});
  ASSERT_FALSE(form.has_value());
  EXPECT_NE(form.error().message.find("/data/b"), std::string::npos) << form.error().message;
  EXPECT_NE(form.error().message.find("/data/c"), std::string::npos) << form.error().message;
  EXPECT_EQ(form.error().message.find("/data/a"), std::string::npos) << form.error().message;
}

TEST(Xform, WhatDecidesNothingForOthersClosesNoCircle) {
  const auto form = load_xform(
      xform("<instance><data id=\"d\"><a/><b/></data></instance>"
            "<bind nodeset=\"/data/a\" readonly=\"/data/b = 1\" constraint=\". &gt; /data/b\" "
            "required=\"/data/a = ''\"/>"
            "<bind nodeset=\"/data/b\" readonly=\"/data/a = 1\"/>"),
      {});
  EXPECT_TRUE(form.has_value()) << form.error().message;
}

TEST(Xform, PreviousRepeatInstanceClosesNoCircle) {
  const auto form = load_xform(
      xform("<instance><data id=\"d\"><r><total/><x/></r></data></instance>"
            "<bind nodeset=\"/data/r/total\" calculate=\"../x + coalesce(/data/r[position() = "
            "position(current()/..) - 1]/total, 0)\"/>",
            "<repeat nodeset=\"/data/r\"><input ref=\"/data/r/x\"/></repeat>"),
      {});
  EXPECT_TRUE(form.has_value()) << form.error().message;
}

TEST(Xform, BoundToNothingIsAWarning) {
  const auto form = load_xform(xform("<instance><data id=\"d\"><a/></data></instance>"
                                     "<bind nodeset=\"/data/none\" type=\"int\"/>",
                                     "<input ref=\"/data/gone\"/>"),
                               {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  EXPECT_EQ((*form)->warnings().size(), 2U);
}

TEST(Xform, ReadingWhatIsNotThereIsAWarning) {
  const auto form = load_xform(
      R"x(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model><instance><data id="d"><a/><g><b/></g></data></instance><bind nodeset="/data/a" relevant="../g/b = yes" constraint=". &lt;= today"/><bind nodeset="/data/g/b" constraint="/data/a = 'yes' and ../../a != '' and count(/data/*) &gt; 1"/></model></h:head><h:body/></h:html>)x",
      {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  ASSERT_EQ((*form)->warnings().size(), 2U);
  EXPECT_NE((*form)->warnings()[0].find("An expression of /data/a reads \"yes\""),
            std::string::npos);
  EXPECT_NE((*form)->warnings()[1].find("reads \"today\""), std::string::npos);
}

TEST(Xform, AnExpressionInALabelThatCannotBeReadIsAWarning) {
  const auto form = load_xform(
      xform("<instance><data id=\"d\"><a/></data></instance>",
            "<input ref=\"/data/a\"><label>Name <output value=\"1 &amp;lt; 2\"/>?</label></input>"),
      {});
  ASSERT_TRUE(form.has_value()) << form.error().message;
  ASSERT_EQ((*form)->warnings().size(), 1U);
  EXPECT_NE((*form)->warnings()[0].find("label of /data/a"), std::string::npos);
}

TEST(Xform, ListsInFilesAreRead) {
  const auto media = [](std::string_view name) -> std::optional<Bytes> {
    if (name == "a.csv") return to_bytes("\xEF\xBB\xBFname,label\nx,\"X, \"\"big\"\"\"\r\ny,Y\n");
    if (name == "b.geojson")
      return to_bytes(
          R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"p1","geometry":{"type":"Point","coordinates":[74.5,42.8]},"properties":{"title":"Place"}}]})");
    if (name == "c.xml") return to_bytes("<root><item><name>z</name></item></root>");
    return std::nullopt;
  };
  const auto form = load_xform(xform("<instance><data id=\"d\"><a/></data></instance>"
                                     "<instance id=\"a\" src=\"jr://file-csv/a.csv\"/>"
                                     "<instance id=\"b\" src=\"jr://file/b.geojson\"/>"
                                     "<instance id=\"c\" src=\"jr://file/c.xml\"/>"
                                     "<instance id=\"none\" src=\"jr://file/none.csv\"/>"),
                               media);
  ASSERT_TRUE(form.has_value()) << form.error().message;
  const auto& own = static_cast<const Form&>(**form);
  ASSERT_EQ(own.secondary.size(), 4U);
  EXPECT_EQ(string_value(*own.secondary[0].second->root_element()->first_child()), "xX, \"big\"");
  EXPECT_EQ(string_value(*own.secondary[1].second->root_element()), "42.8 74.5 0 0Placep1");
  EXPECT_EQ(string_value(*own.secondary[2].second->root_element()), "z");
  EXPECT_EQ((*form)->warnings().size(), 1U);
}

TEST(Xform, ListThatIsNotWhatItSaysIsRefused) {
  const auto form = load_xform(xform("<instance><data id=\"d\"><a/></data></instance>"
                                     "<instance id=\"b\" src=\"jr://file/b.geojson\"/>"),
                               [](std::string_view) { return std::optional(to_bytes("[1,2")); });
  ASSERT_FALSE(form.has_value());
  EXPECT_EQ(form.error().code, "xform.geojson");
}

TEST(Xform, ListWithAnOpenQuotationMarkIsRefused) {
  const auto form = load_xform(
      R"x(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model><instance><data id="d"/></instance><instance id="l" src="jr://file-csv/l.csv"/></model></h:head><h:body/></h:html>)x",
      [](std::string_view) -> std::optional<Bytes> {
        const std::string_view text = "name,label\nosh,Osh\n\"jal,Jalal\nnar,Naryn\n";
        return Bytes(as_bytes(text).begin(), as_bytes(text).end());
      });
  ASSERT_FALSE(form.has_value());
  EXPECT_NE(form.error().message.find("never closed"), std::string::npos) << form.error().message;
}

TEST(Xform, ListOfMoreCellsThanAnyListHasIsRefused) {
  // A wide header and rows of nothing: few bytes, many nodes.
  std::string csv;
  for (int i = 0; i < 2'000; ++i) csv += fmt::format("c{},", i);
  csv += "name\n";
  for (int i = 0; i < 1'000; ++i) csv += "x\n";
  const auto form = load_xform(xform("<instance><data id=\"d\"/></instance>"
                                     "<instance id=\"list\" src=\"jr://file-csv/list.csv\"/>"),
                               [&](std::string_view) { return std::optional(to_bytes(csv)); });
  ASSERT_FALSE(form.has_value());
  EXPECT_EQ(form.error().code, "xform.csv");
}

TEST(Xform, ManyNodesInOneGroupStayQuick) {
  // Quadratic work would take minutes here.
  std::string instance = "<instance><data id=\"d\">";
  for (int i = 0; i < 50'000; ++i) instance += fmt::format("<n{}/>", i);
  const auto form = load_xform(xform(instance + "</data></instance>"), {});
  EXPECT_TRUE(form.has_value()) << form.error().message;
}

TEST(Xform, MoreNodesThanAnyFormHasAreRefused) {
  std::string instance = "<instance><data id=\"d\">";
  for (int i = 0; i < 200'100; ++i) instance += fmt::format("<n{}/>", i);
  const auto form = load_xform(xform(instance + "</data></instance>"), {});
  ASSERT_FALSE(form.has_value());
  EXPECT_EQ(form.error().code, "xform.size");
}

}  // namespace
}  // namespace vigil::forms
