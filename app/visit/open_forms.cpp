// SPDX-License-Identifier: Apache-2.0
#include "app/visit/open_forms.h"

#include "app/visit/checklist.h"

namespace vigil::visit {

Result<forms::FormPointer> OpenForms::load(vault::Vault& vault, const std::string& form_id,
                                           const std::string& form_version) {
  const auto known = forms_.find({form_id, form_version});
  if (known != forms_.end()) return known->second;
  VIGIL_ASSIGN(auto form, load_form(vault, form_id, form_version));
  forms_[{form_id, form_version}] = form;
  return form;
}

}  // namespace vigil::visit
