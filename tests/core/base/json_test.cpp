// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include <gtest/gtest.h>

namespace vigil {
namespace {

std::string code_of(std::string_view text, JsonLimits limits = {}) {
  const Result<Json> parsed = parse_canonical_json(text, limits);
  return parsed.has_value() ? "" : parsed.error().code;
}

TEST(Json, WhatIsCanonicalComesBackByteForByte) {
  for (const std::string_view text :
       {R"({})", R"([])", R"("")", R"(0)", R"(-1)", R"(9007199254740992)", R"(true)", R"(false)",
        R"({"b":1,"a":[{"x":""}]})", R"("Ökonom \" \\ \n \t \u0001 / é")",
        "\"\xF0\x9F\x98\x80\""}) {
    const Result<Json> parsed = parse_canonical_json(text, {});
    ASSERT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
    EXPECT_EQ(emit_json(*parsed), text);
  }
}

TEST(Json, EachFaultHasItsCode) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "json.syntax"},
      {"{", "json.syntax"},
      {"[1,]", "json.syntax"},
      {"{\"a\":1,}", "json.syntax"},
      {"{\"a\" 1}", "json.syntax"},
      {"{a:1}", "json.syntax"},
      {"null", "json.syntax"},
      {"\"a", "json.syntax"},
      {"\"\x01\"", "json.syntax"},
      {"\"\\x\"", "json.syntax"},
      {"\"\\u12\"", "json.syntax"},
      {"1 2", "json.syntax"},
      {"-", "json.syntax"},
      {"+1", "json.syntax"},
      {"1.0", "json.number"},
      {"1e3", "json.number"},
      {"01", "json.number"},
      {"9007199254740993", "json.number"},
      {"99999999999999999999999999", "json.number"},
      {"{\"a\":1,\"a\":2}", "json.duplicate"},
      {"{\"a\":1,\"\\u0061\":2}", "json.duplicate"},
      {"[[[[[1]]]]]", "json.depth"},
      {"\"\xC3\"", "json.utf8"},
      {"\"\xED\xA0\x80\"", "json.utf8"},
      {"\"\\ud800\"", "json.utf8"},
      {" 1", "json.canonical"},
      {"1\n", "json.canonical"},
      {"{\"a\": 1}", "json.canonical"},
      {"\"\\u0061\"", "json.canonical"},
      {"\"\\/\"", "json.canonical"},
      {"\"\\u000a\"", "json.canonical"},
      {"\"\\ud83d\\ude00\"", "json.canonical"},
      {"-0", "json.canonical"},
  };
  for (const auto& [text, code] : cases) EXPECT_EQ(code_of(text), code) << text;
  EXPECT_EQ(code_of("\"aaaa\"", {.size_bytes = 5}), "json.size");
}

TEST(Json, DepthIsCountedInListsAndObjects) {
  EXPECT_EQ(code_of("[{\"a\":[{}]}]"), "");
  EXPECT_EQ(code_of("[{\"a\":[{\"b\":[]}]}]"), "json.depth");
  EXPECT_EQ(code_of(std::string(60'000, '[')), "json.depth");
}

TEST(Json, FilesEndInOneNewline) {
  const JsonLimits file{.trailing_newline = true};
  EXPECT_EQ(code_of("{}\n", file), "");
  EXPECT_EQ(code_of("{}", file), "json.canonical");
  EXPECT_EQ(code_of("{}\n\n", file), "json.canonical");
}

Json sample() {
  return Json::Object{
      {"name", "a"}, {"size", std::int64_t{7}}, {"on", true}, {"rest", Json::List{}}};
}

TEST(JsonReader, TakesMembersInTheirOrder) {
  const Json value = sample();
  JsonReader reader(value, "thing.json");
  EXPECT_EQ(reader.string("name"), "a");
  EXPECT_FALSE(reader.next_is("on"));
  EXPECT_EQ(reader.number("size", 0, 7), 7);
  EXPECT_TRUE(reader.next_is("on"));
  EXPECT_TRUE(reader.boolean("on"));
  EXPECT_TRUE(reader.list("rest").empty());
  EXPECT_TRUE(reader.finish().has_value());
}

TEST(JsonReader, TheFirstFailureSticks) {
  const Json value = sample();
  JsonReader reader(value, "thing.json");
  EXPECT_EQ(reader.number("size", 0, 7), 0) << "'name' comes first";
  EXPECT_EQ(reader.string("name"), "");
  const Status done = reader.finish();
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "json.member");
  EXPECT_NE(done.error().message.find("'size'"), std::string::npos) << done.error().message;
}

TEST(JsonReader, RefusesOtherKindsBoundsAndUnknownMembers) {
  const Json value = sample();
  const auto fails = [&](auto read) {
    JsonReader reader(value, "thing.json");
    read(reader);
    return !reader.finish().has_value();
  };
  EXPECT_TRUE(fails([](JsonReader&) {})) << "members that nobody took";
  EXPECT_TRUE(fails([](JsonReader& r) { (void)r.number("name", 0, 1); }));
  EXPECT_TRUE(fails([](JsonReader& r) { (void)r.string("name"), (void)r.number("size", 0, 6); }));
  EXPECT_TRUE(fails([](JsonReader& r) { (void)r.string("name"), (void)r.number("size", 8, 9); }));
  EXPECT_TRUE(fails([](JsonReader& r) { (void)r.list("name"); }));
  EXPECT_TRUE(fails([](JsonReader& r) { (void)r.boolean("name"); }));
  const Json no_object = Json::List{};
  JsonReader reader(no_object, "thing.json");
  EXPECT_FALSE(reader.finish().has_value());
}

}  // namespace
}  // namespace vigil
