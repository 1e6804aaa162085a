// SPDX-License-Identifier: Apache-2.0
//
// A table of places or limits that no tablet could read is refused at the office.
#include "app/office/data_columns.h"

#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil::office {
namespace {

TEST(DataColumns, AreThoseThatTabletsRead) {
  EXPECT_TRUE(check_columns("places.csv", "name,type,country\nSIZO-1,SIZO,KG\n"));
  EXPECT_TRUE(check_columns("places.csv", "\xEF\xBB\xBF\"country\",\"name\"\r\n"));
  EXPECT_TRUE(check_columns("limits.csv",
                            as_text(test::read_file(VIGIL_SOURCE_DIR "/forms/packs/limits.csv"))));
  EXPECT_TRUE(check_columns("cities.csv", "whatever"));
}

TEST(DataColumns, NamesTheOneThatIsMissing) {
  for (const char* const wrong : {"", "place;type\n", "Name,type\n", "name;type;country\n"}) {
    const Status checked = check_columns("places.csv", wrong);
    ASSERT_FALSE(checked) << wrong;
    EXPECT_EQ(checked.error().code, "office.columns");
    EXPECT_NE(checked.error().message.find("\"name\""), std::string::npos);
  }
  EXPECT_NE(
      check_columns("limits.csv", "id,country,comparison,unit\n").error().message.find("\"value\""),
      std::string::npos);
}

}  // namespace
}  // namespace vigil::office
