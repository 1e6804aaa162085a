// SPDX-License-Identifier: Apache-2.0
#include "forms/tree/tree.h"

#include <gtest/gtest.h>

namespace vigil::forms {
namespace {

std::unique_ptr<Document> parse(std::string_view xml, TextNodes text = TextNodes::kLeafValues) {
  auto parsed = parse_document(xml, std::make_shared<NameTable>(), text);
  EXPECT_TRUE(parsed.has_value()) << (parsed.has_value() ? "" : parsed.error().message);
  return parsed.has_value() ? std::move(*parsed) : nullptr;
}

std::string error_of(std::string_view xml) {
  auto parsed = parse_document(xml, std::make_shared<NameTable>(), TextNodes::kLeafValues);
  return parsed.has_value() ? "" : parsed.error().code;
}

TEST(Names, SameNameIsSameNumber) {
  NameTable names;
  EXPECT_EQ(names.intern("", "a"), names.intern("", "a"));
  EXPECT_NE(names.intern("", "a"), names.intern("u", "a"));
  EXPECT_EQ(names.local_id(names.intern("", "a")), names.local_id(names.intern("u", "a")));
  EXPECT_EQ(names.uri(names.intern("u", "a")), "u");
  EXPECT_EQ(names.intern("", ""), kNoName);
}

TEST(Tree, LeafTextIsItsValueAndLayoutIsDropped) {
  const auto document = parse("<data>\n  <a> x </a>\n  <b>1<!-- no -->2</b>\n <c>\n </c></data>");
  const Node& data = *document->root_element();
  EXPECT_EQ(data.value(), "");
  EXPECT_EQ(data.first_child()->value(), " x ");
  EXPECT_EQ(data.first_child()->next_sibling()->value(), "12");
  EXPECT_EQ(data.last_child()->value(), "");
  EXPECT_EQ(string_value(data), " x 12");
}

TEST(Tree, WhatXmlCannotHoldIsNotRead) {
  const auto document = parse(
      "<data at=\"x\x01y\"><a>\x11</a><b>1\x02"
      "2</b></data>");
  const Node& data = *document->root_element();
  EXPECT_EQ(data.first_attribute()->value(), "xy");
  EXPECT_EQ(serialise(*document, data), "<data at=\"xy\"><a/><b>12</b></data>");
}

TEST(Tree, KeptTextIsNodes) {
  const auto document = parse("<a>x<b>y</b><!--c--><?t d?>z</a>", TextNodes::kKept);
  const Node& a = *document->root_element();
  EXPECT_EQ(a.first_child()->kind(), NodeKind::kText);
  EXPECT_EQ(string_value(a), "xyz");
  EXPECT_EQ(serialise(*document, document->root()), "<a>x<b>y</b><!--c--><?t d?>z</a>");
}

TEST(Tree, HostileXmlIsRefused) {
  EXPECT_EQ(error_of("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), "xml.doctype");
  EXPECT_EQ(error_of("<a>"), "xml.syntax");
  EXPECT_EQ(error_of(""), "xml.syntax");
  EXPECT_EQ(error_of("<a><x:b/></a>"), "xml.prefix");
  EXPECT_EQ(error_of("<a :r:b=\"\"/>"), "xml.name");
  EXPECT_EQ(error_of("<a xmlns:r=\"u\" r:b:c=\"\"/>"), "xml.name");
  EXPECT_EQ(error_of("<a xmlns:r=\"u\"><r:/></a>"), "xml.name");
  EXPECT_EQ(error_of("<a xmlns:r:s=\"u\"/>"), "xml.name");
  EXPECT_EQ(error_of("<a xmlns:r=\"u\"><r:1c/></a>"), "xml.name");
  EXPECT_EQ(error_of("<a>\xC3\x28</a>"), "xml.encoding");
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<a>";
  deep += "x";
  for (int i = 0; i < 10'000; ++i) deep += "</a>";
  EXPECT_EQ(error_of(deep), "xml.depth");
  std::string many = "<a>";
  for (std::size_t i = 0; i < kMaxDocumentMarks; ++i) many += "<b/>";
  EXPECT_EQ(error_of(many + "</a>"), "xml.size");
}

TEST(Tree, MoreAttributesOrNamespacesThanAnyDocumentHasAreRefused) {
  std::string attributes = "<a";
  std::string namespaces = "<r>";
  for (int i = 0; i < 1001; ++i) attributes += " a" + std::to_string(i) + "=''";
  for (int i = 0; i < 300; ++i) {
    const std::string at = std::to_string(i);
    namespaces += "<p" + at + ":a xmlns:p" + at + "='u" + at + "'/>";
  }
  for (const std::string& xml : {attributes + "/>", namespaces + "</r>"}) {
    const auto read = parse_document(xml, std::make_shared<NameTable>(), TextNodes::kLeafValues);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, "xml.size");
  }
}

TEST(Tree, SyntaxErrorNamesThePlace) {
  auto parsed =
      parse_document("<a>\n<b></c></a>", std::make_shared<NameTable>(), TextNodes::kLeafValues);
  ASSERT_FALSE(parsed.has_value());
  EXPECT_NE(parsed.error().message.find("line 2"), std::string::npos) << parsed.error().message;
}

// Long enough that the root keeps an index.
std::unique_ptr<Document> wide() {
  std::string xml = "<data>";
  for (int i = 0; i < 20; ++i) xml += "<q" + std::to_string(i) + ">v</q" + std::to_string(i) + ">";
  return parse(xml + "<p><n>1</n></p><p><n>2</n></p><end/></data>");
}

TEST(Tree, ChildrenByNameFollowInsertionAndRemoval) {
  const auto document = wide();
  Node& data = *document->root_element();
  const LocalId p = document->names()->intern_local("p");
  ASSERT_EQ(data.children_by_local(p).count, 2U);
  Node* first = data.child_by_local(p);
  Node* second = first->next_sibling();

  Node& third = document->copy(*second);
  document->insert_after(*second, third);
  EXPECT_EQ(data.children_by_local(p).count, 3U);
  EXPECT_EQ(data.children_by_local(p).first, first);
  EXPECT_EQ(third.position_among_same_name(), 3U);

  Node& before = document->copy(*first);
  document->insert_before(*first, before);
  EXPECT_EQ(data.children_by_local(p).first, &before);

  document->remove(before);
  document->remove(*first);
  EXPECT_EQ(data.children_by_local(p).first, second);
  EXPECT_EQ(data.children_by_local(p).count, 2U);
  document->remove(*second);
  document->remove(third);
  EXPECT_EQ(data.children_by_local(p).count, 0U);
  EXPECT_EQ(data.child_by_local(p), nullptr);
  document->append(data, document->create_element(document->names()->intern("", "p"), "x"));
  EXPECT_EQ(data.child_by_local(p)->value(), "x");
  EXPECT_EQ(data.child_by_name(document->names()->intern("", "p")), data.last_child());
}

TEST(Tree, OrderFollowsInsertion) {
  const auto document = wide();
  Node& data = *document->root_element();
  EXPECT_LT(document->compare_order(*data.first_child(), *data.last_child()), 0);
  Node& moved = *data.first_child();
  document->detach(moved);
  document->append(data, moved);
  EXPECT_GT(document->compare_order(moved, *data.first_child()), 0);
}

TEST(Tree, KeysAreFoundInDocumentOrder) {
  const auto document = parse(
      "<root><item><name>a</name><c>1</c></item><item><name>b</name><c>2</c></item>"
      "<item><name>a</name><c>3</c></item><other><name>a</name></other></root>");
  document->freeze();
  const auto id = [&](std::string_view name) { return document->names()->intern_local(name); };
  const Node& root = *document->root_element();
  const KeyMatches& found = *document->by_key(root, id("item"), id("name"), "a");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], root.first_child());
  EXPECT_EQ(string_value(*found[1]), "a3");
  EXPECT_TRUE(document->by_key(root, id("item"), id("name"), "z")->empty());
  EXPECT_EQ(document->by_key(root, id("item"), id(""), "b2")->size(), 1U);
}

TEST(Serialise, KeepsNamespacesAndEscapes) {
  const std::string xml =
      "<data xmlns=\"http://u\" xmlns:orx=\"http://o\" id=\"a&quot;&lt;\"><orx:meta orx:k=\"v\">"
      "<orx:i>&lt;&amp;</orx:i></orx:meta><b/></data>";
  const auto document = parse(xml);
  const std::string out = serialise(*document, document->root());
  const auto again = parse(out);
  EXPECT_EQ(serialise(*again, again->root()), out);
  EXPECT_NE(out.find("<orx:meta xmlns:orx=\"http://o\" orx:k=\"v\">"), std::string::npos) << out;
  EXPECT_NE(out.find("&lt;&amp;"), std::string::npos);
}

TEST(Serialise, ChoosesWhatIsWritten) {
  const auto document = parse("<d><a>1</a><b>2</b><c><e>3</e></c></d>");
  SerialiseOptions options;
  options.choose = [&](const Node& node) {
    const std::string_view name = document->names()->local(node.name());
    if (name == "a") return SerialiseChoice::kWithoutValue;
    return name == "c" ? SerialiseChoice::kDrop : SerialiseChoice::kWhole;
  };
  EXPECT_EQ(serialise(*document, document->root(), options), "<d><a/><b>2</b></d>");
}

TEST(Positions, PathAndBack) {
  const auto document = parse("<a k=\"v\">t<b/><b>u</b></a>", TextNodes::kKept);
  for (const char* path : {"/", "/*[1]", "/*[1]/*[2]", "/*[1]/*[2]/text()[1]", "/*[1]/@k"}) {
    const Node* node = node_at(document->root(), path);
    ASSERT_NE(node, nullptr) << path;
    EXPECT_EQ(positional_path(*node), path);
  }
  for (const char* path :
       {"", "x", "/*[3]/*[1]", "/*[0]", "/*", "/*[1]/@z", "/*[9999999999999999999]"}) {
    const Node* node = node_at(document->root(), path);
    EXPECT_TRUE(node == nullptr || *path == '\0') << path;
  }
}

}  // namespace
}  // namespace vigil::forms
