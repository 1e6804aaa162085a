// SPDX-License-Identifier: Apache-2.0
#include "app/words/words.h"

#include <gtest/gtest.h>

namespace vigil::words {
namespace {

// A catalogue as msgfmt writes it, little-endian: header, two tables, texts.
Bytes catalogue(const std::vector<std::pair<std::string, std::string>>& messages) {
  Bytes file;
  const auto put = [&](std::size_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      file.push_back(static_cast<std::uint8_t>((number >> shift) & 0xFFU));
    }
  };
  const std::size_t count = messages.size();
  for (const std::size_t number : {std::size_t{0x950412DE}, std::size_t{0}, count, std::size_t{28},
                                   28 + count * 8, std::size_t{0}, std::size_t{0}}) {
    put(number);
  }
  std::size_t at = 28 + count * 16;
  std::string texts;
  for (const bool translation : {false, true}) {
    for (const auto& [original, translated] : messages) {
      const std::string& text = translation ? translated : original;
      put(text.size());
      put(at + texts.size());
      texts += text + '\0';
    }
  }
  file.insert(file.end(), texts.begin(), texts.end());
  return file;
}

constexpr char kRussianHeader[] =
    "Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);\n";

TEST(Words, TranslatesAndFallsBackToEnglish) {
  const Words words = Words::parse(catalogue({{"", kRussianHeader}, {"Hide", "Скрыть"}})).value();
  EXPECT_EQ(words("Hide"), "Скрыть");
  EXPECT_EQ(words("Show"), "Show");
  EXPECT_EQ(Words()("Hide"), "Hide");
}

TEST(Words, PluralsFollowTheLanguagesOwnRule) {
  const std::string key = std::string("{0} waits") + '\0' + "{0} wait";
  const std::string forms = std::string("{0} ждёт") + '\0' + "{0} ждут" + '\0' + "{0} ждут (много)";
  const Words words = Words::parse(catalogue({{"", kRussianHeader}, {key, forms}})).value();
  EXPECT_EQ(words.plural("{0} waits", "{0} wait", 1), "1 ждёт");
  EXPECT_EQ(words.plural("{0} waits", "{0} wait", 3), "3 ждут");
  EXPECT_EQ(words.plural("{0} waits", "{0} wait", 11), "11 ждут (много)");
  EXPECT_EQ(words.plural("{0} waits", "{0} wait", 21), "21 ждёт");
  EXPECT_EQ(Words().plural("{0} waits", "{0} wait", 1), "1 waits");
  EXPECT_EQ(Words().plural("{0} waits", "{0} wait", 0), "0 wait");
}

TEST(Words, EveryCutOfACatalogueIsRefusedOrRead) {
  const Bytes whole = catalogue({{"", kRussianHeader}, {"Hide", "Скрыть"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto words = Words::parse(ByteView(whole).first(size));
    if (size < whole.size() - 1) {
      EXPECT_FALSE(words) << size;
    }
  }
}

TEST(Words, APluralRuleIsNotTrusted) {
  EXPECT_FALSE(PluralRule::parse("n/0", 2));
  EXPECT_FALSE(PluralRule::parse("system(n)", 2));
  EXPECT_FALSE(PluralRule::parse(std::string(10'000, '('), 2));
  EXPECT_FALSE(PluralRule::parse("n", 0));
  EXPECT_EQ(PluralRule::parse("n*1000", 2).value().form(7), 1U);
}

TEST(Words, PlacesAreFilledByNumber) {
  EXPECT_EQ(fill("{1} of {0}", {"a", "b"}), "b of a");
  EXPECT_EQ(fill("{0} {7} {", {"a"}), "a {7} {");
}

}  // namespace
}  // namespace vigil::words
