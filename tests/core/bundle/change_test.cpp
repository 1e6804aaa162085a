// SPDX-License-Identifier: Apache-2.0
//
// Whatever happens to a bundle on its way, it is refused before anything of it is handed on.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/core/bundle/sample.h"

namespace vigil::bundle {
namespace {

using test::Keys;

class Change : public testing::Test {
 protected:
  void expect_refused(const Bytes& changed, const std::string& what) {
    std::vector<Member> released;
    EXPECT_NE(test::verdict(keys, changed, &released), "") << what;
    EXPECT_TRUE(released.empty()) << what;
  }
  const Keys keys;
  const Bytes good = test::seal(keys, test::draft(keys, true));
};

TEST_F(Change, EveryByteCounts) {
  ASSERT_EQ(test::verdict(keys, good), "");
  Bytes changed = good;
  for (std::size_t at = 0; at < good.size(); ++at) {
    changed[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    expect_refused(changed, "byte " + std::to_string(at));
    changed[at] = good[at];
  }
}

TEST_F(Change, EveryTruncationIsRefused) {
  for (std::size_t size = 0; size < good.size(); ++size)
    expect_refused(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)),
                   "cut to " + std::to_string(size));
}

TEST_F(Change, EverySwapOfMembersIsRefused) {
  const auto members = read_archive(good);
  ASSERT_TRUE(members.has_value());
  for (std::size_t a = 0; a < members->size(); ++a) {
    std::vector<Member> without = *members;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(a));
    expect_refused(write_archive(without).value(), "without member " + std::to_string(a));
    for (std::size_t b = a + 1; b < members->size(); ++b) {
      std::vector<Member> order = *members;
      std::swap(order[a], order[b]);
      expect_refused(write_archive(order).value(), "another order");
      std::vector<Member> contents = *members;
      std::swap(contents[a].content, contents[b].content);
      expect_refused(write_archive(contents).value(), "contents exchanged");
    }
  }
}

TEST_F(Change, PartsOfAnotherBundleAreRefused) {
  const Bytes other = test::seal(keys, test::draft(keys, true));
  const auto mine = read_archive(good);
  const auto theirs = read_archive(other);
  for (std::size_t i = 0; i < mine->size(); ++i) {
    std::vector<Member> spliced = *mine;
    spliced[i] = (*theirs)[i];
    expect_refused(write_archive(spliced).value(), "splice of member " + std::to_string(i));
  }
}

// A hundred thousand random ones of a bundle with several chunks: bytes changed, pieces cut out,
// put in, doubled, exchanged. The seed is fixed, so a failure comes back.
TEST(ChangeAtRandom, AHundredThousandAreRefused) {
  const Keys keys;
  BundleDraft draft = test::draft(keys, false);
  const std::string photo(70'000, 'j');
  draft.payload.members.push_back(test::member("photo-2.jpg", photo));
  const Bytes good = test::seal(keys, draft);
  ASSERT_EQ(test::verdict(keys, good), "");
  std::mt19937_64 random(20'260'101);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  for (int i = 0; i < 100'000; ++i) {
    Bytes changed = good;
    const auto at = [&](std::size_t offset) {
      return changed.begin() + static_cast<std::ptrdiff_t>(offset);
    };
    const std::size_t length = 1 + below(i % 2 == 0 ? 8 : 4096);
    const std::size_t from = below(good.size() - length);
    switch (i % 5) {
      case 0:
        for (std::size_t k = 0; k < length; ++k)
          changed[from + k] = static_cast<std::uint8_t>(changed[from + k] ^ (1 + below(255)));
        break;
      case 1:
        changed.erase(at(from), at(from + length));
        break;
      case 2:
        changed.insert(at(from), length, static_cast<std::uint8_t>(below(256)));
        break;
      case 3: {
        const Bytes piece(at(from), at(from + length));
        changed.insert(at(below(good.size())), piece.begin(), piece.end());
        break;
      }
      default: {
        const std::size_t other = below(good.size() - length);
        const Bytes piece(at(from), at(from + length));
        std::copy_n(good.begin() + static_cast<std::ptrdiff_t>(other), length, at(from));
        std::ranges::copy(piece, at(other));
      }
    }
    if (changed == good) continue;
    std::vector<Member> released;
    ASSERT_NE(test::verdict(keys, changed, &released), "") << i;
    ASSERT_TRUE(released.empty()) << i;
  }
}

}  // namespace
}  // namespace vigil::bundle
