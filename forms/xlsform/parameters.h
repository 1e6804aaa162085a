// SPDX-License-Identifier: Apache-2.0
//
// The parameters column: `key=value key=value`, what each type takes, and what becomes of it.
#pragma once

#include "forms/xlsform/form_model.h"

namespace vigil::forms::xlsform {

// Splits `cell` into the node's parameters (keys in lower case) and checks them against its type.
// Sets what follows from them: attributes of the bind and the control, value and label of files.
void read_parameters(std::string_view cell, const Place& place, SurveyNode& node,
                     Problems& problems);

// The checks of range that need the choices: tick_labelset. Call once the choices are read.
void check_range(const SurveyNode& node, const FormModel& model, const Place& place,
                 Problems& problems);

}  // namespace vigil::forms::xlsform
