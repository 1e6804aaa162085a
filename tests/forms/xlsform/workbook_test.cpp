// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/workbook.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/xlsform/cell_format.h"
#include "forms/xlsform/convert.h"

namespace vigil::forms::xlsform {
namespace {

std::string vector_path(std::string_view name) {
  return std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/xlsform/" + std::string(name);
}

// The texts of one column below the header.
std::vector<std::string> column(const Sheet& sheet, std::size_t at) {
  std::vector<std::string> cells;
  for (const SheetRow& row : sheet.rows) {
    cells.push_back(at < row.cells.size() ? row.cells[at] : "");
  }
  cells.erase(cells.begin());
  return cells;
}

TEST(Workbook, ShowsNumbersBooleansAndDatesAsTheSpreadsheetDoes) {
  const auto workbook = read_workbook_from_disk(vector_path("values.xlsx"));
  ASSERT_TRUE(workbook.has_value()) << workbook.error().message;
  ASSERT_EQ(workbook->sheets.size(), 1U);
  const Sheet& survey = workbook->sheets.front();
  EXPECT_THAT(column(survey, 3),
              testing::ElementsAre("1", "0.1", "2026-01-05", "13:45:00", "2026-01-05T13:45:30",
                                   "0.3", "12345678901", "1900-02-28", "1900-02-29"));
  EXPECT_EQ(column(survey, 4)[0], "TRUE");
  EXPECT_EQ(column(survey, 4)[1], "FALSE");
  EXPECT_EQ(column(survey, 2)[6], "A label\nof two lines");
}

TEST(Workbook, CountsDatesFromTheEpochThatTheFileNames) {
  const auto workbook = read_workbook_from_disk(vector_path("epoch-1904.xlsx"));
  ASSERT_TRUE(workbook.has_value()) << workbook.error().message;
  EXPECT_THAT(column(workbook->sheets.front(), 3), testing::ElementsAre("2026-01-05"));
}

TEST(Workbook, JoinsTheRunsOfRichTextWithoutThePhoneticOnes) {
  const auto workbook = read_workbook_from_disk(vector_path("rich-text.xlsx"));
  ASSERT_TRUE(workbook.has_value()) << workbook.error().message;
  EXPECT_THAT(column(workbook->sheets.front(), 2), testing::ElementsAre("Was it cold?"));
}

TEST(Workbook, TellsDateFormatsFromOthers) {
  EXPECT_EQ(format_of_code("dd/mm/yyyy"), NumberFormat::kDate);
  EXPECT_EQ(format_of_code("[$-419]mmmm yyyy;@"), NumberFormat::kDate);
  EXPECT_EQ(format_of_code("h:mm:ss"), NumberFormat::kTime);
  EXPECT_EQ(format_of_code("[h]:mm"), NumberFormat::kTime);
  EXPECT_EQ(format_of_code("yyyy-mm-dd\\ hh:mm"), NumberFormat::kDateTime);
  EXPECT_EQ(format_of_code("0.00\" days\""), NumberFormat::kPlain);
  EXPECT_EQ(format_of_code("[Red]#,##0"), NumberFormat::kPlain);
  EXPECT_EQ(format_of_code("General"), NumberFormat::kPlain);
}

struct Vector {
  std::string_view file;
  std::string_view code;
};

class RefusedWorkbook : public testing::TestWithParam<Vector> {};

TEST_P(RefusedWorkbook, GivesItsError) {
  const auto result = convert_xlsform(vector_path(GetParam().file));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, GetParam().code);
  EXPECT_EQ(result.error().kind, ErrorKind::kInvalid);
}

INSTANTIATE_TEST_SUITE_P(
    Vectors, RefusedWorkbook,
    testing::Values(
        Vector{"bomb.xlsx", "xlsform.limit"}, Vector{"million-rows.xlsx", "xlsform.limit"},
        Vector{"many-rows.xlsx", "xlsform.limit"}, Vector{"entities.xlsx", "xlsform.xml"},
        Vector{"no-sheet.xlsx", "xlsform.xml"}, Vector{"cut.xlsx", "xlsform.zip"},
        Vector{"old.xls", "xlsform.kind"}, Vector{"password.xlsx", "xlsform.kind"},
        Vector{"latin-1.csv", "xlsform.encoding"}, Vector{"open-quote.csv", "xlsform.csv"}),
    [](const auto& one) {
      std::string name(one.param.file);
      std::ranges::replace_if(
          name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
      return name;
    });

TEST(Workbook, AnOldWorkbookIsToldHowToSaveItself) {
  const auto result = convert_xlsform(vector_path("old.xls"));
  ASSERT_FALSE(result.has_value());
  EXPECT_THAT(result.error().message, testing::HasSubstr("Excel Workbook (.xlsx)"));
}

TEST(Workbook, AFileThatIsNotThereIsNotFound) {
  const auto result = convert_xlsform(vector_path("absent.xlsx"));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, ErrorKind::kNotFound);
}

TEST(Workbook, AFolderOfCsvFilesIsAWorkbook) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "vigil-xlsform-folder";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "survey.csv") << "\xEF\xBB\xBFtype,name,label\nselect_one yn,a,A?\n";
  std::ofstream(folder / "choices.csv") << "list_name,name,label\nyn,y,Yes\n";
  for (const auto& path : {folder, folder / "survey.csv"}) {
    const auto result = convert_xlsform(path.string());
    ASSERT_TRUE(result.has_value() && result->accepted) << path;
    EXPECT_THAT(result->xform_xml, testing::HasSubstr("<instance id=\"yn\">"));
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace vigil::forms::xlsform
