// SPDX-License-Identifier: Apache-2.0
#include "core/trust/enrolment.h"

#include <set>

#include <gtest/gtest.h>

#include "core/crypto/hash.h"
#include "core/trust/fingerprint_words.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

minisign::PublicKey key_of(std::uint8_t fill) {
  minisign::PublicKey key;
  key.key_number.fill(fill);
  key.point.fill(fill);
  return key;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string verdict(std::string_view text) {
  const auto result = read_request(text);
  return result ? "ok" : result.error().code;
}

TEST(Request, ReadsBackWhatTheTabletWrote) {
  const auto key = minisign::SecretKey::generate();
  const std::string text = write_request(key, "tablet-1");
  const auto request = read_request(text);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->device, key.public_key());
  EXPECT_EQ(request->label, "tablet-1");
  EXPECT_LE(write_request(key, std::string(32, 'a')).size(), kRequestLimitBytes);
}

TEST(Request, EveryChangedByteEveryCutAndEveryAdditionIsRefused) {
  const std::string text = write_request(minisign::SecretKey::generate(), "tablet-1");
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const int bit : {0x01, 0x20}) {
      std::string damaged = text;
      damaged[i] = static_cast<char>(damaged[i] ^ bit);
      EXPECT_NE(verdict(damaged), "ok") << i;
    }
    EXPECT_NE(verdict(text.substr(0, i)), "ok") << i;
  }
  EXPECT_NE(verdict(text + "\n"), "ok");
  EXPECT_NE(verdict(text + text), "ok");
}

TEST(Request, ASwappedKeyIsRefused) {
  const std::string mine = write_request(minisign::SecretKey::generate(), "tablet-1");
  const std::string theirs = write_request(minisign::SecretKey::generate(), "tablet-1");
  const auto signature = mine.find("untrusted comment");
  EXPECT_EQ(verdict(theirs.substr(0, theirs.find("untrusted comment")) + mine.substr(signature)),
            "request.signature");
}

// Who holds the way between both can sign a request of his own, under the same label: only the
// words tell. They do, in every language, and every one of them would have to be the same by
// chance.
TEST(Request, AWholeRequestSwappedOnTheWayHasOtherWords) {
  const auto tablet = minisign::SecretKey::generate();
  const auto attacker = minisign::SecretKey::generate();
  const auto came = read_request(write_request(attacker, "tablet-1"));
  ASSERT_TRUE(came);
  EXPECT_EQ(came->label, "tablet-1");
  const auto mine = read_request(write_request(tablet, "tablet-1"));
  for (const auto language : {WordLanguage::kEnglish, WordLanguage::kRussian}) {
    const auto shown_by_tablet = fingerprint_words(tablet.public_key(), language);
    EXPECT_EQ(fingerprint_words(mine->device, language), shown_by_tablet);
    const auto shown_by_office = fingerprint_words(came->device, language);
    std::size_t same = 0;
    for (std::size_t i = 0; i < shown_by_tablet.size(); ++i)
      if (shown_by_tablet[i] == shown_by_office[i]) ++same;
    EXPECT_LE(same, 4U) << "of sixteen";
    EXPECT_NE(fingerprint_text(came->device, language),
              fingerprint_text(tablet.public_key(), language));
  }
}

TEST(Request, ALabelThatIsNoCodeIsRefused) {
  std::string text = write_request(minisign::SecretKey::generate(), "tablet-1");
  text.replace(text.find("tablet-1"), 8, "Anna Ivanova");
  EXPECT_EQ(verdict(text), "request.format");
}

// These words are frozen: a tablet and an office of different versions must say the same.
TEST(Fingerprint, WordsAreFrozen) {
  EXPECT_EQ(joined(fingerprint_words(key_of(0), WordLanguage::kEnglish)),
            "cousin bread toast tunnel owl twelve ring cricket onion pony cherry lemon silver "
            "pilot peach robot");
  EXPECT_EQ(joined(fingerprint_words(key_of(0), WordLanguage::kRussian)),
            "девять ваза хлеб цемент пчела цифра сыр диван погода сердце глина набор тыква сапог "
            "рука табурет");
  EXPECT_EQ(joined(fingerprint_words(key_of(0xa5), WordLanguage::kEnglish)),
            "biscuit tennis square fabric avenue glove zigzag dancer tree wolf lantern finger "
            "school valley walnut receipt");
  EXPECT_EQ(joined(fingerprint_words(key_of(0xa5), WordLanguage::kRussian)),
            "бревно форель утро игла багаж клен ящерица енот хомяк якорь мыло июль трамвай часы "
            "шляпа суббота");
}

TEST(Fingerprint, AnotherKeyOrKeyNumberHasOtherWords) {
  const auto words = fingerprint_words(key_of(1), WordLanguage::kEnglish);
  ASSERT_EQ(words.size(), kFingerprintWords);
  minisign::PublicKey other = key_of(1);
  other.point[31] ^= 1;
  EXPECT_NE(fingerprint_words(other, WordLanguage::kEnglish), words);
  other = key_of(1);
  other.key_number[0] ^= 1;
  EXPECT_NE(fingerprint_words(other, WordLanguage::kEnglish), words);
}

TEST(Fingerprint, TextIsFourRowsOfTheSameWords) {
  std::string flat = fingerprint_text(key_of(3), WordLanguage::kRussian);
  EXPECT_EQ(std::count(flat.begin(), flat.end(), '\n'), 4);
  EXPECT_EQ(flat.back(), '\n');
  flat.pop_back();
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  EXPECT_EQ(flat, joined(fingerprint_words(key_of(3), WordLanguage::kRussian)));
}

// Letters, not bytes: Russian letters are two bytes of UTF-8.
std::u32string letters(std::string_view text) {
  std::u32string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || byte >= 0xc0) {
      out.push_back(byte);
    } else {
      out.back() = out.back() << 6 | (byte & 0x3f);
    }
  }
  return out;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

TEST(Fingerprint, NoTwoWordsOfALanguageAreCloseInSpelling) {
  for (const auto& list : {kEnglishWords, kRussianWords}) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      EXPECT_GE(letters(list[i]).size(), 3U) << list[i];
      EXPECT_LE(letters(list[i]).size(), 8U) << list[i];
      for (std::size_t j = 0; j < i; ++j) {
        EXPECT_GE(edit_distance(letters(list[i]), letters(list[j])), 2U) << list[i] << list[j];
        EXPECT_NE(letters(list[i]).substr(0, 4), letters(list[j]).substr(0, 4)) << list[i];
      }
    }
  }
}

TEST(Fingerprint, ListsAreFrozen) {
  std::string english;
  std::string russian;
  for (const auto word : kEnglishWords) english += std::string(word) + "\n";
  for (const auto word : kRussianWords) russian += std::string(word) + "\n";
  EXPECT_EQ(hex_encode(crypto::blake2b_256(as_bytes(english))),
            "399538bc51f32ed51b64549b1da8f8489937d36ecc3933a38f54ee28e0667697");
  EXPECT_EQ(hex_encode(crypto::blake2b_256(as_bytes(russian))),
            "e09d27035cfec5bac99c04d5645a7282ac2acae4e66a5481861defe94d6b55d6");
}

}  // namespace
}  // namespace vigil::trust
