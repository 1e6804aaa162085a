// SPDX-License-Identifier: Apache-2.0
#include "core/base/language.h"

#include <gtest/gtest.h>

namespace vigil {
namespace {

TEST(Language, ItsCodeStandsInTheBracketsOfItsName) {
  EXPECT_EQ(language_code("Русский (ru)"), "ru");
  EXPECT_EQ(language_code("Oʻzbekcha (lotin) (uz)"), "uz");
  EXPECT_EQ(language_code("English"), "English");
  EXPECT_EQ(language_code(")("), ")(");
  EXPECT_EQ(language_code(""), "");
}

TEST(Language, EachOfTheRegionWritesACommaAndEnglishAPoint) {
  for (const char* code : {"ru", "kk", "ky", "uz", "tg", "tk", "uz-Latn", "kk_KZ"}) {
    EXPECT_EQ(decimal_mark(code), ',') << code;
  }
  for (const char* code : {"en", "", "x", "zh"}) EXPECT_EQ(decimal_mark(code), '.') << code;
}

TEST(Language, OnlyANumberWithAFractionGetsTheMark) {
  EXPECT_EQ(written_number("18.5", ','), "18,5");
  EXPECT_EQ(written_number("-0.25", ','), "-0,25");
  EXPECT_EQ(written_number("18.5", '.'), "18.5");
  for (const char* text : {"", "18", "1.", ".5", "-.5", "21.11.2026", "18.5 h", "1e5", "a.b"}) {
    EXPECT_EQ(written_number(text, ','), text);
  }
}

}  // namespace
}  // namespace vigil
