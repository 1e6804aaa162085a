// SPDX-License-Identifier: Apache-2.0
#include "forms/tree/escape.h"

#include "core/base/bytes.h"

namespace vigil::forms {
namespace {

bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

}  // namespace

std::string keep_xml_characters(std::string_view text) {
  if (is_xml_text(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    // The length of the character in front by its first byte; 1 where there is none.
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view one = text.substr(0, length);
    const bool whole = is_utf8(one);
    if (!whole) {
      out += "\xEF\xBF\xBD";
    } else if (is_xml_text(one)) {
      out += one;
    }
    text.remove_prefix(whole ? one.size() : 1);
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text, bool in_attribute) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '"':
        out += in_attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += in_attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += in_attribute ? "&#9;" : "\t";
        break;
      default:
        if (!is_forbidden(c)) out += c;
    }
  }
}

}  // namespace vigil::forms
