// SPDX-License-Identifier: Apache-2.0
//
// What can be told of a Program before it runs: the paths it reads, what else it hangs on, and
// which predicates an index may answer. Not for other folders.
#pragma once

#include "forms/expression/program.h"

namespace vigil::forms {

// Fills references, volatility, literal and the predicates' index plans.
void analyse(Program& program);

}  // namespace vigil::forms
