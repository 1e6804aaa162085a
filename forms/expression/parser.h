// SPDX-License-Identifier: Apache-2.0
//
// Expression text to Program. Not for other folders.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/error.h"
#include "forms/expression/program.h"

namespace vigil::forms {

// Everything but references and volatility (analysis.h). Errors as Expression::compile() says.
[[nodiscard]] Result<std::unique_ptr<Program>> parse_expression(
    std::string_view text, const std::shared_ptr<NameTable>& names, const CompileOptions& options);

}  // namespace vigil::forms
