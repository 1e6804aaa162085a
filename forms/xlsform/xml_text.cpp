// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/xml_text.h"

namespace vigil::forms::xlsform {
namespace {

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
      case '"':
        out += in_attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += in_attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += in_attribute ? "&#9;" : "\t";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
}

}  // namespace

std::string escaped_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_escaped(out, text, false);
  return out;
}

std::string escaped_attribute(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_escaped(out, text, true);
  return out;
}

XmlText& XmlText::start(std::string_view tag) {
  out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
  out_ += '<';
  out_ += tag;
  tag_ = tag;
  return *this;
}

XmlText& XmlText::attribute(std::string_view name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  append_escaped(out_, value, true);
  out_ += '"';
  return *this;
}

void XmlText::close() {
  out_ += "/>\n";
}

void XmlText::children() {
  out_ += ">\n";
  open_.push_back({std::move(tag_), out_.size()});
  ++depth_;
}

void XmlText::content(std::string_view escaped) {
  if (escaped.empty()) {
    close();
    return;
  }
  out_ += '>';
  out_ += escaped;
  out_ += "</";
  out_ += tag_;
  out_ += ">\n";
}

void XmlText::end() {
  --depth_;
  if (out_.size() == open_.back().content_at) {  // nothing came: <tag/>
    out_.resize(out_.size() - 2);
    open_.pop_back();
    close();
    return;
  }
  out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
  out_ += "</";
  out_ += open_.back().tag;
  out_ += ">\n";
  open_.pop_back();
}

}  // namespace vigil::forms::xlsform
