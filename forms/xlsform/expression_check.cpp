// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/expression_check.h"

namespace vigil::forms::xlsform {

void check_expressions(const std::vector<WrittenExpression>&, const FormModel&, Problems&) {}

}  // namespace vigil::forms::xlsform
