// SPDX-License-Identifier: Apache-2.0
//
// What a number in a cell looks like on the author's screen, as far as a form cares: 1 and not 1.0,
// 2026-01-05 and not 46027. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace vigil::forms::xlsform {

enum class NumberFormat { kPlain, kDate, kTime, kDateTime };

// From the code of a number format ("dd/mm/yyyy"). Text in quotation marks, [colours] and escaped
// characters do not count; [h] and [mm] do (elapsed time).
[[nodiscard]] NumberFormat format_of_code(std::string_view code);
// From the id of a built-in format (ECMA-376 part 1, 18.8.30, and the East Asian ones below 59).
[[nodiscard]] NumberFormat format_of_builtin(int id);

// `raw` as the file has it. Not a number: returned as it is.
[[nodiscard]] std::string shown_number(std::string_view raw, NumberFormat format, bool epoch_1904);

}  // namespace vigil::forms::xlsform
