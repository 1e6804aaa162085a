// SPDX-License-Identifier: Apache-2.0
//
// The parts of `vigilctl form`: JSON lines in and out, and the benchmark.
#pragma once

#include <iosfwd>
#include <string>

#include "app/ctl/form_source.h"
#include "core/base/error.h"
#include "forms/session/session.h"

namespace vigil::ctl {

// Answers one JSON object a line until the input ends. A line that cannot be done is answered with
// {"error":{"code","message"}}, and the session goes on.
void run_form_lines(forms::FormSession& session, FormHost& host, std::istream& in,
                    std::ostream& out);

// Replays OPS on FORM and gives one JSON line of measurements. `final_path` "" writes no instance.
[[nodiscard]] Result<std::string> bench_form(const std::string& form_path,
                                             const std::string& operations_path,
                                             const std::string& final_path);

}  // namespace vigil::ctl
