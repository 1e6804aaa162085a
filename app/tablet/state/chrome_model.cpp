// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/chrome_model.h"

namespace vigil::tablet {

Chrome chrome_model(const AppOptions& options,
                    const std::vector<words::InterfaceLanguage>& languages,
                    const forms::FormSession* session, const Toast* toast) {
  Chrome chrome;
  chrome.dark = options.dark;
  chrome.scale_percent = options.scale_percent;
  chrome.keyboard = options.keyboard;
  for (const words::InterfaceLanguage& language : languages) {
    const bool chosen = language.code == options.language;
    chrome.languages.push_back({language.code, language.label, chosen});
    if (!chosen) continue;
    for (const char letter : language.code) {
      chrome.language_badge += static_cast<char>(letter - 'a' + 'A');
    }
  }
  if (session != nullptr) {
    for (const std::string& name : session->form().languages()) {
      // "Русский (ru)": the code in brackets is the form's own affair.
      const auto code = name.ends_with(')') ? name.rfind(" (") : std::string::npos;
      chrome.form_languages.push_back({name, name.substr(0, code), name == session->language()});
    }
  }
  if (toast != nullptr) {
    chrome.toast = toast->text;
    chrome.can_undo = toast->undo.has_value();
  }
  return chrome;
}

}  // namespace vigil::tablet
