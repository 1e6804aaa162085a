// SPDX-License-Identifier: Apache-2.0
#include "forms/session/value_type.h"

#include <gtest/gtest.h>

namespace vigil::forms {
namespace {

TEST(ValueType, ValuesAreWrittenInOneWay) {
  EXPECT_EQ(canonical_value(DataType::kInt, " 10.9 "), "10");
  EXPECT_EQ(canonical_value(DataType::kInt, "-0.5"), "0");
  EXPECT_EQ(canonical_value(DataType::kDecimal, "10"), "10.0");
  EXPECT_EQ(canonical_value(DataType::kDecimal, "1e3"), "1000.0");
  EXPECT_EQ(canonical_value(DataType::kDate, "2024-02-29T23:30:05Z"), "2024-02-29");
  EXPECT_EQ(canonical_value(DataType::kDate, "20000"), "2024-10-04");
  EXPECT_EQ(canonical_value(DataType::kGeopoint, "38.25 21.5 0 5"), "38.25 21.5 0.0 5.0");
  EXPECT_EQ(canonical_value(DataType::kGeopoint, "0 0 0 0"), "");
  EXPECT_EQ(canonical_value(DataType::kString, " kept as it is "), " kept as it is ");
}

TEST(ValueType, WhatACalculationComesToIsFittedToTheType) {
  EXPECT_EQ(computed_value(DataType::kTime, "2026-11-22T10:00:00.000-07:00"), "10:00:00.000-07:00");
  EXPECT_EQ(computed_value(DataType::kDateTime, "2026-11-22"), "2026-11-22T00:00:00.000");
  EXPECT_EQ(computed_value(DataType::kInt, "10.9"), "10");
  EXPECT_EQ(computed_value(DataType::kInt, "ten"), "");
}

TEST(ValueType, WrongValuesAreNotOfTheType) {
  EXPECT_FALSE(canonical_value(DataType::kInt, "2147483648").has_value());
  EXPECT_FALSE(canonical_value(DataType::kInt, "ten").has_value());
  EXPECT_FALSE(canonical_value(DataType::kDecimal, "1,5").has_value());
  EXPECT_FALSE(canonical_value(DataType::kDate, "2023-02-29").has_value());
  EXPECT_FALSE(canonical_value(DataType::kDate, "2025-03-07T14:30:00+invalid").has_value());
  EXPECT_FALSE(canonical_value(DataType::kTime, "25:00:00").has_value());
  EXPECT_FALSE(canonical_value(DataType::kDateTime, "2026-04-22 14:30:00Z").has_value());
  EXPECT_FALSE(canonical_value(DataType::kGeopoint, "91 0").has_value());
}

}  // namespace
}  // namespace vigil::forms
