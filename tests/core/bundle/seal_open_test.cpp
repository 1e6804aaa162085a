// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bundle/payload.h"
#include "tests/core/bundle/sample.h"

namespace vigil::bundle {
namespace {

using test::Keys;
using test::Stage;

TEST(Bundle, WhatIsSealedComesOutForEachRecipient) {
  const Keys keys;
  const Bytes bytes = test::seal(keys, test::draft(keys, true));
  test::MemoryFile file(bytes);
  const auto checked = check_bundle(file, {keys.device.public_key()});
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  EXPECT_EQ(checked->manifest.sequence, 1U);
  EXPECT_EQ(checked->manifest.payloads.size(), 2U);
  EXPECT_EQ(checked->size_bytes, bytes.size());
  EXPECT_EQ(checked->id, bundle_id(checked->manifest_json));

  for (const crypto::age::Identity* identity : {&keys.office, &keys.recovery}) {
    std::vector<crypto::age::Identity> identities;
    identities.push_back(identity->clone());
    Stage stage;
    const Status opened = open_payload(file, *checked, 0, identities, stage);
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    ASSERT_EQ(stage.members.size(), 2U);
    EXPECT_EQ(stage.members[0].name, "submission.xml");
    EXPECT_EQ(as_text(stage.members[0].content), "<data><cell>12</cell></data>");
    EXPECT_EQ(stage.members[1].name, "photo-1.jpg");
  }
  std::vector<crypto::age::Identity> office;
  office.push_back(keys.office.clone());
  Stage stage;
  const Status denied = open_payload(file, *checked, 1, office, stage);
  ASSERT_FALSE(denied.has_value());
  EXPECT_EQ(denied.error().code, "open.no_match") << "the restricted part is for the health role";
  EXPECT_EQ(test::verdict(keys, bytes), "");
}

TEST(Bundle, ChainsToThePreviousOne) {
  const Keys keys;
  const auto first = test::check(keys, test::seal(keys, test::draft(keys, false)));
  ASSERT_TRUE(first.has_value());
  BundleDraft next = test::draft(keys, false);
  next.sequence = 2;
  next.previous = first->id;
  const auto second = test::check(keys, test::seal(keys, next));
  ASSERT_TRUE(second.has_value()) << second.error().message;
  EXPECT_EQ(second->manifest.previous, first->id);
}

TEST(Bundle, IsRefusedFromAStranger) {
  const Keys keys;
  const Keys others;
  const Bytes bytes = test::seal(keys, test::draft(keys, false));
  const auto checked = test::check(others, bytes);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, "bundle.stranger");
  EXPECT_EQ(checked.error().kind, ErrorKind::kDenied);
}

TEST(Bundle, SizesSayLittle) {
  const Keys keys;
  BundleDraft one = test::draft(keys, false);
  BundleDraft other = test::draft(keys, false);
  const std::string longer(3000, 'x');
  other.payload.members.push_back(test::member("note.txt", longer));
  EXPECT_EQ(test::seal(keys, one).size(), test::seal(keys, other).size());
}

TEST(Padme, KeepsTheOverheadUnderTwelvePercent) {
  EXPECT_EQ(padme(0), 0U);
  EXPECT_EQ(padme(1), 1U);
  EXPECT_EQ(padme(9), 10U);
  EXPECT_EQ(padme(1000), 1024U);
  for (std::uint64_t size = 1; size < (1ULL << 40); size += size / 7 + 1) {
    EXPECT_GE(padme(size), size);
    EXPECT_LE(static_cast<double>(padme(size)), static_cast<double>(size) * 1.12 + 1);
    EXPECT_EQ(padme(padme(size)), padme(size));
  }
}

}  // namespace
}  // namespace vigil::bundle
