// SPDX-License-Identifier: Apache-2.0
//
// A FORM argument: an XForm .xml, or anything convert_xlsform() reads. What is wrong with it comes
// back as problems, all in one go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "forms/expression/time_zone.h"
#include "forms/session/session.h"
#include "forms/xlsform/convert.h"

namespace vigil::ctl {

struct FormSource {
  std::string xform;
  forms::FormPointer form;  // null where there are errors
  std::vector<forms::FormFile> files;
  std::vector<forms::FormProblem> errors;
  std::vector<forms::FormProblem> warnings;
  std::vector<forms::NodeRow> rows;  // of a workbook
};
// What is wrong with the XForm, at the row of the workbook that it speaks of, where there is one.
[[nodiscard]] forms::FormProblem problem_at_row(const FormSource& source, std::string message);

// `media` is the folder that jr:// addresses are looked up in by their last component; "": the
// folder FORM lies in. The Error is for what could not be read at all, kNotFound "form.media" where
// that folder is none.
[[nodiscard]] Result<FormSource> read_form(const std::string& path, const std::string& media);

// The clock of `form run` and of checks: stands still where a time was given.
class FormHost final : public forms::SessionHost {
 public:
  FormHost() = default;
  // `now` as ISO 8601, "" for the machine's clock; `zone` as --tz, "" for the machine's zone.
  [[nodiscard]] Status configure(const std::string& now, const std::string& zone);
  [[nodiscard]] Status move_clock(const std::string& now);

  [[nodiscard]] WallTime now() const override;
  [[nodiscard]] int utc_offset_minutes(WallTime time) const override;
  [[nodiscard]] std::uint64_t random_bits() override;
  [[nodiscard]] std::string property(std::string_view) const override { return {}; }

 private:
  std::optional<WallTime> frozen_;
  std::optional<forms::TimeZone> zone_;
};

// One line a problem for people, or a JSON list of {sheet,row,column,message}; to standard error.
void print_problems(const std::vector<forms::FormProblem>& problems, bool json,
                    const char* severity);

}  // namespace vigil::ctl
