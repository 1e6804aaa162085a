// SPDX-License-Identifier: Apache-2.0
//
// What forms are called in the language of the screen. The vault knows one title; the others stand
// in the form itself, which is read once for them. No answer is in it. Thread: the vault's.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "app/ui/controls.h"
#include "core/vault/forms_store.h"

namespace vigil::tablet {

class FormTitles {
 public:
  [[nodiscard]] std::string title(vault::Vault& vault, const vault::FormSummary& form,
                                  const std::string& language);
  // The current ones, to choose from; value: id. `interviews`: only these, else all others.
  [[nodiscard]] std::vector<ui::Option> options(vault::Vault& vault, const std::string& language,
                                                const std::set<std::string>& chosen,
                                                bool interviews);

 private:
  // By id, version and language.
  std::map<std::tuple<std::string, std::string, std::string>, std::string> known_;
};

}  // namespace vigil::tablet
