// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/form_titles.h"

#include "app/tablet/state/overview.h"
#include "app/visit/checklist.h"

namespace vigil::tablet {

std::string FormTitles::title(vault::Vault& vault, const vault::FormSummary& form,
                              const std::string& language) {
  const auto key = std::tuple(form.id, form.version, language);
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  std::string title = form.title;
  if (const auto loaded = visit::load_form(vault, form.id, form.version)) {
    title = (*loaded)->title_in(visit::find_language(**loaded, language));
  }
  known_.emplace(key, title);
  return title;
}

std::vector<ui::Option> FormTitles::options(vault::Vault& vault, const std::string& language,
                                            const std::set<std::string>& chosen, bool interviews) {
  std::vector<ui::Option> options;
  const auto forms = vault::installed_forms(vault);
  if (!forms) return options;
  for (const vault::FormSummary& form : *forms) {
    if (!form.current || is_interview(form.id) != interviews) continue;
    options.push_back({form.id, title(vault, form, language), chosen.contains(form.id)});
  }
  return options;
}

}  // namespace vigil::tablet
