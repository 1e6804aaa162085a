// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/value.h"

#include <cmath>
#include <limits>

namespace vigil::forms {

bool Value::to_boolean() const {
  switch (type()) {
    case ValueType::kBoolean:
      return boolean();
    case ValueType::kNumber:
      return number() != 0 && !std::isnan(number());
    case ValueType::kString:
      return !text().empty();
    case ValueType::kNodeSet:
      return !nodes().empty();
  }
  return false;
}

double Value::to_number() const {
  switch (type()) {
    case ValueType::kBoolean:
      return boolean() ? 1 : 0;
    case ValueType::kNumber:
      return number();
    case ValueType::kString:
      return number_of(text());
    case ValueType::kNodeSet: {
      if (nodes().empty()) return std::numeric_limits<double>::quiet_NaN();
      std::string buffer;
      return number_of(string_value(*nodes().front(), buffer));
    }
  }
  return 0;
}

std::string Value::to_string() const {
  switch (type()) {
    case ValueType::kBoolean:
      return boolean() ? "true" : "false";
    case ValueType::kNumber:
      return string_of(number());
    case ValueType::kString:
      return text();
    case ValueType::kNodeSet:
      return nodes().empty() ? std::string() : string_value(*nodes().front());
  }
  return {};
}

}  // namespace vigil::forms
