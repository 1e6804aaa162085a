// SPDX-License-Identifier: Apache-2.0
//
// Every expression of the form, parsed as a form engine will; and the cycles among them.
#pragma once

#include <vector>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/xform_writer.h"

namespace vigil::forms::xlsform {

// Reports bad syntax, and questions whose values or relevance depend on themselves.
void check_expressions(const std::vector<WrittenExpression>& expressions, const FormModel& model,
                       Problems& problems);

}  // namespace vigil::forms::xlsform
