// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytes.h"

#include <gtest/gtest.h>

namespace vigil {
namespace {

using namespace std::string_view_literals;

TEST(Base64, OnlyTheCanonicalSpellingIsRead) {
  EXPECT_EQ(base64_encode(as_bytes("any carnal pleas")), "YW55IGNhcm5hbCBwbGVhcw==");
  EXPECT_EQ(base64_encode_unpadded(as_bytes("any carnal pleas")), "YW55IGNhcm5hbCBwbGVhcw");
  EXPECT_EQ(base64_decode("YW55IGNhcm5hbCBwbGVhcw=="), to_bytes("any carnal pleas"));
  for (const char* text : {"YW55IGNhcm5hbCBwbGVhcw", "YW55IGNhcm5hbCBwbGVhcw=",
                           "YW55IGNhcm5hbCBwbGVhcx==", "YW5 ", "YW5\n", "Y===", "====", "YQ=a"}) {
    EXPECT_FALSE(base64_decode(text).has_value()) << text;
  }
  EXPECT_FALSE(base64_decode_unpadded("YW55IGNhcm5hbCBwbGVhcw==").has_value());
}

TEST(Hex, OnlyLowerCasePairsAreRead) {
  EXPECT_EQ(hex_encode(Bytes{0x00, 0xab, 0xff}), "00abff");
  EXPECT_EQ(hex_decode("00abff"), (Bytes{0x00, 0xab, 0xff}));
  for (const char* text : {"0", "0A", "g0", " 00", "0x"})
    EXPECT_FALSE(hex_decode(text).has_value()) << text;
}

TEST(Utf8, OverlongFormsSurrogatesAndCutsAreRefused) {
  EXPECT_TRUE(is_utf8("Қ ғ ӯ ʼ 😀 \xf4\x8f\xbf\xbf"));
  for (const auto text :
       {"\xc0\x80"sv, "\xe0\x80\x80"sv, "\xf0\x80\x80\x80"sv, "\xed\xa0\x80"sv,
        "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\x80"sv, "a\xd0"sv, "\xe2\x82"sv, "\xff"sv}) {
    EXPECT_FALSE(is_utf8(text)) << hex_encode(as_bytes(text));
  }
}

TEST(XmlText, WhatXmlCannotHoldIsRefused) {
  EXPECT_TRUE(is_xml_text("two lines\n\tand \"]]>\" & <tags> 😀\r"));
  for (const auto text :
       {"a\0b"sv, "\x1b[31m"sv, "\x07"sv, "\xef\xbf\xbe"sv, "\xef\xbf\xbf"sv, "\xed\xa0\x80"sv}) {
    EXPECT_FALSE(is_xml_text(text)) << hex_encode(as_bytes(text));
  }
}

TEST(Printable, NothingSteersATerminalOrTurnsTheText) {
  EXPECT_EQ(printable("plain, две строки\nвторая"), "plain, две строки\nвторая");
  for (const auto text :
       {"\x1b[2J"sv, "\r"sv, "\xe2\x80\xae"sv, "\xc2\x9b"sv, "\x7f"sv, "\xff"sv}) {
    const std::string shown = printable(text);
    EXPECT_TRUE(shown.starts_with("\xef\xbf\xbd")) << hex_encode(as_bytes(text));
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  }
}

}  // namespace
}  // namespace vigil
