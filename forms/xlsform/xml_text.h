// SPDX-License-Identifier: Apache-2.0
//
// XML as text, written in order and indented by two spaces a level. Attributes stand in one order
// everywhere (namespaces, then by name, those with a prefix last), so that the same form is the
// same text. One thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigil::forms::xlsform {

[[nodiscard]] std::string escaped_text(std::string_view text);
[[nodiscard]] std::string escaped_attribute(std::string_view text);

class XmlText {
 public:
  explicit XmlText(int depth = 0) : depth_(depth) {}

  // <tag, then attribute() calls, then one of the next three.
  XmlText& start(std::string_view tag);
  XmlText& attribute(std::string_view name, std::string_view value);
  void close();                            // />
  void children();                         // > and a deeper level
  void content(std::string_view escaped);  // >escaped</tag>, or /> when it is empty
  // Closes the innermost element whose children() was called.
  void end();
  // Text that is XML already, at the place where it stands.
  void raw(std::string_view xml) { out_ += xml; }

  [[nodiscard]] int depth() const { return depth_; }
  [[nodiscard]] const std::string& text() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void write_attributes();

  std::string out_;
  int depth_ = 0;
  std::string tag_;
  std::vector<std::pair<std::string, std::string>> attributes_;  // of the element being started
  struct Open {
    std::string tag;
    std::size_t content_at = 0;
  };
  std::vector<Open> open_;
};

}  // namespace vigil::forms::xlsform
