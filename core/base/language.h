// SPDX-License-Identifier: Apache-2.0
//
// How languages are named and how they write numbers. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace vigil {

// "ru" of "Русский (ru)", as XLSForm names its languages; the whole name where it has no brackets.
// Lives as long as the argument.
[[nodiscard]] std::string_view language_code(std::string_view name);

// What stands before the fraction of a number that people read, by ISO 639-1: ',' or '.' (Unicode
// CLDR 44, symbols/decimal; '.' for a language that is not in our table). What is stored, sent or
// computed with has a point always.
[[nodiscard]] char decimal_mark(std::string_view language);

// True for a plain number with a fraction: "18.5", "-0.25".
[[nodiscard]] bool has_fraction(std::string_view number);

// "18.5" with the mark of the words around it; what is not a number with a fraction stays.
[[nodiscard]] std::string written_number(std::string_view number, char mark);

}  // namespace vigil
