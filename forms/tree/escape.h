// SPDX-License-Identifier: Apache-2.0
//
// Text as it stands in XML. Pure.
#pragma once

#include <string>
#include <string_view>

namespace vigil::forms {

// Appends `text` to `out`. In an attribute quotes, tabs and line feeds are written as references,
// or a reader would fold them; a carriage return is everywhere, as a reader turns it into a line
// feed.
void append_escaped(std::string& out, std::string_view text, bool in_attribute);

}  // namespace vigil::forms
