// SPDX-License-Identifier: Apache-2.0
//
// The translations block: by language, then by text, then by form (long, guidance, image, ...).
// One thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/xlsform/xml_text.h"

namespace vigil::forms::xlsform {

class Itext {
 public:
  // `default_language` names the language of columns without one; "" gives them "default".
  explicit Itext(std::string_view default_language)
      : default_language_(default_language.empty() ? "default" : default_language) {}

  // `form` is "" for the text itself. `markup` is XML content. The same again replaces it.
  void add(const std::string& id, std::string_view form, const std::string& language,
           std::string markup);
  [[nodiscard]] bool empty() const { return languages_.empty(); }
  // What a language lacks is written as "-", so that engines do not fall over it; a missing medium
  // is left out.
  void write(XmlText& xml) const;

 private:
  struct Value {
    std::string form;
    std::size_t language = 0;
    std::string markup;
  };
  struct Entry {
    std::string id;
    std::vector<Value> values;
  };
  void write_entry(const Entry& entry, std::size_t language, XmlText& xml) const;

  std::string default_language_;
  std::vector<std::string> languages_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> entry_by_id_;
};

}  // namespace vigil::forms::xlsform
