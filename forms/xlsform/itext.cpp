// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/itext.h"

#include <algorithm>

namespace vigil::forms::xlsform {

void Itext::add(const std::string& id, std::string_view form, const std::string& language,
                std::string markup) {
  const std::string& name = language.empty() ? default_language_ : language;
  auto found = std::ranges::find(languages_, name);
  if (found == languages_.end()) {
    languages_.push_back(name);
    found = std::prev(languages_.end());
  }
  const auto index = static_cast<std::size_t>(found - languages_.begin());
  const auto [at, is_new] = entry_by_id_.try_emplace(id, entries_.size());
  if (is_new) entries_.push_back({id, {}});
  Entry& entry = entries_[at->second];
  for (Value& value : entry.values) {
    if (value.language == index && value.form == form) {
      value.markup = std::move(markup);
      return;
    }
  }
  entry.values.push_back({std::string(form), index, std::move(markup)});
}

void Itext::write_entry(const Entry& entry, std::size_t language, XmlText& xml) const {
  std::vector<std::string_view> forms;
  for (const Value& value : entry.values) {
    if (std::ranges::find(forms, value.form) == forms.end()) forms.push_back(value.form);
  }
  xml.start("text").attribute("id", entry.id);
  xml.children();
  for (const std::string_view form : forms) {
    const auto value = std::ranges::find_if(entry.values, [&](const Value& each) {
      return each.language == language && each.form == form;
    });
    const bool is_text = form.empty() || form == "guidance";
    if (value == entry.values.end() && !is_text) continue;
    xml.start("value");
    if (!form.empty()) xml.attribute("form", form);
    xml.content(value == entry.values.end() ? "-" : std::string_view(value->markup));
  }
  xml.end();
}

void Itext::write(XmlText& xml) const {
  if (empty()) return;
  xml.start("itext").children();
  for (std::size_t language = 0; language < languages_.size(); ++language) {
    xml.start("translation").attribute("lang", languages_[language]);
    if (languages_[language] == default_language_) xml.attribute("default", "true()");
    xml.children();
    for (const Entry& entry : entries_) write_entry(entry, language, xml);
    xml.end();
  }
  xml.end();
}

}  // namespace vigil::forms::xlsform
