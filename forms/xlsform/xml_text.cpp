// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/xml_text.h"

#include <algorithm>

#include "forms/tree/escape.h"

namespace vigil::forms::xlsform {
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
  attributes_.emplace_back(name, value);
  return *this;
}

void XmlText::write_attributes() {
  const auto key = [](const std::pair<std::string, std::string>& attribute) {
    const std::string_view name = attribute.first;
    // Namespaces keep the order in which they were given.
    if (name.starts_with("xmlns")) return std::pair(0, std::string_view{});
    return std::pair(name.find(':') == std::string_view::npos ? 1 : 2, name);
  };
  std::ranges::stable_sort(attributes_, {}, key);
  for (const auto& [name, value] : attributes_) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    append_escaped(out_, value, true);
    out_ += '"';
  }
  attributes_.clear();
}

void XmlText::close() {
  write_attributes();
  out_ += "/>\n";
}

void XmlText::children() {
  write_attributes();
  out_ += ">\n";
  open_.push_back({std::move(tag_), out_.size()});
  ++depth_;
}

void XmlText::content(std::string_view escaped) {
  write_attributes();
  if (escaped.empty()) {
    out_ += "/>\n";
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
