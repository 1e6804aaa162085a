// SPDX-License-Identifier: Apache-2.0
//
// The fixed words of the grammar. Not for other folders.
#pragma once

#include <array>
#include <string_view>

#include "forms/expression/program.h"

namespace vigil::forms {

struct NamedAxis {
  std::string_view name;
  Axis axis;
};
inline constexpr std::array kAxes{
    NamedAxis{"child", Axis::kChild},
    NamedAxis{"parent", Axis::kParent},
    NamedAxis{"self", Axis::kSelf},
    NamedAxis{"attribute", Axis::kAttribute},
    NamedAxis{"descendant", Axis::kDescendant},
    NamedAxis{"descendant-or-self", Axis::kDescendantOrSelf},
    NamedAxis{"ancestor", Axis::kAncestor},
    NamedAxis{"ancestor-or-self", Axis::kAncestorOrSelf},
    NamedAxis{"following", Axis::kFollowing},
    NamedAxis{"following-sibling", Axis::kFollowingSibling},
    NamedAxis{"preceding", Axis::kPreceding},
    NamedAxis{"preceding-sibling", Axis::kPrecedingSibling},
    NamedAxis{"namespace", Axis::kNamespace},
};

struct NamedPrefix {
  std::string_view prefix;
  std::string_view uri;
};
// Those that XForms tools bind in every form they write.
inline constexpr std::array kKnownPrefixes{
    NamedPrefix{"jr", "http://openrosa.org/javarosa"},
    NamedPrefix{"orx", "http://openrosa.org/xforms"},
    NamedPrefix{"odk", "http://www.opendatakit.org/xforms"},
    NamedPrefix{"entities", "http://www.opendatakit.org/xforms/entities"},
    NamedPrefix{"h", "http://www.w3.org/1999/xhtml"},
    NamedPrefix{"xsd", "http://www.w3.org/2001/XMLSchema"},
    NamedPrefix{"ev", "http://www.w3.org/2001/xml-events"},
    NamedPrefix{"xml", "http://www.w3.org/XML/1998/namespace"},
};

struct BinaryOperator {
  std::string_view text;
  Op op;
  char sign;
};
inline constexpr std::array kBinaryOperators{
    BinaryOperator{"or", Op::kOr, 0},         BinaryOperator{"and", Op::kAnd, 0},
    BinaryOperator{"=", Op::kEqual, 0},       BinaryOperator{"!=", Op::kNotEqual, 0},
    BinaryOperator{"<", Op::kLess, 0},        BinaryOperator{"<=", Op::kLessEqual, 0},
    BinaryOperator{">", Op::kGreater, 0},     BinaryOperator{">=", Op::kGreaterEqual, 0},
    BinaryOperator{"+", Op::kSum, '+'},       BinaryOperator{"-", Op::kSum, '-'},
    BinaryOperator{"*", Op::kProduct, '*'},   BinaryOperator{"div", Op::kProduct, '/'},
    BinaryOperator{"mod", Op::kProduct, '%'}, BinaryOperator{"|", Op::kUnion, 0},
};

}  // namespace vigil::forms
