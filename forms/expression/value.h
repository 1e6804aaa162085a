// SPDX-License-Identifier: Apache-2.0
//
// What an expression comes to: number, string, boolean or nodes. Dates and times are strings in
// ISO 8601 ("2026-11-22", "2026-11-22T08:05:00.000-07:00") that turn into days since 1970 wherever
// a number is wanted, so there is no fifth type to carry.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "forms/tree/tree.h"

namespace vigil::forms {

// In document order, except what randomize() answers.
using NodeSet = std::vector<const Node*>;

enum class ValueType { kBoolean, kNumber, kString, kNodeSet };

class Value {
 public:
  Value() : data_(std::string()) {}
  explicit Value(bool value) : data_(value) {}
  explicit Value(double value) : data_(value) {}
  explicit Value(std::string value) : data_(std::move(value)) {}
  explicit Value(NodeSet value) : data_(std::move(value)) {}
  explicit Value(const char*) = delete;  // would become a boolean

  [[nodiscard]] ValueType type() const { return static_cast<ValueType>(data_.index()); }
  // Each only for its own type.
  [[nodiscard]] const NodeSet& nodes() const { return std::get<NodeSet>(data_); }
  [[nodiscard]] const std::string& text() const { return std::get<std::string>(data_); }
  [[nodiscard]] double number() const { return std::get<double>(data_); }
  [[nodiscard]] bool boolean() const { return std::get<bool>(data_); }

  // Conversions of XPath with JavaRosa's rules (docs/formats/forms.md, "Expressions"). A node-set
  // counts by its first node; empty it is "", NaN, false.
  [[nodiscard]] bool to_boolean() const;
  [[nodiscard]] double to_number() const;
  [[nodiscard]] std::string to_string() const;

 private:
  std::variant<bool, double, std::string, NodeSet> data_;
};

// The number that a string is: decimal without exponent, white space around allowed; an ISO date or
// dateTime is days since 1970-01-01T00:00 at its own offset; anything else NaN.
[[nodiscard]] double number_of(std::string_view text);
// The string that a number is: no exponent, no ".0", "NaN", "Infinity", "-Infinity".
[[nodiscard]] std::string string_of(double number);

}  // namespace vigil::forms
