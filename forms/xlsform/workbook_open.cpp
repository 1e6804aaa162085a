// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "forms/xlsform/text.h"
#include "forms/xlsform/workbook.h"

namespace vigil::forms::xlsform {
namespace {

constexpr std::array<std::uint8_t, 4> kOldExcelMagic{0xD0, 0xCF, 0x11, 0xE0};

std::unexpected<Error> old_excel() {
  return fail(ErrorKind::kInvalid, "xlsform.kind",
              "This is an old .xls (or password-protected) workbook: open it in your spreadsheet "
              "program, choose Save As, \"Excel Workbook (.xlsx)\", and use that file.");
}

Result<std::string> read_file(const std::filesystem::path& path, const WorkbookLimits& limits) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) {
    return fail(ErrorKind::kNotFound, "xlsform.file",
                fmt::format("There is no readable file {}.", path.string()));
  }
  if (size > limits.file_bytes) {
    return fail(ErrorKind::kInvalid, "xlsform.limit",
                fmt::format("{} is larger than a form may be.", path.filename().string()));
  }
  std::string text(size, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream || static_cast<std::uintmax_t>(stream.gcount()) != size) {
    return fail(ErrorKind::kNotFound, "xlsform.file",
                fmt::format("The file {} cannot be read.", path.string()));
  }
  return text;
}

// survey.csv, choices.csv, settings.csv and so on: each file a sheet of its name.
Result<Workbook> read_folder(const std::filesystem::path& folder, const WorkbookLimits& limits) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (workbook_kind(name) == WorkbookKind::kCsv && !name.starts_with('.')) {
      files.push_back(at->path());
    }
    if (files.size() > limits.sheets) break;
  }
  if (files.empty() || files.size() > limits.sheets) {
    return fail(ErrorKind::kInvalid, "xlsform.kind",
                fmt::format("The folder {} holds no form: a form's folder has a survey.csv.",
                            folder.string()));
  }
  std::ranges::sort(files);
  Workbook workbook;
  for (const auto& file : files) {
    VIGIL_ASSIGN(auto text, read_file(file, limits));
    VIGIL_ASSIGN(auto sheet, read_csv_sheet(text, file.stem().string(), limits));
    workbook.sheets.push_back(std::move(sheet));
  }
  return workbook;
}

}  // namespace

WorkbookKind workbook_kind(std::string_view file_name) {
  const std::string name = lower_case(file_name);
  if (name.ends_with(".xlsx") || name.ends_with(".xlsm")) return WorkbookKind::kXlsx;
  if (name.ends_with(".xls")) return WorkbookKind::kXls;
  if (name.ends_with(".csv")) return WorkbookKind::kCsv;
  if (name.ends_with(".md")) return WorkbookKind::kMarkdown;
  return WorkbookKind::kUnknown;
}

Result<Workbook> read_workbook(ByteView content, std::string_view file_name,
                               const WorkbookLimits& limits) {
  const WorkbookKind kind = workbook_kind(file_name);
  const bool old = content.size() >= kOldExcelMagic.size() &&
                   std::ranges::equal(content.first(kOldExcelMagic.size()), kOldExcelMagic);
  if (kind == WorkbookKind::kXls || (old && kind != WorkbookKind::kUnknown)) return old_excel();
  switch (kind) {
    case WorkbookKind::kXlsx:
      return read_xlsx(content, limits);
    case WorkbookKind::kCsv:
      return read_csv_workbook(as_text(content), limits);
    case WorkbookKind::kMarkdown:
      return read_markdown_workbook(as_text(content), limits);
    default:
      return fail(
          ErrorKind::kInvalid, "xlsform.kind",
          fmt::format("{} is not a form that Vigil reads: give an .xlsx, .xlsm, .csv or .md "
                      "file, or a folder of .csv files.",
                      file_name));
  }
}

Result<Workbook> read_workbook_from_disk(const std::string& path, const WorkbookLimits& limits) {
  std::error_code error;
  const std::filesystem::path where(path);
  if (std::filesystem::is_directory(where, error)) return read_folder(where, limits);
  VIGIL_ASSIGN(auto content, read_file(where, limits));
  // survey.csv stands for its folder when the other sheets lie beside it.
  if (lower_case(where.filename().string()) == "survey.csv") {
    const auto beside = where.parent_path();
    if (std::filesystem::exists(beside / "choices.csv", error) ||
        std::filesystem::exists(beside / "settings.csv", error)) {
      return read_folder(beside.empty() ? "." : beside, limits);
    }
  }
  return read_workbook(as_bytes(content), where.filename().string(), limits);
}

}  // namespace vigil::forms::xlsform
