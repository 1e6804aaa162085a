// SPDX-License-Identifier: Apache-2.0
//
// Comparisons of a select with a word in quotes that cannot mean what the author thinks.
#pragma once

#include "forms/xlsform/form_model.h"

namespace vigil::forms::xlsform {

// Warns of `${select_multiple} = 'x'`, which is true only where x alone was chosen, and of a word
// that the list of a select_one does not have, which is never true.
void warn_about_comparisons(const FormModel& model, Problems& problems);

}  // namespace vigil::forms::xlsform
