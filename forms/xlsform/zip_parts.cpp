// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/zip_parts.h"

#include <fmt/format.h>
#include <zip.h>

namespace vigil::forms::xlsform {
namespace {

struct PartCloser {
  void operator()(zip_file_t* part) const { zip_fclose(part); }
};

std::unexpected<Error> damaged(const std::string& name) {
  return fail(ErrorKind::kInvalid, "xlsform.zip",
              fmt::format("The part {} of this workbook is missing or damaged: open it in a "
                          "spreadsheet program and save it again.",
                          name));
}

}  // namespace

void ZipParts::Closer::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<ZipParts> ZipParts::open(ByteView content, const WorkbookLimits& limits) {
  if (content.size() > limits.file_bytes) {
    return fail(ErrorKind::kInvalid, "xlsform.limit",
                "This workbook is larger than a form may be.");
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(content.data(), content.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return fail(ErrorKind::kInvalid, "xlsform.zip",
                "This is not an .xlsx workbook: its zip container cannot be read.");
  }
  return ZipParts(std::unique_ptr<zip, Closer>(archive), limits);
}

bool ZipParts::has(const std::string& name) const {
  return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0;
}

Result<std::string> ZipParts::read(const std::string& name) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive_.get(), name.c_str(), 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) {
    return damaged(name);
  }
  const bool ratio_known = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.size > 65'536;
  if (stat.size > limits_.part_bytes || bytes_read_ + stat.size > limits_.total_bytes ||
      (ratio_known && stat.size / limits_.compression_ratio > stat.comp_size)) {
    return fail(
        ErrorKind::kInvalid, "xlsform.limit",
        fmt::format("The part {} of this workbook unpacks to more than a form may hold.", name));
  }
  const std::unique_ptr<zip_file_t, PartCloser> part(
      zip_fopen_index(archive_.get(), stat.index, 0));
  if (part == nullptr) return damaged(name);
  std::string text(stat.size, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const zip_int64_t got = zip_fread(part.get(), text.data() + filled, text.size() - filled);
    if (got <= 0) return damaged(name);
    filled += static_cast<std::size_t>(got);
  }
  char beyond = 0;
  if (zip_fread(part.get(), &beyond, 1) != 0) return damaged(name);
  bytes_read_ += text.size();
  return text;
}

}  // namespace vigil::forms::xlsform
