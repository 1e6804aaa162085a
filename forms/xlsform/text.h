// SPDX-License-Identifier: Apache-2.0
//
// Small questions about cell text, asked by every reader and check here. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::forms::xlsform {

// Without leading and trailing white space (ASCII and the no-break space).
[[nodiscard]] std::string_view trimmed(std::string_view text);
// ASCII letters only: names, types and headers are ASCII.
[[nodiscard]] std::string lower_case(std::string_view text);
// "list  name" and "List Name" are "list_name": how headers and types are compared.
[[nodiscard]] std::string snake_case(std::string_view text);
// Runs of spaces become one.
[[nodiscard]] std::string single_spaced(std::string_view text);
// Split at white space, empty parts left out.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

// A name that can be an XML element: a letter or "_", then letters, digits, "_", "-", ".".
// Bytes of non-ASCII characters count as letters.
[[nodiscard]] bool is_xml_name(std::string_view text);
[[nodiscard]] bool is_name_start(char c);
[[nodiscard]] bool is_name_character(char c);

// yes/true/true() and no/false/false() in the spellings that XLSForm knows.
enum class YesNo { kYes, kNo, kNeither };
[[nodiscard]] YesNo yes_or_no(std::string_view text);

// A decimal number as in "2", "-0.5"; nothing else.
[[nodiscard]] bool parse_number(std::string_view text, double& value);
[[nodiscard]] bool parse_integer(std::string_view text, long& value);

// The candidate with the fewest edits from `name` (ASCII case aside), where few enough to be a slip
// of the pen; else empty.
[[nodiscard]] std::string nearest_name(std::string_view name,
                                       const std::vector<std::string_view>& candidates);
// How many insertions, deletions and replacements lie between; stops counting above `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// Control characters that XML 1.0 forbids are left out; invalid UTF-8 must not reach this.
[[nodiscard]] std::string without_control_characters(std::string text);

}  // namespace vigil::forms::xlsform
