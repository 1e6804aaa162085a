// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/visit/finalise.h"

namespace vigil::visit {
namespace {

VisitFile example() {
  return {"RIVER-08",    "ИВС \"Северный\"",
          "interim",     1795329417000,
          1795339417000, {{"police-custody", "3", "r1-", "uuid:1"}, {"core", "1", "r2-", "uuid:2"}},
          std::nullopt};
}

TEST(VisitFile, ComesBackAsItWas) {
  const std::string text = emit_visit_file(example());
  const auto read = parse_visit_file(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(emit_visit_file(*read), text);
  EXPECT_EQ(read->place, "ИВС \"Северный\"");
  ASSERT_EQ(read->records.size(), 2U);
  EXPECT_EQ(read->records[1].prefix, "r2-");
}

TEST(VisitFile, AnAmendmentNamesWhatItCorrects) {
  VisitFile amendment = example();
  amendment.amends = bundle::BundleId{};
  amendment.amends->value.fill(0xa7);
  const std::string text = emit_visit_file(amendment);
  const auto read = parse_visit_file(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->amends, amendment.amends);
  std::string spoiled = text;
  spoiled.replace(spoiled.find("a7a7"), 4, "zzzz");
  EXPECT_FALSE(parse_visit_file(spoiled).has_value());
  EXPECT_FALSE(parse_visit_file(emit_visit_file(example()))->amends.has_value());
}

TEST(VisitFile, EveryCutAndEveryExtraByteIsRefused) {
  const std::string text = emit_visit_file(example());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(parse_visit_file(text.substr(0, size)).has_value()) << size;
  EXPECT_FALSE(parse_visit_file(text + "\n").has_value());
  EXPECT_FALSE(parse_visit_file(" " + text).has_value());
}

TEST(VisitFile, ANewerFormatSaysSo) {
  std::string text = emit_visit_file(example());
  text.replace(text.find("vigil-visit-1"), 13, "vigil-visit-2");
  const auto read = parse_visit_file(text);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "visit.file");
}

}  // namespace
}  // namespace vigil::visit
