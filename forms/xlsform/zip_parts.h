// SPDX-License-Identifier: Apache-2.0
//
// The parts (files) of a zip in memory, read whole within WorkbookLimits. A part is trusted neither
// to be as large as it says nor to unpack to a sane size. One thread at a time.
#pragma once

#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "forms/xlsform/workbook.h"

struct zip;

namespace vigil::forms::xlsform {

class ZipParts {
 public:
  // `content` must outlive the object. kInvalid "xlsform.zip": not a zip.
  [[nodiscard]] static Result<ZipParts> open(ByteView content, const WorkbookLimits& limits);

  [[nodiscard]] bool has(const std::string& name) const;
  // kInvalid "xlsform.zip" (absent, damaged) or "xlsform.limit" (larger than the limits).
  [[nodiscard]] Result<std::string> read(const std::string& name);

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };
  ZipParts(std::unique_ptr<zip, Closer> archive, const WorkbookLimits& limits)
      : archive_(std::move(archive)), limits_(limits) {}

  std::unique_ptr<zip, Closer> archive_;
  WorkbookLimits limits_;
  std::size_t bytes_read_ = 0;
};

}  // namespace vigil::forms::xlsform
