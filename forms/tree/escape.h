// SPDX-License-Identifier: Apache-2.0
//
// Text as it stands in XML. Pure.
#pragma once

#include <string>
#include <string_view>

namespace vigil::forms {

// Appends `text` to `out`. In an attribute quotes, tabs and line feeds are written as references,
// or a reader would fold them; a carriage return is everywhere, as a reader turns it into a line
// feed. Control characters that XML cannot hold are left out.
void append_escaped(std::string& out, std::string_view text, bool in_attribute);

// `text` as XML can hold it: without control characters other than tab, line feed and carriage
// return, without U+FFFE and U+FFFF, and with U+FFFD for bytes that are no UTF-8. A barcode reader
// or base64-decode() may give such; a reader of the instance would refuse all of it.
[[nodiscard]] std::string keep_xml_characters(std::string_view text);

}  // namespace vigil::forms
