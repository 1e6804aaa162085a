// SPDX-License-Identifier: Apache-2.0
//
// What workbooks from the field do that the specification does not show.
#include <gtest/gtest.h>

#include "core/base/bytes.h"
#include "forms/xlsform/convert.h"

namespace vigil::forms {
namespace {

TEST(RealWorkbooks, ListOfASearchMayBeNamedAsTheFileItSearches) {
  const std::string_view text =
      "| survey |\n"
      "| | type | name | label | appearance | calculation |\n"
      "| | select_one fruits | fruit | Fruit | search('fruits') | |\n"
      "| | calculate | name | | | pulldata('fruits', 'name', 'name_key', ${fruit}) |\n"
      "| choices |\n"
      "| | list_name | name | label |\n"
      "| | fruits | name_key | name |\n";
  const auto conversion = convert_xlsform(as_bytes(text), "fruits.md");
  ASSERT_TRUE(conversion.has_value()) << conversion.error().message;
  EXPECT_TRUE(conversion->errors.empty()) << conversion->errors.front().message;
  EXPECT_NE(conversion->xform_xml.find("src=\"jr://file-csv/fruits.csv\""), std::string::npos);
}

}  // namespace
}  // namespace vigil::forms
