// SPDX-License-Identifier: Apache-2.0
//
// The tables that tablets read out of a kit, and what must stand in their first line.
#pragma once

#include <string_view>

#include "core/base/error.h"

namespace vigil::office {

// kInvalid "office.columns": a places.csv or limits.csv without a column that tablets need, naming
// it. Tables of other names are the forms' own and pass.
[[nodiscard]] Status check_columns(std::string_view name, std::string_view csv);

}  // namespace vigil::office
