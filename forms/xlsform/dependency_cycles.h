// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "forms/xlsform/form_model.h"

namespace vigil::forms::xlsform {

// Reports questions whose calculation or relevance depends, by ${references}, on itself, naming
// the members of each circle. References that pick another instance of a repeat (in a predicate or
// indexed-repeat) do not count.
void report_cycles(const FormModel& model, Problems& problems);

}  // namespace vigil::forms::xlsform
